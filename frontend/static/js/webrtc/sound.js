// Trying microphone and speaker: the level of a track, and a test tone.

import { useSpeaker } from "./devices.js";

const TONES = [523.25, 659.25, 783.99]; // Hz, played one after the other
const NOTE_SECONDS = 0.28;

/**
 * Measures how loud a track is, from 0 to 100, until the returned function is called.
 * @param {MediaStreamTrack} track
 * @param {(level: number) => void} onLevel
 */
export function watchLevel(track, onLevel) {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 1024 });
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    onLevel(Math.min(100, Math.round(Math.sqrt(power) * 300)));
  }, 100);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}

/** Plays three notes on the chosen speaker. */
export async function playTone() {
  const context = new AudioContext();
  const destination = context.createMediaStreamDestination();
  const player = new Audio();
  player.srcObject = destination.stream;
  await useSpeaker(player);
  TONES.forEach((frequency, index) => note(context, destination, frequency, context.currentTime + index * NOTE_SECONDS));
  await player.play();
  await new Promise((done) => setTimeout(done, (TONES.length * NOTE_SECONDS + 0.2) * 1000));
  player.pause();
  await context.close();
}

/**
 * @param {AudioContext} context
 * @param {AudioNode} destination
 * @param {number} frequency
 * @param {number} at
 */
function note(context, destination, frequency, at) {
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.linearRampToValueAtTime(0.25, at + 0.02);
  gain.gain.linearRampToValueAtTime(0, at + NOTE_SECONDS);
  const oscillator = new OscillatorNode(context, { frequency });
  oscillator.connect(gain).connect(destination);
  oscillator.start(at);
  oscillator.stop(at + NOTE_SECONDS);
}
