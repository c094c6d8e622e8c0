// The full mesh of a room: a line to everybody else in it, kept, renewed and dropped as people come and go.

import { Attempts } from "./attempts.js";
import { Flow } from "./media-flow.js";
import { Pair } from "./pair.js";
import { Reports } from "./reports.js";
import { refreshSenders } from "./senders.js";
import { Signals } from "./signaling.js";
import { Timers } from "./timers.js";

/**
 * @typedef {import("./local-media.js").LocalMedia} LocalMedia
 * @typedef {import("./pair.js").Connection} Connection
 * @typedef {import("./signaling.js").Send} Send
 */

const CALLED_WITHIN = 2500; // who comes in calls those who are there; after this they are called
const GRACE = 12_000; // somebody of whom neither socket nor media is here is back by then, or gone
const LOOK_EVERY = 1000;

/** Says "change" when a line comes, goes or changes. */
export class Peers extends EventTarget {
  /** One person has one connection: lines are kept by person. @type {Map<number, Pair>} */
  pairs = new Map();
  /** @type {Map<number, Connection>} */
  present = new Map();
  /** Signals of somebody whose entering has not been told yet. @type {any[]} */
  early = [];
  me = "";
  /** @type {RTCIceServer[]} */
  iceServers = [];
  /** A line for whoever calls next: its keys are made before they are needed. @type {RTCPeerConnection | null} */
  spare = null;
  attempts = new Attempts();
  /** Whom media has reached at least once. @type {Set<number>} */
  met = new Set();
  /** Who is about to be called, and whose line is about to be given up. */
  calls = new Timers();
  graces = new Timers();
  flow = new Flow();

  /**
   * @param {number} person whose page this is
   * @param {LocalMedia} media
   * @param {Send} send
   * @param {(connection: string) => boolean} gives whether somebody gives sound or picture, as far as they have said
   */
  constructor(person, media, send, gives) {
    super();
    this.person = person;
    this.media = media;
    this.gives = gives;
    this.reports = new Reports(send);
    this.signals = new Signals(
      send,
      (pair) => this.pairs.get(pair.other.person.id) === pair,
      (pair) => this.drop(pair.other.person.id),
    );
    setInterval(() => this.pairs.forEach((pair) => void this.flow.look(pair, this.gives(pair.peer))), LOOK_EVERY);
    media.addEventListener("change", () => this.pairs.forEach((pair) => refreshSenders(pair.line, media)));
  }

  /**
   * This page has come in under a new name.
   * @param {string} me
   * @param {RTCIceServer[]} iceServers
   * @param {Connection[]} others
   */
  admitted(me, iceServers, others) {
    const returns = this.me !== "";
    if (returns) {
      // What had not come about was said under the name before, and may have been lost with it.
      this.pairs.forEach((pair, person) => pair.isLive || this.drop(person));
    }
    this.me = me;
    this.iceServers = iceServers;
    this.spare?.close();
    this.spare = new RTCPeerConnection(this.rtc);
    this.pairs.forEach((pair) => pair.seek(iceServers));
    this.sync(others, true);
    for (const pair of this.pairs.values()) {
      pair.begin();
      returns && pair.resume(pair.other);
      pair.state === "connected" && this.reports.tell(pair);
    }
  }

  /** @returns {RTCConfiguration} */
  get rtc() {
    return { iceServers: this.iceServers, bundlePolicy: "max-bundle" };
  }

  /**
   * Everybody else in the room now. `calls`: this page has just come in, so it is the one that calls.
   * @param {Connection[]} others
   * @param {boolean} calls
   */
  sync(others, calls) {
    this.present = new Map(others.map((other) => [other.person.id, other]));
    for (const other of others) {
      this.meet(other, calls);
    }
    for (const [person, pair] of this.pairs) {
      this.present.has(person) || this.miss(person, pair);
    }
    for (const message of this.early.splice(0)) {
      this.take(message);
    }
  }

  /**
   * Somebody's socket is away. While media comes from them there is nothing to give up.
   * @param {number} person
   * @param {Pair} pair
   */
  miss(person, pair) {
    if (!pair.isLive) {
      this.drop(person);
    } else if (pair.isFlowing) {
      this.graces.clear(person);
    } else {
      this.graces.set(person, GRACE, () => this.drop(person));
    }
  }

