// What this page gives into the call: sound, and one picture (the camera's or the screen's).

import { open, remember } from "./devices.js";

/**
 * @typedef {import("./devices.js").Kind} Kind
 * @typedef {import("./devices.js").Failure} Failure
 */

const KINDS = /** @type {const} */ (["audio", "video"]);

/** Says "change" whenever a track or a switch changes, and before it "trouble" (detail: Kind) when a device fails. */
export class LocalMedia extends EventTarget {
  /** @type {Record<Kind, MediaStreamTrack | null>} */
  tracks = { audio: null, video: null };
  /** @type {MediaStreamTrack | null} */
  screen = null;
  /** Why a device did not open. @type {Map<Kind, Failure>} */
  failures = new Map();
  /** One name for all tracks, so that the other side keeps sound and picture in step. */
  stream = new MediaStream();
  isMuted = false;
  /** The devices have been asked, whatever they said. */
  isReady = false;
  /** @type {Kind[]} */
  rested = [];
  /** How often it was stopped: what was being opened meanwhile is not wanted any more. */
  stops = 0;

  /** @param {boolean} soundOnly interpreters give no picture unless they choose to */
  constructor(soundOnly) {
    super();
    this.wantsPicture = !soundOnly;
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

  /** Opens what is wanted. @param {Kind[]} [kinds] */
  async start(kinds = this.wantsPicture ? ["audio", "video"] : ["audio"]) {
    const { stops } = this;
    const opened = await open(kinds);
    if (stops !== this.stops) {
      kinds.forEach((kind) => opened[kind]?.stop()); // the call ended while the browser asked
      return;
    }
    for (const kind of kinds) {
      this.put(kind, opened[kind]);
      const failure = opened.failures.get(kind);
      failure ? this.fail(kind, failure) : this.failures.delete(kind);
    }
    this.isReady = true;
    this.changed();
  }

  /**
   * Another device of a kind.
   * @param {Kind} kind
   * @param {string} id
   */
  async choose(kind, id) {
    remember({ [kind]: id });
    this.put(kind, null);
    await this.start([kind]);
  }

  /**
   * @param {Kind} kind
   * @param {MediaStreamTrack | null} track
   */
  put(kind, track) {
    this.tracks[kind]?.stop();
    this.tracks[kind] = track;
    if (track) {
      track.onended = () => this.tracks[kind] === track && this.lose(kind);
      track.enabled = kind === "video" || !this.isMuted;
    }
  }

  /** The device was unplugged or taken away. @param {Kind} kind */
  lose(kind) {
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
    this.dispatchEvent(new CustomEvent("trouble", { detail: kind }));
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

  /** Off means that the device itself is off, and its light with it. */
  async toggleCamera() {
    if (this.tracks.video) {
      this.closeCamera();
    } else {
      await this.start(["video"]);
    }
  }

  closeCamera() {
    this.put("video", null);
    this.changed();
  }

  /** The screen takes the place of the camera's picture until it is stopped. */
  async toggleScreen() {
    if (this.screen) {
      this.stopScreen();
      return;
    }
    const { stops } = this;
    try {
      const shown = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 15 } } });
      this.show(shown.getVideoTracks()[0], stops);
    } catch {
      // The person chose nothing to show.
    }
  }

  /**
   * @param {MediaStreamTrack} screen
   * @param {number} stops
   */
  show(screen, stops) {
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

  /** Everything off, and the devices' lights with it. */
  stop() {
    this.stops++;
    this.rested = KINDS.filter((kind) => this.tracks[kind]);
    KINDS.forEach((kind) => this.put(kind, null));
    this.stopScreen();
  }

  /** What was on when it was stopped. */
  async resume() {
    await this.start(this.rested.splice(0));
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }
}
