// One topic of the page's socket: which of its events are applied, which came too early, and who listens.

/**
 * What happened on a topic. Events that may be lost (typing, presence) carry no `seq`.
 * @typedef {{ type: string, topic: string, seq?: number, [field: string]: any }} TopicEvent
 * @typedef {{ ref?: number, topic?: string, seq?: number | null, snapshot?: any, more?: boolean }} Answer
 * @typedef {{ code: string, detail: string, parameters?: Record<string, any> }} Refusal
 * @typedef {"connecting" | "open" | "waiting"} Status
 * @typedef {{
 *   onSnapshot?: (snapshot: any, seq: number) => void,
 *   onEvent?: (event: TopicEvent) => void,
 *   onRefused?: (refusal: Refusal) => void,
 *   onStatus?: (status: Status) => void,
 *   logged?: boolean,
 * }} Listener `logged`: missed events are replayed one by one; without it a new snapshot makes up for them.
 */

const PATIENCE = 300; // an event that overtook another one is rarely later than this
const NEXT_PAGE = 40;
const MOST_EARLY = 200;

export class Topic {
  /**
   * @param {string} name
   * @param {(topic: Topic) => void} ask sends a join for this topic
   */
  constructor(name, ask) {
    this.name = name;
    /** @type {Set<Listener>} */
    this.listeners = new Set();
    /** The number of the newest event applied; null before the first snapshot. @type {number | null} */
    this.applied = null;
    /** The newest number heard of. */
    this.target = 0;
    this.more = false;
    this.isClosed = false;
    this.ask = ask;
    /** @type {Map<number, TopicEvent>} */
    this.early = new Map();
    this.timer = 0;
  }

  get isLogged() {
    return [...this.listeners].some((listener) => listener.logged);
  }

  /**
   * @param {Answer} answer
   * @param {number | null} after what was known when it was asked for; null for a fresh start
   */
  joined(answer, after) {
    const seq = answer.seq ?? 0;
    const resumes = after !== null && after <= seq && this.applied !== null;
    this.more = Boolean(answer.more);
    this.target = Math.max(seq, resumes ? this.target : 0);
    if (!resumes) {
      this.applied = seq;
    }
    this.each((listener) => listener.onSnapshot?.(answer.snapshot, seq));
    this.drain();
  }

  /** @param {TopicEvent} event */
  receive(event) {
    if (event.seq === undefined) {
      this.each((listener) => listener.onEvent?.(event));
      return;
    }
    if (this.applied === null || event.seq <= this.applied) {
      return;
    }
    this.early.set(event.seq, event);
    this.target = Math.max(this.target, event.seq);
    this.drain();
  }

  /** @param {number} seq the number the server says is the newest */
  hear(seq) {
    this.target = Math.max(this.target, seq);
    this.watch();
  }

  drain() {
    for (let next = this.next(); next; next = this.next()) {
      this.early.delete(this.applied ?? 0);
      const event = next;
      this.each((listener) => listener.onEvent?.(event));
    }
    for (const seq of this.early.keys()) {
      if (seq <= (this.applied ?? 0)) {
        this.early.delete(seq);
      }
    }
    this.watch();
  }

  /** The event that follows the newest applied one, already counted as applied. */
  next() {
    const event = this.early.get((this.applied ?? 0) + 1);
    this.applied = event?.seq ?? this.applied;
    return event;
  }

  /** Asks again when something is still missing after a moment. */
  watch() {
    if (this.applied === null || this.applied >= this.target) {
      this.rest();
    } else if (this.early.size > MOST_EARLY) {
      this.askNow();
    } else if (!this.timer || this.more) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.askNow(), this.more ? NEXT_PAGE : PATIENCE);
    }
  }

  askNow() {
    this.rest();
    this.more = false;
    this.early.clear();
    this.ask(this);
  }

  rest() {
    clearTimeout(this.timer);
    this.timer = 0;
  }

  /** @param {(listener: Listener) => void} tell */
  each(tell) {
    for (const listener of [...this.listeners]) {
      try {
        tell(listener);
      } catch (error) {
        // One element's mistake must not keep an event from the others, nor from being counted.
        reportError(error);
      }
    }
  }
}
