// The stage of a call: the other participants, and one's own picture.

import { find } from "../lib/dom.js";
import { every } from "../lib/timers.js";
import { CallParticipant } from "./participant.js";
import { showTrack } from "./video.js";

/**
 * @import { Connection } from "../../../types/socket.d.ts"
 * @import { Call } from "./call.js"
 */

const LISTEN_EVERY = 200;
/** Volumes of the original and of the interpreter at the three stops of the balance. */
const VOLUMES = [
  [1, 0.12],
  [1, 1],
  [0.12, 1],
];
const BOTH = 1;

export class CallStage {
  /** By person. @type {Map<number, CallParticipant>} */
  participants = new Map();
  balance = BOTH;

  /** @param {Call} call */
  constructor(call) {
    const { signal } = call;
    this.call = call;
    this.root = find(call.element, ".call__stage");
    this.self = find(this.root, ".call__self");
    this.playButton = find(this.root, '[data-action="hear"]');
    this.playButton.addEventListener("click", () => this.play(), { signal });
    every(LISTEN_EVERY, () => this.participants.forEach((participant) => participant.showSpeaking()), signal);
    signal.addEventListener("abort", () => this.participants.forEach((_, person) => this.remove(person)));
  }

  get hasInterpreter() {
    return [...this.participants.values()].some((participant) => participant.isInterpreter);
  }

  show() {
    const { media, peers, room } = this.call;
    const own = media.track("video");
    this.self.setAttribute("data-source", media.screen ? "screen" : "camera");
    this.self.setAttribute("data-picture", own ? "on" : "off");
    showTrack(/** @type {HTMLVideoElement} */ (find(this.self, "video")), room.isInside ? own : null);
    /** @type {Map<number, Connection>} */
    const wanted = new Map();
    if (room.isInside) {
      peers.pairs.forEach((pair, person) => wanted.set(person, pair.other));
      room.others.forEach((other) => wanted.set(other.person.id, other));
    }
    this.participants.forEach((_, person) => wanted.has(person) || this.remove(person));
    wanted.forEach((connection, person) => this.participant(person, connection).show(connection));
    this.root.setAttribute("data-people", String(this.root.querySelectorAll(".call__partner:not([data-waiting])").length));
    this.setBalance(this.balance);
  }

  /**
   * @param {number} person
   * @param {Connection} connection
   */
  participant(person, connection) {
    const existing = this.participants.get(person);
    const participant = existing ?? new CallParticipant(this.call, connection, () => this.onAutoplayBlocked());
    this.participants.set(person, participant);
    return participant;
  }

  /** @param {number} person */
  remove(person) {
    this.participants.get(person)?.remove();
    this.participants.delete(person);
  }

  /** @param {number} balance 0: the original, 1: both, 2: the interpreter */
  setBalance(balance) {
    this.balance = balance;
    const [original, interpreter] = VOLUMES[this.hasInterpreter ? balance : BOTH];
    this.participants.forEach((participant) => participant.setVolume(participant.isInterpreter ? interpreter : original));
  }

  /** The browser plays no sound before a click. */
  onAutoplayBlocked() {
    this.playButton.hidden = false;
  }

  play() {
    this.playButton.hidden = true;
    this.participants.forEach((participant) => participant.play());
  }

  useSpeaker() {
    this.participants.forEach((participant) => participant.useSpeaker());
  }
}
