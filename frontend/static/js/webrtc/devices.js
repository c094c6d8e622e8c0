// Cameras, microphones and speakers: listing and opening them, and a sentence for each way in which one fails.

import { t } from "../lib/language.js";

/**
 * @typedef {"audio" | "video"} Kind
 * @typedef {"insecure" | "denied" | "missing" | "busy" | "ended" | "failed"} Failure
 * @typedef {{ audio?: string, video?: string, speaker?: string }} Choice ids of devices
 * @typedef {{ audio: MediaStreamTrack | null, video: MediaStreamTrack | null, failures: Map<Kind, Failure> }} Opened
 */

const STORAGE_KEY = "fair-devices";
const AUDIO = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const VIDEO = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } };

/** The devices chosen last time. @returns {Choice} */
export function savedChoice() {
  try {
    return JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {Choice} choice */
export function saveChoice(choice) {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify({ ...savedChoice(), ...choice }));
  } catch {
    // A browser that stores nothing starts with its default next time.
  }
}

/**
 * Opens microphone and camera with one permission prompt; if that fails, each on its own.
 * @param {Kind[]} kinds
 * @param {Choice} [choice]
 * @returns {Promise<Opened>}
 */
export async function openDevices(kinds, choice = savedChoice()) {
  /** @type {Opened} */
  const opened = { audio: null, video: null, failures: new Map() };
  if (kinds.length === 0) {
    return opened;
  }
  try {
    const stream = await getUserMedia(kinds, choice);
    opened.audio = stream.getAudioTracks()[0] ?? null;
    opened.video = stream.getVideoTracks()[0] ?? null;
  } catch (error) {
    if (kinds.length === 1) {
      opened.failures.set(kinds[0], failureOf(error));
      return opened;
    }
    for (const kind of kinds) {
      const single = await openDevices([kind], choice);
      opened[kind] = single[kind];
      single.failures.forEach((failure, which) => opened.failures.set(which, failure));
    }
  }
  return opened;
}

/**
 * @param {Kind[]} kinds
 * @param {Choice} choice
 */
function getUserMedia(kinds, choice) {
  if (!navigator.mediaDevices) {
    return Promise.reject(new DOMException("not a secure page", "SecurityError"));
  }
  return navigator.mediaDevices.getUserMedia({
    audio: kinds.includes("audio") && { ...AUDIO, ...prefer(choice.audio) },
    video: kinds.includes("video") && { ...VIDEO, ...prefer(choice.video) },
  });
}

/** Preferred, not required: the device may have been unplugged since. @param {string | undefined} id */
function prefer(id) {
  return id ? { deviceId: { ideal: id } } : {};
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
 * A sentence with what has happened and what to do.
 * @param {Kind} kind
 * @param {Failure} failure
 */
export function failureSentence(kind, failure) {
  const isSound = kind === "audio";
  switch (failure) {
    case "insecure":
      return t("The camera and microphone only work on a secure page. Open the fair at its HTTPS address.");
    case "denied":
      return isSound
        ? t("The microphone is blocked. Allow it in your browser.")
        : t("The camera is blocked. Allow it in your browser.");
    case "missing":
      return isSound
        ? t("No microphone found. Connect one and try again.")
        : t("No camera found. Connect one, or continue with audio only.");
    case "busy":
      return isSound
        ? t("The microphone is being used by another program. Close that program and try again.")
        : t("The camera is being used by another program. Close that program and try again.");
    case "ended":
      return isSound
        ? t("The microphone has stopped working. Check that it is connected, then try again.")
        : t("The camera has stopped working. Check that it is connected, then try again.");
    default:
      return isSound
        ? t("The microphone could not be started. Try again or choose another one.")
        : t("The camera could not be started. Try again or choose another one.");
  }
}

/** The devices of each kind; the browser gives their labels only once one of them was allowed. */
export async function listDevices() {
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  /** @param {MediaDeviceKind} kind */
  const of = (kind) => all.filter((device) => device.kind === kind && device.deviceId);
  return { audio: of("audioinput"), video: of("videoinput"), speaker: of("audiooutput") };
}

/** Plays an element's sound on the chosen speaker, where the browser can. @param {HTMLMediaElement} element */
export async function useSpeaker(element, id = savedChoice().speaker ?? "") {
  try {
    await element.setSinkId?.(id);
  } catch {
    // The speaker is unplugged: the browser's default is better than silence.
  }
}
