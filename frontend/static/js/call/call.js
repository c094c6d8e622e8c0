// The state of a call from lobby to end, and its transitions. The parts of the call show the state.

import { CallBar } from "./bar.js";
import { DeviceProblems } from "./device-problems.js";
import { CallEnd } from "./end.js";
import { CallFocus } from "./focus.js";
import { CallLobby } from "./lobby.js";
import { CallOutcome } from "./outcome.js";
import { CallPanel } from "./panel.js";
import { CallQuality } from "./quality.js";
import { Room } from "./room.js";
import { CallStage } from "./stage.js";
import { stateOf } from "./state.js";
import { CallStatus } from "./status.js";
import { TimeLeft } from "./time-left.js";
import { actionOf } from "../lib/dom.js";
import { hasFocus } from "../lib/focus.js";
import { inLanguage, t } from "../lib/language.js";
import { WakeLock } from "../lib/wake-lock.js";
import { LocalMedia } from "../webrtc/local-media.js";
import { Peers } from "../webrtc/peers.js";

/**
 * @import { Admission, Connection } from "../../../types/socket.d.ts"
 * @import { Refusal } from "../../../types/topics.d.ts"
 * @import { EndReason } from "./end.js"
 */

const PICTURE_FIRST = 400; // milliseconds; other messages must not delay the first picture

export class Call {
  /** The page was in the call before it was reloaded: it enters at once. A second tab asks first. */
  comesBack = false;

  /**
   * @param {HTMLElement} element `fair-call`
   * @param {AbortSignal} signal ends the call
   */
  constructor(element, signal) {
    const meeting = element.getAttribute("meeting") ?? "";
    this.element = element;
    this.signal = signal;
    /** Whose page it is. */
    this.person = Number(element.getAttribute("person"));
    /** "exhibitor", "buyer", or empty for a person who is on neither side. */
    this.side = element.getAttribute("side") ?? "";
    this.storageKey = `fair-call:${meeting}`;
    this.media = new LocalMedia(element.hasAttribute("sound-only"));
    this.room = new Room(meeting, this.person);
    this.peers = new Peers(this.person, this.media, this.room.send, (id) => this.room.isSending(id), signal);
    this.stage = new CallStage(this);
    this.bar = new CallBar(this);
    this.panel = new CallPanel(this);
    this.outcome = new CallOutcome(this);
    this.lobby = new CallLobby(this);
    this.status = new CallStatus(this);
    this.problems = new DeviceProblems(this);
    this.time = new TimeLeft(this);
    this.quality = new CallQuality(this);
    this.endScreen = new CallEnd(this);
    this.focus = new CallFocus(this);
    this.wakeLock = new WakeLock(signal);
  }

  start() {
    this.comesBack = this.wasInside();
    this.listen();
    void this.media.start();
    this.show();
  }

  listen() {
    const { media, peers, room, signal } = this;
    room.on("change", () => this.show(), signal);
    room.on("signal", (message) => peers.receive(message), signal);
    room.on("admitted", (admission) => this.onAdmitted(admission), signal);
    room.on("entered", (connection) => this.onEntered(connection), signal);
    room.on("left", (connection) => this.onLeft(connection), signal);
    room.on("replaced", () => this.end("elsewhere"), signal);
    room.on("closed", (refusal) => this.end(room.isOver ? "over" : "refused", refusal.detail), signal);
    peers.addEventListener("change", () => this.show(), { signal });
    media.addEventListener("change", () => this.onMediaChange(), { signal });
    this.element.addEventListener("click", (event) => this.onClick(event), { signal });
    addEventListener("pagehide", () => peers.close(), { signal });
    signal.addEventListener("abort", () => this.close());
  }

  close() {
    this.room.close();
    this.media.stop();
  }

  wasInside() {
    const [navigation] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
    return navigation?.type !== "navigate" && sessionStorage.getItem(this.storageKey) === "in";
  }

  onMediaChange() {
    this.sendTrackState();
    this.show();
  }

