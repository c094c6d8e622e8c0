// The room of a meeting as its topic describes it: who is in it, when it opens and ends, entering and leaving.

import { TRY_AGAIN, socket } from "../lib/socket.js";
import { serverNow, setServerTime } from "../lib/time.js";

/**
 * @import { Admission, Connection, ConnectionLeft, Room as RoomSnapshot, TrackState } from "../../../types/socket.d.ts"
 * @import { IncomingSignal, Refusal, Send, Status, TopicEvent } from "../../../types/topics.d.ts"
 */

/**
 * What each event has as its detail. `change`: who is in, what they send, times; `replaced`: the person has entered from
 * another page; `outcome`: the outcome of the meeting was changed; `closed`: the person has lost access.
 * @typedef {{ change: undefined, signal: IncomingSignal, entered: Connection, left: Connection, admitted: Admission,
 *   replaced: undefined, outcome: undefined, closed: Refusal }} RoomEvents
 * @typedef {Pick<TrackState, "mic" | "camera" | "screen">} Tracks
 */

const CLOCK_TOLERANCE = 2000; // milliseconds
const RETRY_AFTER = 3000;

/** Dispatches RoomEvents. */
export class Room extends EventTarget {
  /** Everybody in the room, by connection id. @type {Map<string, Connection>} */
  present = new Map();
  /** What each connection sends, as last announced. @type {Map<string, Tracks>} */
  tracks = new Map();
  opensAt = NaN;
  startsAt = NaN;
  endsAt = NaN;
  /** The id of this page's connection, which changes when it enters again. */
  connection = "";
  isInside = false;
  isEntering = false;
  isReady = false;
  /** The socket was lost since this page has entered: it has to enter again. */
  isStale = false;
  /** The reply to the last attempt to enter was lost: a connection unknown to this page may be its own. */
  isUnsure = false;
  retryTimer = 0;

  /**
   * @param {string} meeting
   * @param {number} person whose page this is
   */
  constructor(meeting, person) {
    super();
    this.person = person;
    this.topic = socket.join(`meeting:${meeting}`, {
      onSnapshot: (snapshot) => this.onSnapshot(snapshot),
      onEvent: (event) => this.onEvent(event),
      onRefused: (refusal) => this.dispatch("closed", refusal),
      onStatus: (status) => this.onStatus(status),
    });
  }

  /** Leaves the topic, and with it the room. */
  close() {
    clearTimeout(this.retryTimer);
    this.isInside = false;
    this.topic.leave();
  }

  /** @type {Send<"meeting">} */
  send = (command) => this.topic.send(command);

  /** Everybody in the room but the person themselves. */
  get others() {
    return [...this.present.values()].filter(({ person }) => person.id !== this.person);
  }

  /** Whether a connection sends audio or video, as last announced. @param {string} connection */
  isSending(connection) {
    const tracks = this.tracks.get(connection);
    return !tracks || tracks.mic || tracks.camera || tracks.screen;
  }

  get isConnected() {
    return socket.status === "open";
  }

  /** @param {Status} status */
  onStatus(status) {
    this.isStale ||= status !== "open";
    this.dispatch("change");
  }

  /** With a tolerance: the server's clock may be slightly ahead of this page's. */
  get isOver() {
    return serverNow() >= this.endsAt - CLOCK_TOLERANCE;
  }

  /** Whether one may enter now. */
  get isOpen() {
    const now = serverNow();
    return this.isReady && this.isConnected && now >= this.opensAt && now < this.endsAt;
  }

  /** @param {RoomSnapshot} snapshot */
  onSnapshot(snapshot) {
    setServerTime(snapshot.server_time);
    this.opensAt = Date.parse(snapshot.opens_at);
    this.startsAt = Date.parse(snapshot.starts_at);
    this.endsAt = Date.parse(snapshot.ends_at);
    this.setPresent(snapshot.present);
    this.isReady = true;
    this.dispatch("change");
    this.enterAgain();
  }

  /** @param {Connection[]} connections */
  setPresent(connections) {
    this.present = new Map(connections.map((connection) => [connection.connection_id, connection]));
  }

