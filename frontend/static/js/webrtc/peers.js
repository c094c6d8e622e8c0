// The full mesh of a room: one peer connection to everybody else, made and dropped as people enter and leave.

import { every } from "../lib/timers.js";
import { Attempts } from "./attempts.js";
import { MediaFlow } from "./media-flow.js";
import { Pair } from "./pair.js";
import { PersonTimers } from "./person-timers.js";
import { Reports } from "./reports.js";
import { replaceTracks } from "./senders.js";
import { Signaling } from "./signaling.js";

/**
 * @import { Connection } from "../../../types/socket.d.ts"
 * @import { IncomingSignal, Send } from "../../../types/topics.d.ts"
 * @import { LocalMedia } from "./local-media.js"
 */

const CALLED_WITHIN = 2500; // who enters makes the offers; after this delay the others do
const RETURN_WITHIN = 12_000; // after socket and media are both lost
const CHECK_EVERY = 1000;
const MAX_BUFFERED = 100;

/** Dispatches "change" when a pair is made, dropped or changes. */
export class Peers extends EventTarget {
  /** By person, who has one connection in the room at a time. @type {Map<number, Pair>} */
  pairs = new Map();
  /** Everybody else in the room, by person. @type {Map<number, Connection>} */
  present = new Map();
  /** Signals that arrived before the news that their sender has entered. @type {IncomingSignal[]} */
  buffered = [];
  /** This page's connection id; empty in the lobby. */
  me = "";
  /** @type {RTCIceServer[]} */
  iceServers = [];
  /** For the next pair: making its certificate ahead saves time when it is needed. @type {RTCPeerConnection | null} */
  spare = null;
  attempts = new Attempts();
  /** People to whom there has been a connection. @type {Set<number>} */
  everConnected = new Set();
  /** Delays before somebody is called, and before a pair without socket and media is dropped. */
  callTimers = new PersonTimers();
  returnTimers = new PersonTimers();
  flow = new MediaFlow();

  /**
   * @param {number} person whose page this is
   * @param {LocalMedia} media
   * @param {Send<"meeting">} send
   * @param {(connection: string) => boolean} isSending whether a connection sends audio or video, as last announced
   * @param {AbortSignal} signal ends the mesh
   */
  constructor(person, media, send, isSending, signal) {
    super();
    this.person = person;
    this.media = media;
    this.isSending = isSending;
    this.reports = new Reports(send);
    this.signaling = new Signaling(
      send,
      (pair) => this.pairs.get(pair.other.person.id) === pair,
      (pair) => this.drop(pair.other.person.id),
    );
    every(CHECK_EVERY, () => this.checkFlow(), signal);
    media.addEventListener("change", () => this.pairs.forEach((pair) => replaceTracks(pair.pc, media)), { signal });
    signal.addEventListener("abort", () => this.close());
  }

  checkFlow() {
    this.pairs.forEach((pair) => void this.flow.check(pair, this.isSending(pair.peer)));
  }

  /**
   * This page has entered, or entered again, under a new connection id.
   * @param {string} me
   * @param {RTCIceServer[]} iceServers
   * @param {Connection[]} others
   */
  onAdmitted(me, iceServers, others) {
    const returns = this.me !== "";
    if (returns) {
      // The signals of an attempt that has not succeeded were sent under the old id, and may have been lost with it.
      this.pairs.forEach((pair, person) => pair.isLive || this.drop(person));
    }
    this.me = me;
    this.iceServers = iceServers;
    this.spare?.close();
    this.spare = new RTCPeerConnection(this.configuration);
    this.pairs.forEach((pair) => pair.restart(iceServers));
    this.sync(others, true);
    for (const pair of this.pairs.values()) {
      pair.startDeadline();
      returns && pair.resume(pair.other);
      pair.state === "connected" && this.reports.report(pair);
    }
  }

  /** @returns {RTCConfiguration} */
  get configuration() {
    return { iceServers: this.iceServers, bundlePolicy: "max-bundle" };
  }

  /**
   * @param {Connection[]} others everybody else in the room now
   * @param {boolean} makesOffers whether this page, which has just entered, makes the offers
   */
  sync(others, makesOffers) {
    this.present = new Map(others.map((other) => [other.person.id, other]));
    others.forEach((other) => this.onPresent(other, makesOffers));
    this.pairs.forEach((pair, person) => this.present.has(person) || this.onAbsent(person, pair));
    this.buffered.splice(0).forEach((signal) => this.receive(signal));
  }