  /**
   * @param {Connection} other
   * @param {boolean} calls
   */
  meet(other, calls) {
    const { id } = other.person;
    const pair = this.pairs.get(id);
    if (pair && (pair.isLive || pair.peer === other.connection_id)) {
      this.graces.clear(id);
      pair.peer === other.connection_id ? (pair.other = other) : pair.resume(other);
    } else if (calls) {
      this.call(id);
    } else {
      pair && this.drop(id);
      this.calls.set(id, CALLED_WITHIN, () => this.pairs.has(id) || this.call(id));
    }
  }

  /** @param {number} person */
  call(person) {
    const other = this.present.get(person);
    if (other) {
      this.pair(other, crypto.randomUUID(), true);
    }
  }

  /**
   * @param {Connection} other
   * @param {string} id
   * @param {boolean} isCaller
   */
  pair(other, id, isCaller) {
    this.drop(other.person.id);
    const line = this.spare ?? new RTCPeerConnection(this.rtc);
    this.spare = this.me ? new RTCPeerConnection(this.rtc) : null;
    if (isCaller && this.iceServers.length && this.attempts.wantsRelay(other.person.id)) {
      line.setConfiguration({ ...this.rtc, iceTransportPolicy: "relay" });
    }
    // Names change with every entering; people do not, so both sides always agree on who gives way.
    const terms = { id, other, polite: this.person < other.person.id, isCaller };
    const pair = new Pair(line, terms, this.media, this);
    this.pairs.set(other.person.id, pair);
    if (this.me) {
      pair.begin(); // in the lobby nothing has been said yet
    }
    this.changed(pair);
    return pair;
  }

  /** @param {any} message an offer, answer or candidate addressed to this page */
  take(message) {
    const other = [...this.present.values()].find((one) => one.connection_id === message.from);
    if (!other) {
      this.early = [...this.early.slice(-99), message];
      return;
    }
    const pair = this.pairs.get(other.person.id);
    if (pair && pair.id === message.pair) {
      pair.take(message);
    } else if (message.type === "rtc.offer" && !this.attempts.ended.has(message.pair) && this.yields(pair)) {
      this.pair(other, message.pair, false).take(message);
    }
  }

  /**
   * Both called at the same moment: the polite one gives way. Otherwise the newer attempt counts.
   * @param {Pair | undefined} pair
   */
  yields(pair) {
    const unanswered = pair?.isCaller && !pair.line.remoteDescription;
    return !unanswered || Boolean(pair?.polite);
  }

  /** The impolite side tries again from the start, and the polite one if it does not. @param {Pair} pair */
  failed(pair) {
    const person = pair.other.person.id;
    this.attempts.fail(person);
    this.changed(pair);
    const wait = pair.polite ? CALLED_WITHIN : 0;
    this.calls.set(person, wait, () => this.pairs.get(person) === pair && pair.isGivenUp && this.call(person));
  }

  /** @param {Pair} pair */
  changed(pair) {
    const person = pair.other.person.id;
    if (pair.state === "connected") {
      this.met.add(person);
      this.attempts.succeed(person);
    }
    this.reports.hear(pair);
    this.dispatchEvent(new Event("change"));
    if (this.me && !this.present.has(person) && this.pairs.get(person) === pair) {
      this.miss(person, pair);
    }
  }

  /** @param {number} person */
  drop(person) {
    this.calls.clear(person);
    this.graces.clear(person);
    const pair = this.pairs.get(person);
    if (pair) {
      this.pairs.delete(person);
      this.attempts.ended.add(pair.id);
      pair.close();
      this.dispatchEvent(new Event("change"));
    }
  }

  close() {
    [...this.pairs.keys()].forEach((person) => this.drop(person));
    this.present.forEach((_, person) => this.drop(person));
    this.present.clear();
    this.early = [];
    this.attempts.clear();
    this.met.clear();
    this.spare?.close();
    this.spare = null;
    this.signals.hold();
    this.me = "";
  }
}
