// The stage of a call: the others, large or as a voice with a light; one's own picture.

import { fill, find } from "./parts.js";
import { CallPerson } from "./participant.js";

/**
 * @typedef {import("../elements/call.js").CallElement} CallElement
 * @typedef {import("../webrtc/pair.js").Connection} Connection
 */

const LISTEN_EVERY = 200;
// How loud the original and the interpreter are at the three stops of the balance.
const MIX = [
  [1, 0.12],
  [1, 1],
  [0.12, 1],
];

export class CallStage {
  /** @type {Map<number, CallPerson>} */
  people = new Map();
  stop = 1;

  /** @param {CallElement} call */
  constructor(call) {
    this.call = call;
    this.root = find(call, ".call__stage");
    this.self = find(this.root, ".call__self");
    this.hear = find(this.root, '[data-act="hear"]');
    this.hear.addEventListener("click", () => this.play());
    setInterval(() => this.people.forEach((one) => one.listen()), LISTEN_EVERY);
  }

  get hasInterpreter() {
    return [...this.people.values()].some((one) => one.isInterpreter);
  }

  show() {
    const { media, peers, room } = this.call;
    const own = media.track("video");
    this.self.setAttribute("data-source", media.screen ? "screen" : "camera");
    this.self.setAttribute("data-picture", own ? "on" : "off");
    fill(/** @type {HTMLVideoElement} */ (find(this.self, "video")), room.isInside ? own : null);
    /** @type {Map<number, Connection>} */
    const wanted = new Map();
    if (room.isInside) {
      peers.pairs.forEach((pair, person) => wanted.set(person, pair.other));
      room.others.forEach((other) => wanted.set(other.person.id, other));
    }
    this.people.forEach((one, person) => wanted.has(person) || this.remove(person, one));
    wanted.forEach((connection, person) => this.person(person, connection).show(connection));
    this.root.setAttribute("data-people", String(this.root.querySelectorAll(".call__partner:not([data-waiting])").length));
    this.mix(this.stop);
  }

  /**
   * @param {number} person
   * @param {Connection} connection
   */
  person(person, connection) {
    const one = this.people.get(person) ?? new CallPerson(this.call, connection, () => this.quiet());
    this.people.set(person, one);
    return one;
  }

  /**
   * @param {number} person
   * @param {CallPerson} one
   */
  remove(person, one) {
    one.remove();
    this.people.delete(person);
  }

  /** @param {number} stop 0 the original, 2 the interpreter, 1 both */
  mix(stop) {
    this.stop = stop;
    const [original, interpretation] = this.hasInterpreter ? MIX[stop] : MIX[1];
    this.people.forEach((one) => one.setVolume(one.isInterpreter ? interpretation : original));
  }

  /** The browser wants a press before it plays sound. */
  quiet() {
    this.hear.hidden = false;
  }

  play() {
    this.hear.hidden = true;
    this.people.forEach((one) => one.play());
  }

  useSpeaker() {
    this.people.forEach((one) => one.useSpeaker());
  }
}