  /**
   * Somebody's socket is lost: the pair is kept while media arrives, and for RETURN_WITHIN after that.
   * @param {number} person
   * @param {Pair} pair
   */
  onAbsent(person, pair) {
    if (!pair.isLive) {
      this.drop(person);
    } else if (pair.isFlowing) {
      this.returnTimers.clear(person);
    } else {
      this.returnTimers.set(person, RETURN_WITHIN, () => this.drop(person));
    }
  }

  /**
   * @param {Connection} other
   * @param {boolean} makesOffers
   */
  onPresent(other, makesOffers) {
    const { id } = other.person;
    const pair = this.pairs.get(id);
    if (pair && (pair.isLive || pair.peer === other.connection_id)) {
      this.returnTimers.clear(id);
      pair.peer === other.connection_id ? (pair.other = other) : pair.resume(other);
    } else if (makesOffers) {
      this.call(id);
    } else {
      pair && this.drop(id);
      this.callTimers.set(id, CALLED_WITHIN, () => this.pairs.has(id) || this.call(id));
    }
  }

  /** @param {number} person */
  call(person) {
    const other = this.present.get(person);
    if (other) {
      this.makePair(other, crypto.randomUUID(), true);
    }
  }

  /**
   * @param {Connection} other
   * @param {string} id
   * @param {boolean} isCaller
   */
  makePair(other, id, isCaller) {
    this.drop(other.person.id);
    const pc = this.spare ?? new RTCPeerConnection(this.configuration);
    this.spare = this.me ? new RTCPeerConnection(this.configuration) : null;
    if (isCaller && this.iceServers.length && this.attempts.usesRelayOnly(other.person.id)) {
      pc.setConfiguration({ ...this.configuration, iceTransportPolicy: "relay" });
    }
    // Compares person ids, which do not change when somebody enters again, so that both sides agree on who is polite.
    const terms = { id, other, polite: this.person < other.person.id, isCaller };
    const pair = new Pair(pc, terms, this.media, this);
    this.pairs.set(other.person.id, pair);
    if (this.me) {
      pair.startDeadline(); // in the lobby nothing has been sent yet
    }
    this.onPairChange(pair);
    return pair;
  }

  /** @param {IncomingSignal} signal */
  receive(signal) {
    const other = [...this.present.values()].find((connection) => connection.connection_id === signal.from);
    if (!other) {
      this.buffered = [...this.buffered, signal].slice(-MAX_BUFFERED);
      return;
    }
    const pair = this.pairs.get(other.person.id);
    if (pair && pair.id === signal.pair) {
      pair.receive(signal);
    } else if (signal.type === "rtc.offer" && !this.attempts.ended.has(signal.pair) && this.givesWay(pair)) {
      this.makePair(other, signal.pair, false).receive(signal);
    }
  }

  /**
   * When both sides have made an offer the polite one gives way; otherwise the newer attempt counts.
   * @param {Pair | undefined} pair the attempt so far
   */
  givesWay(pair) {
    const isUnanswered = pair?.isCaller && !pair.pc.remoteDescription;
    return !isUnanswered || Boolean(pair?.polite);
  }

  /** The impolite side calls again at once, the polite one only if that does not happen. @param {Pair} pair */
  onPairFailed(pair) {
    const person = pair.other.person.id;
    this.attempts.fail(person);
    this.onPairChange(pair);
    const delay = pair.polite ? CALLED_WITHIN : 0;
    this.callTimers.set(person, delay, () => this.pairs.get(person) === pair && pair.isGivenUp && this.call(person));
  }

  /** @param {Pair} pair */
  onPairChange(pair) {
    const person = pair.other.person.id;
    if (pair.state === "connected") {
      this.everConnected.add(person);
      this.attempts.succeed(person);
    }
    this.reports.onChange(pair);
    this.dispatchEvent(new Event("change"));
    if (this.me && !this.present.has(person) && this.pairs.get(person) === pair) {
      this.onAbsent(person, pair);
    }
  }

  /** @param {number} person */
  drop(person) {
    this.callTimers.clear(person);
    this.returnTimers.clear(person);
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
    this.buffered = [];
    this.attempts.clear();
    this.everConnected.clear();
    this.spare?.close();
    this.spare = null;
    this.signaling.pause();
    this.me = "";
  }
}