  /** @param {Event} event */
  onClick(event) {
    switch (actionOf(event)) {
      case "enter-sound":
        this.media.closeCamera();
        void this.enter();
        break;
      case "enter":
      case "enter-text":
        void this.enter();
        break;
      case "leave":
        this.room.exit();
        this.end("left");
        break;
      case "outcome":
        event.preventDefault();
        this.panel.enter("outcome");
    }
  }

  async enter() {
    const { signal } = this;
    performance.mark("call:enter");
    if (this.endScreen.reason) {
      void this.media.resume();
    }
    this.endScreen.reason = "";
    this.comesBack = false;
    try {
      const entering = this.room.enter();
      this.peers.signaling.release();
      this.show();
      await entering;
      if (!signal.aborted) {
        sessionStorage.setItem(this.storageKey, "in");
        this.wakeLock.request();
      }
    } catch (refusal) {
      signal.aborted || this.onEnterRefused(/** @type {Refusal} */ (refusal));
    }
  }

  /** @param {Refusal} refusal */
  onEnterRefused(refusal) {
    this.peers.close();
    this.lobby.refusal = refusal.detail ?? "";
    this.show();
  }

  /** @param {Admission} admission */
  onAdmitted(admission) {
    if (!this.peers.me) {
      this.room.others.filter(({ part }) => part === "organiser").forEach((organiser) => this.announceOrganiser(organiser));
    }
    this.peers.onAdmitted(admission.connection_id, admission.ice_servers, this.room.others);
    setTimeout(() => this.sendTrackState(), PICTURE_FIRST);
  }

  /** @param {Connection} connection */
  onEntered({ person, part }) {
    if (person.id === this.person || !this.room.isInside) {
      return;
    }
    setTimeout(() => this.sendTrackState(), PICTURE_FIRST);
    if (this.peers.pairs.has(person.id)) {
      return; // they have not been away: only their socket was lost, or this page's
    }
    const name = inLanguage(person.name);
    const isOrganiser = part === "organiser";
    this.status.announce(isOrganiser ? t("%(name)s has joined as an organiser", { name }) : t("%(name)s has joined", { name }));
  }

  /** Announces an organiser who was in the room before this person entered. @param {Connection} organiser */
  announceOrganiser({ person }) {
    this.status.announce(t("%(name)s is in the room as an organiser", { name: inLanguage(person.name) }));
  }

  /** @param {Connection} connection */
  onLeft({ person }) {
    this.peers.drop(person.id);
    this.status.announce(t("%(name)s has left", { name: inLanguage(person.name) }));
  }

  /**
   * @param {EndReason} reason
   * @param {string} [sentence] of the server
   */
  end(reason, sentence) {
    this.endScreen.set(reason, sentence);
    this.room.isInside = false;
    this.comesBack = false;
    this.peers.close();
    this.media.stop();
    sessionStorage.removeItem(this.storageKey);
    this.wakeLock.release();
    this.show();
  }

  sendTrackState() {
    if (this.room.isInside) {
      this.room.send({ type: "track.state", ...this.media.state }).catch(() => {});
    }
  }

  get state() {
    return this.endScreen.reason ? "ended" : stateOf(this.room, this.peers);
  }

  /** Keeps a connection to everybody in the room; the lobby prepares them, so that entering is fast. */
  syncPeers() {
    const { peers, room, media } = this;
    if (room.isInside && !room.isEntering) {
      peers.sync(room.others, false);
    } else if (this.state === "lobby" && media.isReady && room.isOpen && !room.elsewhere) {
      peers.sync(room.others, true);
    }
  }

  /** Called whenever the room, the connections or the devices have changed. */
  show() {
    if (this.signal.aborted) {
      return;
    }
    if (this.comesBack && this.room.isReady && !this.room.isEntering) {
      void this.enter();
      return;
    }
    this.syncPeers();
    const hadFocus = hasFocus(this.element);
    this.element.setAttribute("data-state", this.state);
    const { bar, endScreen, lobby, problems, quality, stage, status, time } = this;
    [lobby, stage, bar, time, quality, status, problems, endScreen].forEach((part) => part.show());
    this.focus.show(hadFocus);
  }
}
