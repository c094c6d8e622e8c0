// <fair-call meeting person side [sound-only]>: the lobby and the call. Here it is decided what state the call is in.

import { Awake } from "../lib/wake-lock.js";
import { stateOf } from "../call/state.js";
import { LocalMedia } from "../webrtc/local-media.js";
import { Peers } from "../webrtc/peers.js";
import { Room } from "../call/room.js";
import { inLanguage, t } from "../lib/language.js";
import { CallBar } from "../call/bar.js";
import { CallEnd } from "../call/end.js";
import { CallFocus } from "../call/focus.js";
import { CallLine } from "../call/quality.js";
import { CallLobby } from "../call/lobby.js";
import { CallOutcome } from "../call/outcome.js";
import { CallPanel } from "../call/panel.js";
import { CallStage } from "../call/stage.js";
import { CallTrouble } from "../call/device-problems.js";
import { CallTime } from "../call/time-left.js";
import { CallWord } from "../call/status.js";

/** @typedef {import("../webrtc/pair.js").Connection} Connection */

const PICTURE_FIRST = 400; // what is told besides must not stand in the way of the first picture

class Call extends HTMLElement {
  person = Number(this.getAttribute("person"));
  side = this.getAttribute("side") ?? "";
  meeting = this.getAttribute("meeting") ?? "";
  memory = `fair-call:${this.meeting}`;
  media = new LocalMedia(this.hasAttribute("sound-only"));
  room = new Room(this.meeting, this.person);
  peers = new Peers(
    this.person,
    this.media,
    (type, fields) => this.room.send(type, fields),
    (connection) => this.room.gives(connection),
  );
  stage = new CallStage(this);
  bar = new CallBar(this);
  panel = new CallPanel(this);
  outcome = new CallOutcome(this);
  lobby = new CallLobby(this);
  word = new CallWord(this);
  trouble = new CallTrouble(this);
  time = new CallTime(this);
  line = new CallLine(this);
  ending = new CallEnd(this);
  focusing = new CallFocus(this);
  awake = new Awake();
  comesBack = this.wasInside();

  connectedCallback() {
    this.listen(this.room, {
      change: () => this.show(),
      signal: (message) => this.peers.take(message),
      admitted: (admission) => this.admitted(admission),
      entered: (connection) => this.entered(connection),
      left: (connection) => this.left(connection),
      replaced: () => this.end("elsewhere"),
      closed: (refusal) => this.end(this.room.isOver ? "over" : "refused", refusal.detail),
    });
    this.peers.addEventListener("change", () => this.show());
    this.media.addEventListener("change", () => {
      this.tellTracks();
      this.show();
    });
    this.addEventListener("click", (event) => this.act(event));
    addEventListener("pagehide", () => this.peers.close());
    void this.media.start();
    this.show();
  }

  /**
   * @param {EventTarget} source
   * @param {Record<string, (detail: any) => void>} handlers
   */
  listen(source, handlers) {
    for (const [name, handle] of Object.entries(handlers)) {
      source.addEventListener(name, (event) => handle(/** @type {CustomEvent} */ (event).detail));
    }
  }

  /** A reload in the middle of a call goes straight back in; a second tab asks first. */
  wasInside() {
    const [arrival] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
    return arrival?.type !== "navigate" && sessionStorage.getItem(this.memory) === "in";
  }

  /** @param {Event} event */
  act(event) {
    const target = /** @type {Element} */ (event.target);
    switch (target.closest("[data-act]")?.getAttribute("data-act")) {
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
    performance.mark("call:enter");
    if (this.ending.because) {
      void this.media.resume();
    }
    this.ending.because = "";
    this.comesBack = false;
    try {
      const entering = this.room.enter();
      this.peers.signals.release();
      this.show();
      await entering;
      sessionStorage.setItem(this.memory, "in");
      this.awake.hold();
    } catch (refusal) {
      this.peers.close();
      this.lobby.refuse(/** @type {import("../lib/topic.js").Refusal} */ (refusal).detail ?? "");
      this.show();
    }
  }

  /** @param {import("../call/room.js").Admission} admission */
  admitted(admission) {
    if (!this.peers.me) {
      this.room.others.filter((one) => one.part === "organiser").forEach((one) => this.tellOrganiser(one));
    }
    this.peers.admitted(admission.connection_id, admission.ice_servers, this.room.others);
    setTimeout(() => this.tellTracks(), PICTURE_FIRST);
  }

  /** @param {Connection} connection */
  entered({ person, part }) {
    if (person.id === this.person || !this.room.isInside) {
      return;
    }
    setTimeout(() => this.tellTracks(), PICTURE_FIRST);
    if (this.peers.pairs.has(person.id)) {
      return; // whoever has a line here, or is waited for, has not been away; only their socket was, or this page
    }
    const name = inLanguage(person.name);
    const asOrganiser = part === "organiser";
    this.word.say(asOrganiser ? t("%(name)s has entered as organiser", { name }) : t("%(name)s has entered", { name }));
  }

  /** Who comes later is told too. @param {Connection} connection */
  tellOrganiser({ person }) {
    this.word.say(t("%(name)s is in the room as organiser", { name: inLanguage(person.name) }));
  }

  /** @param {Connection} connection */
  left({ person }) {
    this.peers.drop(person.id);
    this.word.say(t("%(name)s has left", { name: inLanguage(person.name) }));
  }

  /**
   * @param {import("../call/end.js").Because} because
   * @param {string} [sentence]
   */
  end(because, sentence) {
    this.ending.set(because, sentence);
    this.room.isInside = false;
    this.comesBack = false;
    this.peers.close();
    this.media.stop();
    sessionStorage.removeItem(this.memory);
    this.awake.release();
    this.show();
  }

  tellTracks() {
    if (this.room.isInside) {
      this.room.send("track.state", this.media.state).catch(() => {});
    }
  }

  get state() {
    if (this.ending.because) {
      return "ended";
    }
    return stateOf(this.room, this.peers);
  }

  /** Inside, the lines follow who is there; in the lobby everything is made ready that entering will say. */
  meet() {
    const { peers, room, media } = this;
    if (room.isInside && !room.isEntering) {
      peers.sync(room.others, false);
    } else if (this.state === "lobby" && media.isReady && room.isOpen && !room.elsewhere) {
      peers.sync(room.others, true);
    }
  }

  /** Everything that follows from the room, the lines and the devices. */
  show() {
    if (this.comesBack && this.room.isReady && !this.room.isEntering) {
      void this.enter();
      return;
    }
    this.meet();
    const hadFocus = this.contains(document.activeElement);
    this.setAttribute("data-state", this.state);
    for (const part of [this.lobby, this.stage, this.bar, this.time, this.line, this.word, this.trouble, this.ending]) {
      part.show();
    }
    this.focusing.show(hadFocus);
  }
}

customElements.define("fair-call", Call);

/** @typedef {Call} CallElement */
