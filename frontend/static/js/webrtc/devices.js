// Cameras, microphones and speakers: which there are, opening them, and saying in words why one does not open.

import { t } from "../lib/language.js";

/**
 * @typedef {"audio" | "video"} Kind
 * @typedef {"insecure" | "denied" | "missing" | "busy" | "ended" | "failed"} Failure
 * @typedef {{ audio?: string, video?: string, speaker?: string }} Choice device ids
 * @typedef {{ audio: MediaStreamTrack | null, video: MediaStreamTrack | null, failures: Map<Kind, Failure> }} Opened
 */

const REMEMBERED = "fair-devices";
const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const PICTURE = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };

/** What the person chose last time. @returns {Choice} */
export function remembered() {
  try {
    return JSON.parse(localStorage.getItem(REMEMBERED) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {Choice} choice */
export function remember(choice) {
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify({ ...remembered(), ...choice }));
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

/**
 * Opens microphone and camera with one question to the person; if that fails, each for itself.
 * @param {Kind[]} kinds
 * @param {Choice} [choice]
 * @returns {Promise<Opened>}
 */
export async function open(kinds, choice = remembered()) {
  /** @type {Opened} */
  const opened = { audio: null, video: null, failures: new Map() };
  if (kinds.length === 0) {
    return opened;
  }
  try {
    keep(opened, await ask(kinds, choice));
  } catch (error) {
    if (kinds.length === 1) {
      opened.failures.set(kinds[0], failureOf(error));
      return opened;
    }
    for (const kind of kinds) {
      const one = await open([kind], choice);
      opened[kind] = one[kind];
      one.failures.forEach((failure, which) => opened.failures.set(which, failure));
    }
  }
  return opened;
}

/**
 * @param {Kind[]} kinds
 * @param {Choice} choice
 */
function ask(kinds, choice) {
  if (!navigator.mediaDevices) {
    return Promise.reject(new DOMException("not a secure page", "SecurityError"));
  }
  return navigator.mediaDevices.getUserMedia({
    audio: kinds.includes("audio") && { ...SOUND, ...wish(choice.audio) },
    video: kinds.includes("video") && { ...PICTURE, ...wish(choice.video) },
  });
}

/** A device that was unplugged since must not stand in the way of another. @param {string | undefined} id */
function wish(id) {
  return id ? { deviceId: { ideal: id } } : {};
}

/**
 * @param {Opened} opened
 * @param {MediaStream} stream
 */
function keep(opened, stream) {
  opened.audio = stream.getAudioTracks()[0] ?? null;
  opened.video = stream.getVideoTracks()[0] ?? null;
}

/** @param {unknown} error @returns {Failure} */
function failureOf(error) {
  const name = error instanceof Error ? error.name : "";
  /** @type {Record<string, Failure>} */
  const known = {
    SecurityError: "insecure",
    NotAllowedError: "denied",
    NotFoundError: "missing",
    OverconstrainedError: "missing",
    NotReadableError: "busy",
    AbortError: "busy",
  };
  return known[name] ?? "failed";
}

/**
 * What happened and what to do.
 * @param {Kind} kind
 * @param {Failure} failure
 */
export function sentence(kind, failure) {
  const isSound = kind === "audio";
  switch (failure) {
    case "insecure":
      return t("Camera and microphone work only on a secure page. Open the fair by its https address.");
    case "denied":
      return isSound
        ? t("Microphone is blocked; allow it in the browser.")
        : t("Camera is blocked; allow it in the browser.");
    case "missing":
      return isSound
        ? t("No microphone was found. Connect one and try again.")
        : t("No camera was found. Connect one, or continue with sound only.");
    case "busy":
      return isSound
        ? t("Microphone is used by another program. Close it and try again.")
        : t("Camera is used by another program. Close it and try again.");
    case "ended":
      return isSound
        ? t("The microphone has stopped. See that it is connected, then try again.")
        : t("The camera has stopped. See that it is connected, then try again.");
    default:
      return isSound
        ? t("The microphone does not start. Try again or choose another one.")
        : t("The camera does not start. Try again or choose another one.");
  }
}

/** The devices of each kind; their names are known only once one of them was allowed. */
export async function list() {
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  /** @param {MediaDeviceKind} kind */
  const of = (kind) => all.filter((device) => device.kind === kind && device.deviceId);
  return { audio: of("audioinput"), video: of("videoinput"), speaker: of("audiooutput") };
}

/** Sends an element's sound to the chosen speaker, where the browser can. @param {HTMLMediaElement} element */
export async function useSpeaker(element, id = remembered().speaker ?? "") {
  try {
    await element.setSinkId?.(id);
  } catch {
    // The speaker is gone: the browser's own choice is better than silence.
  }
}
