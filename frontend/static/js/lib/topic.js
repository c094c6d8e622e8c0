// One topic of the page's socket: applies its events once and in order of their numbers, and passes them to its listeners.

/**
 * @import { Topics } from "../../../types/socket.d.ts"
 * @import { Listener, Prefix, Refusal, Reply, TopicEvent, TopicName } from "../../../types/topics.d.ts"
 */

const REORDERED_WITHIN = 300; // milliseconds; an event that overtook another is rarely later than this
const NEXT_PAGE = 40;
const MAX_BUFFERED = 200;

export class Topic {
  /** @type {Set<Listener>} */
  listeners = new Set();
  /** The number of the newest event applied; null before the first snapshot. @type {number | null} */
  applied = null;
  /** The newest number the server has mentioned. */
  target = 0;
  /** The replay of missed events has more pages. */
  more = false;
  /** The server has refused it with a final code. */
  isClosed = false;
  /** Events whose predecessors have not arrived, by number. @type {Map<number, TopicEvent>} */
  outOfOrder = new Map();
  timer = 0;

  /**
   * @param {string} name
   * @param {(topic: Topic) => void} sendJoin sends a join for this topic
   */
  constructor(name, sendJoin) {
    this.name = name;
    this.sendJoin = sendJoin;
  }

  get isLogged() {
    return [...this.listeners].some((listener) => listener.logged);
  }

  /** A second listener needs the whole state too: the topic starts again from a snapshot. @param {Listener} listener */
  add(listener) {
    this.listeners.add(listener);
    this.applied = null;
    this.isClosed = false;
  }

  /**
   * @param {Reply} reply
   * @param {number | null} after the newest number known when the join was sent; null for a fresh start
   */
  onJoined(reply, after) {
    const seq = reply.seq ?? 0;
    const resumes = after !== null && after <= seq && this.applied !== null;
    this.more = Boolean(reply.more);
    this.target = Math.max(seq, resumes ? this.target : 0);
    if (!resumes) {
      this.applied = seq;
    }
    const snapshot = /** @type {Topics[Prefix]["snapshot"]} */ (reply.snapshot);
    this.notify((listener) => listener.onSnapshot?.(snapshot, seq));
    this.drain();
  }

  /** @param {TopicEvent} event one without `seq` is ephemeral: typing, presence */
  receive(event) {
    if (event.seq === undefined) {
      this.notify((listener) => listener.onEvent?.(event));
      return;
    }
    if (this.applied === null || event.seq <= this.applied) {
      return;
    }
    this.outOfOrder.set(event.seq, event);
    this.target = Math.max(this.target, event.seq);
    this.drain();
  }

  /** @param {number} seq the newest number, as the server's heartbeat has it */
  onHeartbeat(seq) {
    this.target = Math.max(this.target, seq);
    this.awaitMissing();
  }

  /** The server has ended it. @param {Refusal} refusal */
  close(refusal) {
    this.isClosed = true;
    this.stopTimer();
    this.notify((listener) => listener.onRefused?.(refusal));
  }

  /** Applies every event that follows the newest applied one without a gap. */
  drain() {
    for (let event = this.next(); event; event = this.next()) {
      const applied = event;
      this.notify((listener) => listener.onEvent?.(applied));
    }
    for (const seq of this.outOfOrder.keys()) {
      if (seq <= (this.applied ?? 0)) {
        this.outOfOrder.delete(seq);
      }
    }
    this.awaitMissing();
  }

  /** The event after the newest applied one, counted as applied from now on. */
  next() {
    const event = this.outOfOrder.get((this.applied ?? 0) + 1);
    this.applied = event?.seq ?? this.applied;
    this.outOfOrder.delete(event?.seq ?? 0);
    return event;
  }

  /** Joins again when something is still missing after a while. */
  awaitMissing() {
    if (this.applied === null || this.applied >= this.target) {
      this.stopTimer();
    } else if (this.outOfOrder.size > MAX_BUFFERED) {
      this.joinAgain();
    } else if (!this.timer || this.more) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.joinAgain(), this.more ? NEXT_PAGE : REORDERED_WITHIN);
    }
  }

  joinAgain() {
    this.stopTimer();
    this.more = false;
    this.outOfOrder.clear();
    this.sendJoin(this);
  }

  stopTimer() {
    clearTimeout(this.timer);
    this.timer = 0;
  }

  /** @param {(listener: Listener) => void} call */
  notify(call) {
    for (const listener of [...this.listeners]) {
      try {
        call(listener);
      } catch (error) {
        // An exception in one listener must not stop the others, nor keep the event from counting as applied.
        reportError(error);
      }
    }
  }
}

/**
 * The topic that an element names in its attribute `topic`.
 * @template {Prefix} P
 * @param {Element} element
 * @param {P} prefix of the topics that the element can listen to
 * @returns {TopicName<P>}
 */
export function topicOf(element, prefix) {
  const name = element.getAttribute("topic") ?? "";
  if (!name.startsWith(`${prefix}:`)) {
    throw new Error(`topic="${name}" is no ${prefix}`);
  }
  return /** @type {TopicName<P>} */ (name);
}
