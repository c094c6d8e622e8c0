// One of the others in a call: a large picture, or a voice with a light and a name.

import { useSpeaker } from "../webrtc/devices.js";
import { inLanguage, t } from "../lib/language.js";
import { find } from "./parts.js";

/**
 * @typedef {import("../elements/call.js").CallElement} CallElement
 * @typedef {import("../webrtc/pair.js").Connection} Connection
 * @typedef {import("../webrtc/pair.js").Pair} Pair
 */

const AUDIBLE = 0.01; // audioLevel of RFC 6464, 0 to 1
const HOLD = 600; // the light does not flicker between two words

export class CallPerson {
  /** @type {HTMLElement | null} */
  figure = null;
  isLarge = false;
  volume = 1;
  spokeAt = -Infinity;

  /**
   * @param {CallElement} call
   * @param {Connection} connection
   * @param {() => void} quiet called when the browser will not play sound yet
   */
  constructor(call, connection, quiet) {
    this.call = call;
    this.connection = connection;
    this.quiet = quiet;
  }

  /** @returns {Pair | undefined} */
  get pair() {
    return this.call.peers.pairs.get(this.connection.person.id);
  }

  get isInterpreter() {
    return this.connection.part === "interpreter";
  }

  /** What the name needs beside it; the companies' own people stand for the names in the heading. */
  get role() {
    const { part } = this.connection;
    return part === "interpreter" ? t("Interpreter") : part === "organiser" ? t("Organiser") : "";
  }

  /** The other company always; everybody else once they show something. */
  get wantsToBeLarge() {
    const { part, side } = this.connection;
    const isPartner = side !== "" && side !== this.call.side;
    return isPartner || (part === "organiser" && this.hasPicture) || this.tracks?.screen || (this.isInterpreter && this.hasPicture);
  }

  get tracks() {
    return this.call.room.tracks.get(this.connection.connection_id);
  }

  get hasPicture() {
    const track = this.pair?.stream.getVideoTracks()[0];
    const gives = !this.tracks || this.tracks.camera || this.tracks.screen;
    return Boolean(track && !track.muted && gives);
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
    // A picture that was there stays, frozen, while the line comes back.
    if (this.pair?.state === "connected" || !this.pair?.isLive) {
      figure.setAttribute("data-picture", this.keepsPicture ? "on" : "off");
    }
  }

  get keepsPicture() {
    const wasSeen = this.figure?.getAttribute("data-picture") === "on";
    return this.hasPicture || (wasSeen && this.pair?.state !== "connected");
  }

  build() {
    const isLarge = Boolean(this.wantsToBeLarge);
    if (this.figure && isLarge === this.isLarge) {
      return this.figure;
    }
    this.remove();
    this.isLarge = isLarge;
    const template = find(this.call, `template[data-for="${isLarge ? "partner" : "voice"}"]`);
    const copy = /** @type {HTMLTemplateElement} */ (template).content.firstElementChild?.cloneNode(true);
    this.figure = /** @type {HTMLElement} */ (copy);
    find(this.figure, "bdi").textContent = inLanguage(this.connection.person.name);
    find(this.figure, ".call__role").textContent = this.role;
    const place = isLarge ? find(this.call, ".call__others") : null;
    place ? place.before(this.figure) : find(this.call, ".call__others").append(this.figure);
    this.useSpeaker();
    return this.figure;
  }

  get player() {
    return /** @type {HTMLVideoElement | null} */ (this.figure?.querySelector("video, audio") ?? null);
  }

  /** Plays the newest line once it flows; until then the last picture of the one before stays. */
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
    this.player?.play().catch((error) => error.name === "NotAllowedError" && this.quiet());
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

  /** Lights up while the voice is heard. */
  listen() {
    const receiver = this.pair?.line.getReceivers().find((one) => one.track.kind === "audio");
    const level = receiver?.getSynchronizationSources()[0]?.audioLevel ?? 0;
    const now = performance.now();
    this.spokeAt = level > AUDIBLE ? now : this.spokeAt;
    this.figure?.setAttribute("data-speaking", String(now - this.spokeAt < HOLD));
  }

  remove() {
    if (this.player) {
      this.player.srcObject = null;
    }
    this.figure?.remove();
    this.figure = null;
  }
}
