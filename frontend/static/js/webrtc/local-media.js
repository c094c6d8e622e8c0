// The tracks that this page sends in a call: audio, and the video of the camera or of the shared screen.

import { openDevices, saveChoice } from "./devices.js";

/** @import { Failure, Kind } from "./devices.js" */

const KINDS = /** @type {const} */ (["audio", "video"]);

/** Dispatches "change" when a track or its switch changes, and before that "failure" (detail: Kind) when a device fails. */
export class LocalMedia extends EventTarget {
  /** @type {Record<Kind, MediaStreamTrack | null>} */
  tracks = { audio: null, video: null };
  /** @type {MediaStreamTrack | null} */
  screen = null;
  /** Why a device did not open. @type {Map<Kind, Failure>} */
  failures = new Map();
  /** All tracks belong to one stream, so that the other side plays audio and video in sync. */
  stream = new MediaStream();
  isMuted = false;
  /** The devices have been opened, or have failed to. */
  isReady = false;
  /** The devices that were open when it was stopped. @type {Kind[]} */
  stopped = [];
  /** How often it was stopped: a device that opens after that is closed again. */
  stops = 0;

  /** @param {boolean} soundOnly interpreters send no video unless they choose to */
  constructor(soundOnly) {
    super();
    this.startsCamera = !soundOnly;
  }

  /** @param {Kind} kind @returns {MediaStreamTrack | null} what is sent now */
  track(kind) {
    return kind === "audio" ? this.tracks.audio : (this.screen ?? this.tracks.video);
  }

  get state() {
    return {
      mic: Boolean(this.tracks.audio) && !this.isMuted,
      camera: Boolean(this.tracks.video),
      screen: Boolean(this.screen),
    };
  }

  /** Opens devices. @param {Kind[]} [kinds] */
  async start(kinds = this.startsCamera ? ["audio", "video"] : ["audio"]) {
    const { stops } = this;
    const opened = await openDevices(kinds);
    if (stops !== this.stops) {
      kinds.forEach((kind) => opened[kind]?.stop()); // the call ended while the browser asked
      return;
    }
    for (const kind of kinds) {
      this.setTrack(kind, opened[kind]);
      const failure = opened.failures.get(kind);
      failure ? this.fail(kind, failure) : this.failures.delete(kind);
    }
    this.isReady = true;
    this.changed();
  }

  /**
   * Changes to another device.
   * @param {Kind} kind
   * @param {string} id
   */
  async choose(kind, id) {
    saveChoice({ [kind]: id });
    this.setTrack(kind, null);
    await this.start([kind]);
  }

  /**
   * @param {Kind} kind
   * @param {MediaStreamTrack | null} track
   */
  setTrack(kind, track) {
    this.tracks[kind]?.stop();
    this.tracks[kind] = track;
    if (track) {
      track.onended = () => this.tracks[kind] === track && this.onEnded(kind);
      track.enabled = kind === "video" || !this.isMuted;
    }
  }

  /** The device was unplugged or its permission withdrawn. @param {Kind} kind */
  onEnded(kind) {
    this.tracks[kind] = null;
    this.fail(kind, "ended");
    this.changed();
  }

  /**
   * @param {Kind} kind
   * @param {Failure} failure
   */
  fail(kind, failure) {
    this.failures.set(kind, failure);
    this.dispatchEvent(new CustomEvent("failure", { detail: kind }));
  }

  async toggleMicrophone() {
    if (!this.tracks.audio) {
      this.isMuted = false;
      await this.start(["audio"]);
      return;
    }
    this.isMuted = !this.isMuted;
    this.tracks.audio.enabled = !this.isMuted;
    this.changed();
  }

  /** Switching off closes the device, so that its light goes off. */
  async toggleCamera() {
    if (this.tracks.video) {
      this.closeCamera();
    } else {
      await this.start(["video"]);
    }
  }

  closeCamera() {
    this.setTrack("video", null);
    this.changed();
  }

  /** The screen is sent in place of the camera until it is stopped. */
  async toggleScreen() {
    if (this.screen) {
      this.stopScreen();
      return;
    }
    const { stops } = this;
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 15 } } });
      this.startScreen(stream.getVideoTracks()[0], stops);
    } catch {
      // The person has cancelled the choice.
    }
  }

  /**
   * @param {MediaStreamTrack} screen
   * @param {number} stops
   */
  startScreen(screen, stops) {
    if (stops !== this.stops) {
      screen.stop();
      return;
    }
    this.screen = screen;
    screen.contentHint = "detail";
    screen.onended = () => this.screen === screen && this.stopScreen();
    this.changed();
  }

  stopScreen() {
    this.screen?.stop();
    this.screen = null;
    this.changed();
  }

  /** Closes every device. */
  stop() {
    this.stops++;
    this.stopped = KINDS.filter((kind) => this.tracks[kind]);
    KINDS.forEach((kind) => this.setTrack(kind, null));
    this.stopScreen();
  }

  /** Opens the devices that were open when it was stopped. */
  async resume() {
    await this.start(this.stopped.splice(0));
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }
}
