// The room of a meeting as its topic tells it: who is in, when it opens and ends, entering and leaving.

import { TRY_AGAIN, socket } from "../lib/socket.js";
import { serverNow, setServerTime } from "../lib/time.js";

/**
 * @typedef {import("../webrtc/peers.js").Connection} Connection
 * @typedef {import("../lib/topic.js").Refusal} Refusal
 * @typedef {{ mic: boolean, camera: boolean, screen: boolean }} Tracks
 * @typedef {{ connection_id: string, server_time: string, ends_at: string, present: Connection[], ice_servers: RTCIceServer[] }} Admission
 */

const LEEWAY = 2000;
const AGAIN = 3000;

/**
 * Says "change" (who is in, what they give, times), "signal" (detail: the message), "entered" (detail: Connection),
 * "left" (detail: Connection), "admitted" (detail: Admission), "replaced", and "closed" (detail: Refusal).
 */
export class Room extends EventTarget {
  /** @type {Map<string, Connection>} */
  present = new Map();
  /** What each connection gives, as far as it has said. @type {Map<string, Tracks>} */
  tracks = new Map();
  opensAt = NaN;
  startsAt = NaN;
  endsAt = NaN;
  meetingState = "";
  /** Our admission; it changes when the socket was lost in between. */
  connection = "";
  isInside = false;
  isEntering = false;
  isReady = false;
  /** The socket was lost since we entered: our seat has to be taken again. */
  isStale = false;
  /** We asked to come in and never heard whether we did: a connection of ours may be in there that we do not know. */
  isUnsure = false;

  /**
   * @param {string} meeting
   * @param {number} person who looks at this page
   */
  constructor(meeting, person) {
    super();
    this.person = person;
    this.topic = socket.join(`meeting:${meeting}`, {
      onSnapshot: (snapshot) => this.update(snapshot),
      onEvent: (event) => this.hear(event),
      onRefused: (refusal) => this.say("closed", refusal),
      onStatus: (status) => this.heed(status),
    });
  }

  /** Everybody in the room but the person themselves. */
  get others() {
    return [...this.present.values()].filter((one) => one.person.id !== this.person);
  }

  /** Whether a connection gives sound or picture, as far as it has said. @param {string} connection */
  gives(connection) {
    const { mic, camera, screen } = this.tracks.get(connection) ?? { mic: true };
    return Boolean(mic || camera || screen);
  }

  get hasLine() {
    return socket.status === "open";
  }

  /** @param {import("../lib/topic.js").Status} status */
  heed(status) {
    this.isStale ||= status !== "open";
    this.say("change");
  }

  /** The server may end a meeting a moment before this page's own clock does. */
  get isOver() {
    return serverNow() >= this.endsAt - LEEWAY;
  }

  /** Whether one may come in now. */
  get isOpen() {
    const now = serverNow();
    return this.isReady && this.hasLine && now >= this.opensAt && now < this.endsAt;
  }

  /** @param {any} snapshot */
  update(snapshot) {
    setServerTime(snapshot.server_time);
    this.opensAt = Date.parse(snapshot.opens_at);
    this.startsAt = Date.parse(snapshot.starts_at);
    this.endsAt = Date.parse(snapshot.ends_at);
    this.meetingState = snapshot.state;
    this.seat(snapshot.present);
    this.isReady = true;
    this.say("change");
    this.stay();
  }

  /** @param {Connection[]} connections */
  seat(connections) {
    this.present = new Map(connections.map((one) => [one.connection_id, one]));
  }

  /** Back in after the socket was lost: the seat is taken again, the lines were kept. */
  stay() {
    if (!this.isInside || this.isOver || (this.present.has(this.connection) && !this.isStale)) {
      return;
    }
    if (this.elsewhere && !this.isUnsure) {
      this.replace(this.connection);
    } else {
      this.enter().catch((refusal) => this.missed(refusal));
    }
  }

  /**
   * We could not come back in. Without a line the next one asks again by itself; the call goes on meanwhile.
   * @param {Refusal} refusal
   */
  missed(refusal) {
    if (!TRY_AGAIN.has(refusal.code)) {
      this.say("closed", refusal);
    } else if (refusal.code !== "no_connection") {
      setTimeout(() => this.stay(), AGAIN);
    }
  }

  /** The person is in the room from another page. */
  get elsewhere() {
    return [...this.present.values()].some((one) => one.person.id === this.person && one.connection_id !== this.connection);
  }

  /** @param {import("../lib/topic.js").TopicEvent} event */
  hear(event) {
    switch (event.type) {
      case "connection.entered":
        this.come(event.connection);
        break;
      case "connection.left":
        this.go(event.connection_id, event.reason);
        break;
      case "connection.replaced":
        this.replace(event.connection_id);
        break;
      case "track.changed":
        this.tracks.set(event.connection_id, { mic: event.mic, camera: event.camera, screen: event.screen });
        this.say("change");
        break;
      case "rtc.offer":
      case "rtc.answer":
      case "rtc.candidate":
        this.say("signal", event);
        break;
      default:
        this.say("news", event);
    }
  }

  /** @param {Connection} connection */
  come(connection) {
    for (const [id, one] of this.present) {
      if (one.person.id === connection.person.id) {
        this.present.delete(id);
      }
    }
    this.present.set(connection.connection_id, connection);
    this.say("entered", connection);
    this.say("change");
  }

  /**
   * @param {string} id
   * @param {"exit" | "lost"} reason
   */
  go(id, reason) {
    const connection = this.present.get(id);
    this.present.delete(id);
    this.tracks.delete(id);
    if (connection && reason === "exit") {
      this.say("left", connection);
    }
    this.say("change");
    this.stay();
  }

  /** @param {string} id */
  replace(id) {
    this.present.delete(id);
    if (id === this.connection && !this.isEntering) {
      this.isInside = false;
      this.connection = "";
      this.say("replaced");
    }
  }

  /** Comes in, or back in. @returns {Promise<void>} rejects with a Refusal */
  async enter() {
    if (this.isEntering) {
      return;
    }
    this.isEntering = true;
    try {
      const fields = this.isInside && this.connection ? { resumes: this.connection } : {};
      this.isUnsure = true;
      const answer = await this.topic.send("enter", fields);
      /** @type {Admission} */
      const admission = answer.snapshot;
      setServerTime(admission.server_time);
      this.connection = admission.connection_id;
      this.endsAt = Date.parse(admission.ends_at);
      this.isInside = true;
      this.isStale = this.isUnsure = false;
      this.seat(admission.present);
      this.say("admitted", admission);
      this.say("change");
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
    this.topic.send("exit").catch(() => {});
  }

  /**
   * @param {string} type
   * @param {object} fields
   */
  send(type, fields) {
    return this.topic.send(type, fields);
  }

  /**
   * @param {string} name
   * @param {unknown} [detail]
   */
  say(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
