// Another participant in a call: a picture with a name, or only a name with a light that shows when they speak.

import { find } from "../lib/dom.js";
import { inLanguage, t } from "../lib/language.js";
import { useSpeaker } from "../webrtc/devices.js";

/**
 * @import { Connection } from "../../../types/socket.d.ts"
 * @import { Call } from "./call.js"
 */

const AUDIBLE = 0.01; // audioLevel of RFC 6464, 0 to 1
const LIGHT_STAYS = 600; // milliseconds, so that it does not flicker between two words

export class CallParticipant {
  /** @type {HTMLElement | null} */
  figure = null;
  isLarge = false;
  volume = 1;
  spokeAt = -Infinity;

  /**
   * @param {Call} call
   * @param {Connection} connection
   * @param {() => void} onAutoplayBlocked called when the browser plays no sound before a click
   */
  constructor(call, connection, onAutoplayBlocked) {
    this.call = call;
    this.connection = connection;
    this.onAutoplayBlocked = onAutoplayBlocked;
  }

  get pair() {
    return this.call.peers.pairs.get(this.connection.person.id);
  }

  get isInterpreter() {
    return this.connection.part === "interpreter";
  }

  /** The part shown beside the name; empty for the people of the two companies. */
  get role() {
    const { part } = this.connection;
    return part === "interpreter" ? t("Interpreter") : part === "organiser" ? t("Organiser") : "";
  }

  /** The other company always has the place of a picture; interpreters, organisers and colleagues once they send one. */
  get isLargeNow() {
    const { part, side } = this.connection;
    const isPartner = side !== "" && side !== this.call.side;
    const sendsPicture = (part === "organiser" || this.isInterpreter) && this.hasPicture;
    return isPartner || sendsPicture || Boolean(this.tracks?.screen);
  }

  get tracks() {
    return this.call.room.tracks.get(this.connection.connection_id);
  }

  get hasPicture() {
    const track = this.pair?.stream.getVideoTracks()[0];
    const isSending = !this.tracks || this.tracks.camera || this.tracks.screen;
    return Boolean(track && !track.muted && isSending);
  }

  /** @param {Connection} connection */
  show(connection) {
    this.connection = connection;
    const figure = this.build();
    const muted = /** @type {HTMLElement | null} */ (figure.querySelector(".call__muted"));
    if (muted) {
      muted.hidden = this.tracks?.mic ?? true;
    }
    figure.setAttribute("data-screen", String(Boolean(this.tracks?.screen)));
    this.attach();
    // The last picture stays, frozen, while the connection is being restored.
    if (this.pair?.state === "connected" || !this.pair?.isLive) {
      figure.setAttribute("data-picture", this.keepsPicture ? "on" : "off");
    }
  }

  get keepsPicture() {
    const wasShown = this.figure?.getAttribute("data-picture") === "on";
    return this.hasPicture || (wasShown && this.pair?.state !== "connected");
  }

  build() {
    const isLarge = this.isLargeNow;
    if (this.figure && isLarge === this.isLarge) {
      return this.figure;
    }
    this.remove();
    this.isLarge = isLarge;
    const template = find(this.call.element, `template[data-for="${isLarge ? "partner" : "voice"}"]`);
    const copy = /** @type {HTMLTemplateElement} */ (template).content.firstElementChild?.cloneNode(true);
    this.figure = /** @type {HTMLElement} */ (copy);
    find(this.figure, "bdi").textContent = inLanguage(this.connection.person.name);
    find(this.figure, ".call__role").textContent = this.role;
    const others = find(this.call.element, ".call__others");
    isLarge ? others.before(this.figure) : others.append(this.figure);
    this.useSpeaker();
    return this.figure;
  }

  get player() {
    return /** @type {HTMLVideoElement | null} */ (this.figure?.querySelector("video, audio") ?? null);
  }

  /** Plays the newest connection once it is connected; until then the last picture of the one before stays. */
  attach() {
    const { pair, player } = this;
    if (!pair || !player || player.srcObject === pair.stream || (player.srcObject && pair.state !== "connected")) {
      return;
    }
    player.srcObject = pair.stream;
    player.volume = this.volume;
    this.play();
    player.requestVideoFrameCallback?.(() => performance.mark("call:picture"));
  }

  play() {
    this.player?.play().catch((error) => error.name === "NotAllowedError" && this.onAutoplayBlocked());
  }

  useSpeaker() {
    this.player && void useSpeaker(this.player);
  }

  /** @param {number} volume */
  setVolume(volume) {
    this.volume = volume;
    if (this.player) {
      this.player.volume = volume;
    }
  }

  /** Shows whether the participant is speaking. */
  showSpeaking() {
    const receiver = this.pair?.pc.getReceivers().find(({ track }) => track.kind === "audio");
    const level = receiver?.getSynchronizationSources()[0]?.audioLevel ?? 0;
    const now = performance.now();
    this.spokeAt = level > AUDIBLE ? now : this.spokeAt;
    this.figure?.setAttribute("data-speaking", String(now - this.spokeAt < LIGHT_STAYS));
  }

  remove() {
    if (this.player) {
      this.player.srcObject = null;
    }
    this.figure?.remove();
    this.figure = null;
  }
}
