// The lobby of a call: a preview of camera and microphone, the choice of devices, and when one may enter.

import { actionOf, find, setText } from "../lib/dom.js";
import { clocks, inLanguage, t } from "../lib/language.js";
import { serverNow } from "../lib/time.js";
import { failureSentence, listDevices, saveChoice, savedChoice } from "../webrtc/devices.js";
import { playTone, watchLevel } from "../webrtc/sound.js";
import { showTrack } from "./video.js";

/**
 * @import { Call } from "./call.js"
 * @import { Kind } from "../webrtc/devices.js"
 */

export class CallLobby {
  /** The track whose level is shown. @type {MediaStreamTrack | null} */
  measured = null;
  stopLevel = () => {};
  /** Why the person was not let in: a sentence of the server. */
  refusal = "";

  /** @param {Call} call */
  constructor(call) {
    const { signal } = call;
    this.call = call;
    this.root = find(call.element, ".call__lobby");
    this.root.addEventListener("change", (event) => this.onChoice(/** @type {HTMLSelectElement} */ (event.target)), { signal });
    this.root.addEventListener("click", (event) => this.onClick(event), { signal });
    navigator.mediaDevices?.addEventListener("devicechange", () => void this.showDevices(), { signal });
    call.media.addEventListener("change", () => void this.showDevices(), { signal });
    signal.addEventListener("abort", () => this.stopLevel());
  }

  /** @param {Event} event */
  onClick(event) {
    const action = actionOf(event);
    if (action === "tone") {
      void playTone();
    } else if (action === "again") {
      void this.call.media.start();
    }
  }

  /** @param {HTMLSelectElement} select */
  onChoice(select) {
    const kind = select.getAttribute("data-kind");
    if (kind === "speaker") {
      saveChoice({ speaker: select.value });
      this.call.stage.useSpeaker();
    } else if (kind) {
      void this.call.media.choose(/** @type {Kind} */ (kind), select.value);
    }
  }

  show() {
    const isShown = this.call.element.getAttribute("data-state") === "lobby";
    this.showPreview(isShown);
    this.showLevel(isShown);
    this.showChecks();
    this.showEntering();
  }

  /** @param {boolean} isShown */
  showPreview(isShown) {
    const { video } = this.call.media.tracks;
    const preview = find(this.root, ".call__preview");
    preview.setAttribute("data-picture", video && isShown ? "on" : "off");
    showTrack(/** @type {HTMLVideoElement} */ (find(preview, "video")), isShown ? video : null);
  }

  /** The level is measured only while the lobby is shown. @param {boolean} isShown */
  showLevel(isShown) {
    const track = isShown ? this.call.media.tracks.audio : null;
    if (track === this.measured) {
      return;
    }
    this.stopLevel();
    this.measured = track;
    const meter = /** @type {HTMLProgressElement} */ (find(this.root, ".call__level"));
    meter.value = 0;
    this.stopLevel = track ? watchLevel(track, (level) => (meter.value = level)) : () => {};
  }

  showChecks() {
    this.showDevice("video", t("Camera"), t("Camera: working"));
    this.showDevice("audio", t("Microphone"), t("Microphone: working"));
    const { room } = this.call;
    const isReady = room.isConnected && room.isReady;
    const connection = isReady ? t("Platform connection: good") : t("Connecting to the platform");
    this.setCheck("line", isReady ? "good" : "waiting", connection);
    const names = room.others.map((other) => inLanguage(other.person.name));
    const others = names.length ? t("Already joined: %(names)s", { names }) : t("Nobody has joined yet");
    this.setCheck("others", names.length ? "good" : "waiting", others);
  }

  /**
   * @param {Kind} kind
   * @param {string} label while it is not open yet
   * @param {string} good
   */
  showDevice(kind, label, good) {
    const { failures, tracks } = this.call.media;
    const failure = failures.get(kind);
    if (failure) {
      this.setCheck(kind, "failed", failureSentence(kind, failure));
    } else {
      this.setCheck(kind, tracks[kind] ? "good" : "waiting", tracks[kind] ? good : label);
    }
  }

  /**
   * @param {string} name
   * @param {"good" | "failed" | "waiting"} state
   * @param {string} sentence
   */
  setCheck(name, state, sentence) {
    const check = this.root.querySelector(`[data-check="${name}"]`);
    check?.setAttribute("data-state", state);
    setText(check?.querySelector("span") ?? null, sentence);
  }

  showEntering() {
    const { room, media } = this.call;
    for (const button of this.root.querySelectorAll('button[data-action^="enter"]')) {
      button.toggleAttribute("disabled", !room.isOpen || room.isEntering);
    }
    find(this.root, '[data-action="enter-text"]').hidden = !media.failures.has("audio");
    setText(find(this.root, '[data-action="enter"]'), room.elsewhere ? t("Switch to this page") : t("Join"));
    const sentence = room.elsewhere ? t("You have already joined on another page. Switch to this one?") : this.openingHours();
    setText(find(this.root, ".call__when"), this.refusal || sentence);
  }

  /** Why one may not enter at this time; empty while one may. */
  openingHours() {
    const { room } = this.call;
    const now = serverNow();
    if (!room.isReady) {
      return "";
    }
    if (now < room.opensAt) {
      return t("The room opens at %(time)s, ten minutes before the meeting.", { time: clocks(room.opensAt) });
    }
    return now >= room.endsAt ? t("This meeting has ended.") : "";
  }

  async showDevices() {
    const devices = await listDevices();
    const saved = savedChoice();
    const { tracks } = this.call.media;
    for (const kind of /** @type {const} */ (["video", "audio", "speaker"])) {
      const select = /** @type {HTMLSelectElement | null} */ (this.root.querySelector(`select[data-kind="${kind}"]`));
      const field = select?.closest(".field");
      if (select && field) {
        field.toggleAttribute("hidden", devices[kind].length === 0);
        select.replaceChildren(...devices[kind].map((device) => new Option(device.label || t("Device"), device.deviceId)));
        const inUse = kind === "speaker" ? undefined : tracks[kind]?.getSettings().deviceId;
        select.value = inUse ?? saved[kind] ?? select.options[0]?.value ?? "";
      }
    }
    find(this.root, ".call__devices").hidden = !tracks.audio && !tracks.video;
  }
}
