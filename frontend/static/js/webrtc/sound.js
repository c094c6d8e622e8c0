// Hearing oneself: the level of a microphone, and a tone to try the speaker with.

import { useSpeaker } from "./devices.js";

const TONES = [523.25, 659.25, 783.99]; // a chord's notes, one after the other
const NOTE_SECONDS = 0.28;

/**
 * Tells how loud a track is, 0 to 100, until the returned function is called.
 * @param {MediaStreamTrack} track
 * @param {(level: number) => void} tell
 */
export function watchLevel(track, tell) {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    tell(Math.min(100, Math.round(Math.sqrt(power) * 300)));
  }, 100);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}

/** Plays three notes on the chosen speaker. */
export async function playTone() {
  const context = new AudioContext();
  const out = context.createMediaStreamDestination();
  const player = new Audio();
  player.srcObject = out.stream;
  await useSpeaker(player);
  TONES.forEach((frequency, index) => note(context, out, frequency, context.currentTime + index * NOTE_SECONDS));
  await player.play();
  await new Promise((done) => setTimeout(done, (TONES.length * NOTE_SECONDS + 0.2) * 1000));
  player.pause();
  await context.close();
}

/**
 * @param {AudioContext} context
 * @param {AudioNode} out
 * @param {number} frequency
 * @param {number} at
 */
function note(context, out, frequency, at) {
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.linearRampToValueAtTime(0.25, at + 0.02);
  gain.gain.linearRampToValueAtTime(0, at + NOTE_SECONDS);
  const oscillator = new OscillatorNode(context, { frequency });
  oscillator.connect(gain).connect(out);
  oscillator.start(at);
  oscillator.stop(at + NOTE_SECONDS);
}
