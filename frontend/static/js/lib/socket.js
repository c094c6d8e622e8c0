// The page's one socket: many topics, one connection that comes back by itself.

import { t } from "./language.js";
import { Moment } from "./elapsed.js";
import { Topic } from "./topic.js";

/**
 * @typedef {import("./topic.js").Listener} Listener
 * @typedef {import("./topic.js").Refusal} Refusal
 * @typedef {import("./topic.js").Status} Status
 * @typedef {import("./topic.js").Answer} Answer
 * @typedef {{ name: string, send: (type: string, fields?: object) => Promise<Answer>, leave: () => void }} Joined
 * @typedef {{ resolve: (answer: Answer) => void, reject: (refusal: Refusal) => void, timer: number }} Waiting
 */

const SIGN_IN = 4401;
const TOO_FAST = 4429;
const TOO_MANY = 4430;
const TOO_MANY_PAUSE = 20_000; // until somebody has closed a page
const SHORTEST = 500;
const LONGEST = 30_000;
const LONGEST_AT_FIRST = 4000; // a line that fails for a moment is back soon, and nothing tells us when
const AT_FIRST = 120_000;
const SILENCE = 28_000; // the server speaks at least every 25 s
const OPENING = 10_000;
const ANSWER_WITHIN = 15_000;
const TRY_AGAIN = new Set(["failed", "unavailable", "too_fast", "no_answer", "no_connection"]);

class Socket extends EventTarget {
  /** @type {Status} */
  status = "waiting";
  /** Why it is waiting: "" or "offline" or "signed_out" or "too_many". */
  reason = "";
  /** @type {Map<string, Topic>} */
  topics = new Map();
  /** @type {Map<number, Waiting>} */
  waiting = new Map();
  /** @type {WebSocket | null} */
  line = null;
  ref = 0;
  tries = 0;
  heard = new Moment();
  lostAt = new Moment();
  retry = 0;
  away = 0; // milliseconds the server asked for before it went away
  isOld = false; // out of the browser's store, and the server has not spoken to it since

  constructor() {
    super();
    addEventListener("online", () => this.connect());
    addEventListener("offline", () => this.drop("offline"));
    addEventListener("pagehide", () => this.drop(""));
    addEventListener("pageshow", (event) => event.persisted && this.comeBack());
    document.addEventListener("visibilitychange", () => document.hidden || this.wake());
    setInterval(() => this.checkSilence(), 1000);
  }

  /**
   * Listens to a topic. Several elements of a page may join the same one.
   * @param {string} name
   * @param {Listener} listener
   * @returns {Joined}
   */
  join(name, listener) {
    const topic = this.topics.get(name) ?? new Topic(name, (asking) => this.ask(asking));
    this.topics.set(name, topic);
    topic.listeners.add(listener);
    // A second listener needs the whole state too, so the topic starts again from a snapshot.
    topic.applied = null;
    topic.isClosed = false;
    listener.onStatus?.(this.status);
    this.connect();
    this.ask(topic);
    return {
      name,
      send: (type, fields = {}) => this.send(name, type, fields),
      leave: () => this.leave(topic, listener),
    };
  }

  /**
   * @param {Topic} topic
   * @param {Listener} listener
   */
  leave(topic, listener) {
    topic.listeners.delete(listener);
    if (topic.listeners.size === 0 && this.topics.delete(topic.name)) {
      topic.rest();
      this.send(topic.name, "leave").catch(() => {});
    }
  }

  /**
   * Asks for something to be done; the answer comes after it was committed.
   * @param {string} topic
   * @param {string} type
   * @param {object} [fields]
   * @returns {Promise<Answer>} rejects with a Refusal
   */
  send(topic, type, fields = {}) {
    const line = this.line;
    if (line?.readyState !== WebSocket.OPEN) {
      return Promise.reject({ code: "no_connection", detail: t("No connection; what you type is kept.") });
    }
    const ref = ++this.ref;
    line.send(JSON.stringify({ ref, topic, type, ...fields }));
    return new Promise((resolve, reject) => {
      const late = { code: "no_answer", detail: t("The server does not answer. Please try again.") };
      const timer = setTimeout(() => {
        this.settle(ref)?.reject(late);
        this.checkSilence(ANSWER_WITHIN);
      }, ANSWER_WITHIN);
      this.waiting.set(ref, { resolve, reject, timer });
    });
  }

  /** @param {Topic} topic */
  ask(topic) {
    if (this.status !== "open" || topic.isClosed) {
      return;
    }
    const after = topic.isLogged ? topic.applied : null;
    this.send(topic.name, "join", after === null ? {} : { after }).then(
      (answer) => topic.joined(answer, after),
      (refusal) => this.refused(topic, refusal),
    );
  }

