// The lobby of a call: seeing and hearing oneself, choosing devices, and when one may enter.

import { list, remember, remembered, sentence } from "../webrtc/devices.js";
import { clocks, inLanguage, joined, t } from "../lib/language.js";
import { playTone, watchLevel } from "../webrtc/sound.js";
import { serverNow } from "../lib/time.js";
import { fill, find } from "./parts.js";

/** @typedef {import("../elements/call.js").CallElement} CallElement */
/** @typedef {import("../webrtc/devices.js").Kind} Kind */

export class CallLobby {
  /** @type {MediaStreamTrack | null} */
  heard = null;
  stopLevel = () => {};
  refusal = "";
  isTrying = false;

  /** @param {CallElement} call */
  constructor(call) {
    this.call = call;
    this.root = find(call, ".call__lobby");
    this.root.addEventListener("change", (event) => this.choose(/** @type {HTMLSelectElement} */ (event.target)));
    this.root.addEventListener("click", (event) => this.act(/** @type {Element} */ (event.target)));
    navigator.mediaDevices?.addEventListener("devicechange", () => this.fillDevices());
    call.media.addEventListener("change", () => this.fillDevices());
  }

  /** @param {Element} target */
  act(target) {
    const what = target.closest("[data-act]")?.getAttribute("data-act");
    if (what === "tone") {
      void playTone();
    } else if (what === "again") {
      void this.call.media.start();
    }
  }

  /** @param {HTMLSelectElement} select */
  choose(select) {
    const kind = select.getAttribute("data-kind");
    if (kind === "speaker") {
      remember({ speaker: select.value });
      this.call.stage.useSpeaker();
    } else if (kind) {
      void this.call.media.choose(/** @type {Kind} */ (kind), select.value);
    }
  }

  /** @param {string} why the server's sentence */
  refuse(why) {
    this.refusal = why;
  }

  show() {
    const isShown = this.call.getAttribute("data-state") === "lobby";
    this.showPicture(isShown);
    this.listen(isShown);
    this.showChecks();
    this.showEntering();
  }

  /** @param {boolean} isShown */
  showPicture(isShown) {
    const { video } = this.call.media.tracks;
    const preview = find(this.root, ".call__preview");
    preview.setAttribute("data-picture", video && isShown ? "on" : "off");
    fill(/** @type {HTMLVideoElement} */ (find(preview, "video")), isShown ? video : null);
  }

  /** The level meter runs only while the lobby is seen. @param {boolean} isShown */
  listen(isShown) {
    const track = isShown ? this.call.media.tracks.audio : null;
    if (track === this.heard) {
      return;
    }
    this.stopLevel();
    this.heard = track;
    const meter = /** @type {HTMLProgressElement} */ (find(this.root, ".call__level"));
    meter.value = 0;
    this.stopLevel = track ? watchLevel(track, (level) => (meter.value = level)) : () => {};
  }

  showChecks() {
    const { media, room } = this.call;
    for (const kind of /** @type {const} */ (["video", "audio"])) {
      const failure = media.failures.get(kind);
      const label = kind === "audio" ? t("Microphone: good") : t("Camera: good");
      const waiting = kind === "audio" ? t("Microphone") : t("Camera");
      const state = failure ? "failed" : media.tracks[kind] ? "good" : "waiting";
      this.check(kind, state, failure ? sentence(kind, failure) : media.tracks[kind] ? label : waiting);
    }
    this.check("line", room.hasLine && room.isReady ? "good" : "waiting", this.lineWords());
    const names = joined(room.others.map((one) => inLanguage(one.person.name)));
    this.check("others", names ? "good" : "waiting", names ? t("Already in: %(names)s", { names }) : t("Nobody is in yet"));
  }

  lineWords() {
    const { room } = this.call;
    return room.hasLine && room.isReady ? t("Connection to the fair: good") : t("Connecting to the fair");
  }

  /**
   * @param {string} name
   * @param {"good" | "failed" | "waiting"} state
   * @param {string} words
   */
  check(name, state, words) {
    const line = this.root.querySelector(`[data-check="${name}"]`);
    line?.setAttribute("data-state", state);
    const text = line?.querySelector("span");
    if (text && text.textContent !== words) {
      text.textContent = words;
    }
  }

  showEntering() {
    const { room, media } = this.call;
    const now = serverNow();
    const { elsewhere } = room;
    for (const button of this.root.querySelectorAll('button[data-act^="enter"]')) {
      /** @type {HTMLButtonElement} */ (button).disabled = !room.isOpen || room.isEntering;
    }
    const textOnly = /** @type {HTMLElement} */ (find(this.root, '[data-act="enter-text"]'));
    textOnly.hidden = !media.failures.has("audio");
    const enter = find(this.root, '[data-act="enter"]');
    enter.textContent = elsewhere ? t("Take over here") : t("Enter");
    const words = elsewhere ? t("You are on another page; take over here?") : this.when(now);
    const place = find(this.root, ".call__when");
    if (place.textContent !== (this.refusal || words)) {
      place.textContent = this.refusal || words;
    }
  }

  /** @param {number} now */
  when(now) {
    const { room } = this.call;
    if (!room.isReady) {
      return "";
    }
    if (now < room.opensAt) {
      return t("The room opens at %(time)s, ten minutes before the meeting.", { time: clocks(room.opensAt) });
    }
    return now >= room.endsAt ? t("This meeting is over.") : "";
  }

  async fillDevices() {
    const devices = await list();
    const chosen = remembered();
    const { tracks } = this.call.media;
    for (const kind of /** @type {const} */ (["video", "audio", "speaker"])) {
      const select = /** @type {HTMLSelectElement | null} */ (this.root.querySelector(`select[data-kind="${kind}"]`));
      const field = /** @type {HTMLElement | null} */ (select?.closest(".field"));
      if (select && field) {
        field.hidden = devices[kind].length === 0;
        select.replaceChildren(...devices[kind].map((one) => new Option(one.label || t("Device"), one.deviceId)));
        const inUse = kind === "speaker" ? undefined : tracks[kind]?.getSettings().deviceId;
        select.value = inUse ?? chosen[kind] ?? select.options[0]?.value ?? "";
      }
    }
    /** @type {HTMLElement} */ (find(this.root, ".call__devices")).hidden = !tracks.audio && !tracks.video;
  }
}