  /** After the socket was lost: enters again under a new connection id; peer connections are kept. */
  enterAgain() {
    if (!this.isInside || this.isOver || (this.present.has(this.connection) && !this.isStale)) {
      return;
    }
    if (this.elsewhere && !this.isUnsure) {
      this.onReplaced(this.connection);
    } else {
      this.enter().catch((refusal) => this.onEnterAgainRefused(refusal));
    }
  }

  /**
   * The call goes on meanwhile. Without a connection to the server the next snapshot starts another attempt.
   * @param {Refusal} refusal
   */
  onEnterAgainRefused(refusal) {
    if (!TRY_AGAIN.has(refusal.code)) {
      this.dispatch("closed", refusal);
    } else if (refusal.code !== "no_connection") {
      this.retryTimer = setTimeout(() => this.enterAgain(), RETRY_AFTER);
    }
  }

  /** Whether the person is in the room from another page. */
  get elsewhere() {
    return [...this.present].some(([id, { person }]) => person.id === this.person && id !== this.connection);
  }

  /** @param {TopicEvent<"meeting">} event */
  onEvent(event) {
    switch (event.type) {
      case "connection.entered":
        this.onEntered(event.connection);
        break;
      case "connection.left":
        this.onLeft(event);
        break;
      case "connection.replaced":
        this.onReplaced(event.connection_id);
        break;
      case "track.changed":
        this.tracks.set(event.connection_id, event);
        this.dispatch("change");
        break;
      case "rtc.offer":
      case "rtc.answer":
      case "rtc.candidate":
        this.dispatch("signal", event);
        break;
      case "outcome.changed":
        this.dispatch("outcome");
    }
  }

  /** @param {Connection} entered */
  onEntered(entered) {
    this.present.forEach(({ person }, id) => person.id === entered.person.id && this.present.delete(id));
    this.present.set(entered.connection_id, entered);
    this.dispatch("entered", entered);
    this.dispatch("change");
  }

  /** @param {Pick<ConnectionLeft, "connection_id" | "reason">} event */
  onLeft({ connection_id, reason }) {
    const connection = this.present.get(connection_id);
    this.present.delete(connection_id);
    this.tracks.delete(connection_id);
    connection && reason === "exit" && this.dispatch("left", connection);
    this.dispatch("change");
    this.enterAgain();
  }

  /** @param {string} id of a connection whose person has entered from another page */
  onReplaced(id) {
    this.present.delete(id);
    if (id === this.connection && !this.isEntering) {
      this.isInside = false;
      this.connection = "";
      this.dispatch("replaced");
    }
  }

  /** Enters, or enters again. @returns {Promise<void>} rejects with a Refusal */
  async enter() {
    if (this.isEntering) {
      return;
    }
    this.isEntering = true;
    try {
      this.isUnsure = true;
      const resumes = this.isInside && this.connection ? { resumes: this.connection } : {};
      const { snapshot: admission } = await this.topic.send({ type: "enter", ...resumes });
      setServerTime(admission.server_time);
      this.connection = admission.connection_id;
      this.endsAt = Date.parse(admission.ends_at);
      this.isInside = true;
      this.isStale = this.isUnsure = false;
      this.setPresent(admission.present);
      this.dispatch("admitted", admission);
      this.dispatch("change");
    } catch (refusal) {
      this.isUnsure = TRY_AGAIN.has(/** @type {Refusal} */ (refusal).code);
      throw refusal;
    } finally {
      this.isEntering = false;
    }
  }

  exit() {
    this.isInside = false;
    this.connection = "";
    this.topic.send({ type: "exit" }).catch(() => {});
  }

  /**
   * @template {keyof RoomEvents} N
   * @param {N} name
   * @param {(detail: RoomEvents[N]) => void} handle
   * @param {AbortSignal} signal
   */
  on(name, handle, signal) {
    this.addEventListener(name, (event) => handle(/** @type {CustomEvent<RoomEvents[N]>} */ (event).detail), { signal });
  }

  /**
   * @template {keyof RoomEvents} N
   * @param {N} name
   * @param {RoomEvents[N]} [detail]
   */
  dispatch(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