  /**
   * @param {Topic} topic
   * @param {Refusal} refusal
   */
  refused(topic, refusal) {
    if (TRY_AGAIN.has(refusal.code)) {
      setTimeout(() => this.topics.get(topic.name) === topic && this.ask(topic), 2000 + Math.random() * 3000);
      return;
    }
    topic.isClosed = true;
    topic.rest();
    topic.each((listener) => listener.onRefused?.(refusal));
  }

  connect() {
    // A refused or broken line answers with `onclose`, which waits before the next try.
    if (this.line || this.topics.size === 0 || this.reason === "signed_out") {
      return;
    }
    clearTimeout(this.retry);
    // Why there is no line stays true until one comes, or fails for another reason.
    this.say("connecting", this.reason === "offline" ? noNetwork() : this.reason);
    const path = document.querySelector('meta[name="socket-url"]')?.getAttribute("content") ?? "/ws/";
    const address = new URL(path, location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const line = new WebSocket(address);
    this.line = line;
    this.heard = new Moment();
    line.onopen = () => this.opened();
    line.onmessage = (message) => this.receive(JSON.parse(message.data));
    line.onclose = (event) => this.line === line && this.lost(event.code);
  }

  opened() {
    this.say("open", "");
    for (const topic of this.topics.values()) {
      this.ask(topic);
    }
  }

  /** @param {any} frame */
  receive(frame) {
    this.heard = new Moment();
    this.tries = 0;
    this.isOld = false;
    const topic = this.topics.get(frame.topic);
    if (frame.type === "heartbeat") {
      this.line?.send(JSON.stringify({ type: "heartbeat" }));
      for (const [name, seq] of Object.entries(frame.seqs)) {
        this.topics.get(name)?.hear(/** @type {number} */ (seq));
      }
    } else if (frame.type === "ok") {
      this.settle(frame.ref)?.resolve(frame);
    } else if (frame.type === "refused") {
      this.settle(frame.ref)?.reject(frame);
    } else if (frame.type === "going_away") {
      this.away = frame.retry_after * 1000;
    } else if (frame.type === "left") {
      topic && this.refused(topic, { code: frame.code, detail: t("You no longer have access.") });
    } else {
      topic?.receive(frame);
    }
  }

  /** @param {number} ref */
  settle(ref) {
    const waiting = this.waiting.get(ref);
    clearTimeout(waiting?.timer);
    this.waiting.delete(ref);
    return waiting;
  }

  /** @param {number} code */
  lost(code) {
    this.forget();
    if (code === SIGN_IN) {
      // Nobody reads by the browser's Back what was theirs who has signed out meanwhile.
      this.isOld && location.reload();
      this.say("waiting", "signed_out");
      return;
    }
    this.say("waiting", code === TOO_MANY ? "too_many" : noNetwork());
    if (this.tries === 0) {
      this.lostAt = new Moment();
    }
    const longest = this.lostAt.age < AT_FIRST ? LONGEST_AT_FIRST : LONGEST;
    const ceiling = Math.min(longest, SHORTEST * 2 ** this.tries++);
    const least = code === TOO_MANY ? TOO_MANY_PAUSE : code === TOO_FAST ? 5000 : this.away || SHORTEST / 2;
    const pause = least + Math.random() * ceiling;
    this.away = 0;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.connect(), pause);
  }

  /** @param {string} reason */
  drop(reason) {
    clearTimeout(this.retry);
    const line = this.line;
    this.forget();
    line?.close();
    this.say("waiting", this.reason === "signed_out" ? this.reason : reason);
  }

  forget() {
    this.line = null;
    const lost = { code: "no_connection", detail: t("No connection; what you type is kept.") };
    for (const ref of [...this.waiting.keys()]) {
      this.settle(ref)?.reject(lost);
    }
    this.topics.forEach((topic) => topic.rest());
  }

  /** The browser shows the page again that somebody had left. */
  comeBack() {
    this.isOld = true;
    this.connect();
  }

  /** Somebody looks at the page again: no more waiting. */
  wake() {
    this.checkSilence();
    this.connect();
  }

  /** A line that has said nothing for too long is dead, whatever the browser believes. @param {number} [allowed] */
  checkSilence(allowed = this.line?.readyState === WebSocket.OPEN ? SILENCE : OPENING) {
    if (this.line && this.heard.age >= allowed) {
      this.drop(noNetwork());
      this.connect();
    }
  }

  /**
   * @param {Status} status
   * @param {string} reason
   */
  say(status, reason) {
    const isNew = status !== this.status || reason !== this.reason;
    this.status = status;
    this.reason = reason;
    if (isNew) {
      this.dispatchEvent(new Event("status"));
      this.topics.forEach((topic) => topic.each((listener) => listener.onStatus?.(status)));
    }
  }
}

/** The reason, as far as the browser knows of one. */
function noNetwork() {
  return navigator.onLine ? "" : "offline";
}

export const socket = new Socket();
export { TRY_AGAIN };
