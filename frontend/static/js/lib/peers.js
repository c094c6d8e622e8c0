// The full mesh of a room: a line to everybody else in it, kept, renewed and dropped as people come and go.

import { Pair } from "./pair.js";
import { Reports } from "./reports.js";
import { refreshSenders } from "./senders.js";
import { Timers } from "./timers.js";

/**
 * @typedef {import("./media.js").LocalMedia} LocalMedia
 * @typedef {import("./pair.js").Connection} Connection
 * @typedef {(type: string, fields: object) => Promise<unknown>} Send
 */

const CALLED_WITHIN = 2500; // who comes in calls those who are there; after this they call him
const GRACE = 12_000; // a lost socket comes back sooner, and the media did not need it meanwhile

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
  /** What is ready to be said once this page has come in; null when it is in. @type {(() => void)[] | null} */
  held = [];
  /** Direct paths have failed with these people. @type {Set<number>} */
  relayed = new Set();
  /** Whom media has reached at least once. @type {Set<number>} */
  met = new Set();
  /** Who is about to be called, and whose line is about to be given up. */
  calls = new Timers();
  graces = new Timers();

  /**
   * @param {LocalMedia} media
   * @param {Send} send
   */
  constructor(media, send) {
    super();
    this.media = media;
    this.send = send;
    this.reports = new Reports(send);
    media.addEventListener("change", () => this.pairs.forEach((pair) => refreshSenders(pair.line, media)));
  }

  /** Says what was held back: right behind the command to enter, not after its answer. */
  release() {
    const ready = this.held ?? [];
    this.held = null;
    ready.forEach((say) => say());
  }

  /**
   * This page has come in under a new name.
   * @param {string} me
   * @param {RTCIceServer[]} iceServers
   * @param {Connection[]} others
   */
  admitted(me, iceServers, others) {
    this.me = me;
    this.iceServers = iceServers;
    this.spare?.close();
    this.spare = new RTCPeerConnection(this.rtc);
    for (const pair of this.pairs.values()) {
      pair.polite = me < pair.peer;
      pair.useRelay(iceServers);
    }
    this.sync(others, true);
    this.pairs.forEach((pair) => pair.state === "connected" && this.reports.tell(pair));
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
      if (!this.present.has(person)) {
        pair.isLive ? this.graces.set(person, GRACE, () => this.drop(person)) : this.drop(person);
      }
    }
    for (const message of this.early.splice(0)) {
      this.take(message);
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
      pair.other = other;
      this.graces.clear(id);
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
    if (this.relayed.has(other.person.id) && this.iceServers.length) {
      line.setConfiguration({ ...this.rtc, iceTransportPolicy: "relay" });
    }
    const terms = { id, other, polite: this.me < other.connection_id, isCaller };
    const pair = new Pair(line, terms, this.media, this);
    this.pairs.set(other.person.id, pair);
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
    } else if (message.type === "rtc.offer" && this.yields(pair)) {
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

  /** The impolite side tries again from the start, through the relay if there is one. @param {Pair} pair */
  failed(pair) {
    const person = pair.other.person.id;
    this.relayed.add(person);
    this.changed(pair);
    const wait = pair.polite ? CALLED_WITHIN : 0;
    this.calls.set(person, wait, () => this.pairs.get(person) === pair && this.call(person));
  }

  /** @param {Pair} pair */
  changed(pair) {
    if (pair.state === "connected") {
      this.met.add(pair.other.person.id);
    }
    this.reports.hear(pair);
    this.dispatchEvent(new Event("change"));
  }

  /**
   * @param {string} type
   * @param {Pair} pair
   * @param {object} fields
   */
  signal(type, pair, fields) {
    const say = () =>
      this.send(type, { to: pair.peer, pair: pair.id, ...fields }).catch((refusal) => {
        if (refusal.code === "peer_gone" && !pair.isLive && this.pairs.get(pair.other.person.id) === pair) {
          this.drop(pair.other.person.id);
        }
      });
    this.held ? this.held.push(say) : void say();
  }

  /** @param {number} person */
  drop(person) {
    this.calls.clear(person);
    this.graces.clear(person);
    const pair = this.pairs.get(person);
    if (pair) {
      this.pairs.delete(person);
      pair.close();
      this.dispatchEvent(new Event("change"));
    }
  }

  close() {
    [...this.pairs.keys()].forEach((person) => this.drop(person));
    this.present.forEach((_, person) => this.drop(person));
    this.present.clear();
    this.early = [];
    this.relayed.clear();
    this.met.clear();
    this.spare?.close();
    this.spare = null;
    this.held = [];
    this.me = "";
  }
}
