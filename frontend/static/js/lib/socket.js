// The page's WebSocket: one connection for many topics, opened again whenever it is lost.

import { Backoff, SIGN_IN, TOO_MANY } from "./backoff.js";
import { t } from "./language.js";
import { Replies } from "./replies.js";
import { Stopwatch } from "./stopwatch.js";
import { Topic } from "./topic.js";

/**
 * @import { ServerFrame } from "../../../types/socket.d.ts"
 * @import { Listener, Prefix, Refusal, Reply, Status, Subscription, TopicEvent, TopicName } from "../../../types/topics.d.ts"
 */

const SILENCE = 28_000; // the server sends a heartbeat at least every 25 s
const OPENING = 10_000; // until a new connection is open
const REPLY_WITHIN = 15_000;
/** Codes of refusals that are worth another attempt; all others are final. */
export const TRY_AGAIN = new Set(["failed", "unavailable", "too_fast", "no_answer", "no_connection"]);

class Socket extends EventTarget {
  /** @type {Status} */
  status = "waiting";
  /** Why there is no connection, as far as it is known. @type {"" | "offline" | "signed_out" | "too_many"} */
  reason = "";
  /** @type {Map<string, Topic>} */
  topics = new Map();
  replies = new Replies();
  backoff = new Backoff();
  /** @type {WebSocket | null} */
  ws = null;
  sinceFrame = new Stopwatch();
  retryTimer = 0;
  /** The page comes from the browser's back/forward cache, and no frame of the server has arrived since. */
  isRestored = false;

  constructor() {
    super();
    addEventListener("online", () => this.connect());
    addEventListener("offline", () => this.disconnect("offline"));
    addEventListener("pagehide", () => this.disconnect(""));
    addEventListener("pageshow", (event) => event.persisted && this.restore());
    document.addEventListener("visibilitychange", () => document.hidden || this.onVisible());
    setInterval(() => this.checkSilence(), 1000);
  }

  /**
   * Joins a topic. Several elements of a page may join the same one.
   * @template {Prefix} P
   * @param {TopicName<P>} name
   * @param {Listener<P>} listener
   * @returns {Subscription<P>}
   */
  join(name, listener) {
    const topic = this.topics.get(name) ?? new Topic(name, (joined) => this.sendJoin(joined));
    this.topics.set(name, topic);
    topic.add(listener);
    listener.onStatus?.(this.status);
    this.connect();
    this.sendJoin(topic);
    return {
      name,
      send: (command) => /** @type {Promise<Reply<typeof command.type>>} */ (this.send(name, command)),
      leave: () => this.leave(topic, listener),
    };
  }

  /** @param {Topic} topic @param {Listener} listener */
  leave(topic, listener) {
    topic.listeners.delete(listener);
    if (topic.listeners.size === 0 && this.topics.delete(topic.name)) {
      topic.stopTimer();
      this.send(topic.name, { type: "leave" }).catch(() => {});
    }
  }

  /**
   * Sends a command; the reply comes after the server has committed it.
   * @param {string} topic
   * @param {{ type: string }} command
   * @returns {Promise<Reply>} rejects with a Refusal
   */
  send(topic, command) {
    if (this.ws?.readyState !== WebSocket.OPEN) {
      return Promise.reject(noConnection());
    }
    const reply = this.replies.expect(REPLY_WITHIN, (ref) => this.onNoReply(ref));
    this.ws.send(JSON.stringify({ ref: this.replies.ref, topic, ...command }));
    return reply;
  }

  /** The whole connection may be dead. @param {number} ref */
  onNoReply(ref) {
    this.replies.reject(ref, { code: "no_answer", detail: t("The server did not respond. Try again.") });
    this.checkSilence(REPLY_WITHIN);
  }

  /** Joins a topic at the server. @param {Topic} topic */
  sendJoin(topic) {
    if (this.status !== "open" || topic.isClosed) {
      return;
    }
    const after = topic.isLogged ? topic.applied : null;
    this.send(topic.name, { type: "join", ...(after === null ? {} : { after }) }).then(
      (reply) => topic.onJoined(reply, after),
      (refusal) => this.onRefused(topic, refusal),
    );
  }

  /**
   * @param {Topic} topic
   * @param {Refusal} refusal
   */
  onRefused(topic, refusal) {
    if (TRY_AGAIN.has(refusal.code)) {
      setTimeout(() => this.topics.get(topic.name) === topic && this.sendJoin(topic), 2000 + Math.random() * 3000);
    } else {
      topic.close(refusal);
    }
  }

  connect() {
    // After a failure `onclose` decides when the next attempt is due.
    if (this.ws || this.topics.size === 0 || this.reason === "signed_out") {
      return;
    }
    clearTimeout(this.retryTimer);
    // The reason stays until a connection opens, or fails for another reason.
    this.setStatus("connecting", this.reason === "offline" ? offlineOrUnknown() : this.reason);
    const path = document.querySelector('meta[name="socket-url"]')?.getAttribute("content") ?? "/ws/";
    const url = new URL(path, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    const ws = new WebSocket(url);
    this.ws = ws;
    this.sinceFrame = new Stopwatch();
    ws.onopen = () => this.onOpen();
    ws.onmessage = (message) => this.onFrame(JSON.parse(message.data));
    ws.onclose = (event) => this.ws === ws && this.onClose(event.code);
  }

  onOpen() {
    this.setStatus("open", "");
    this.topics.forEach((topic) => this.sendJoin(topic));
  }

  /** @param {ServerFrame | TopicEvent} frame */
  onFrame(frame) {
    this.sinceFrame = new Stopwatch();
    this.backoff.reset();
    this.isRestored = false;
    switch (frame.type) {
      case "heartbeat":
        this.ws?.send(JSON.stringify({ type: "heartbeat" }));
        Object.entries(frame.seqs).forEach(([name, seq]) => this.topics.get(name)?.onHeartbeat(seq));
        break;
      case "ok":
        this.replies.resolve(frame.ref, frame);
        break;
      case "refused":
        this.replies.reject(frame.ref, frame);
        break;
      case "going_away":
        this.backoff.requested = frame.retry_after * 1000;
        break;
      case "left": {
        const topic = this.topics.get(frame.topic);
        topic && this.onRefused(topic, { code: frame.code, detail: t("You no longer have access.") });
        break;
      }
      default:
        this.topics.get(frame.topic)?.receive(frame);
    }
  }

  /** @param {number} code */
  onClose(code) {
    this.detach();
    if (code === SIGN_IN) {
      // Signed out since: the cached page would show the data of the person who was signed in.
      this.isRestored && location.reload();
      this.setStatus("waiting", "signed_out");
      return;
    }
    this.setStatus("waiting", code === TOO_MANY ? "too_many" : offlineOrUnknown());
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => this.connect(), this.backoff.next(code));
  }

  /** Ends the connection from this side. @param {"" | "offline"} reason */
  disconnect(reason) {
    clearTimeout(this.retryTimer);
    const { ws } = this;
    this.detach();
    ws?.close();
    this.setStatus("waiting", this.reason === "signed_out" ? this.reason : reason);
  }

  detach() {
    this.ws = null;
    this.replies.rejectAll(noConnection());
    this.topics.forEach((topic) => topic.stopTimer());
  }

  /** The browser shows the page again from its back/forward cache. */
  restore() {
    this.isRestored = true;
    this.connect();
  }

  /** The page is visible again: a lost connection is opened again at once. */
  onVisible() {
    this.checkSilence();
    this.connect();
  }

  /** A connection without a frame for too long is dead, whatever the browser reports. @param {number} [allowed] milliseconds */
  checkSilence(allowed = this.ws?.readyState === WebSocket.OPEN ? SILENCE : OPENING) {
    if (this.ws && this.sinceFrame.elapsed >= allowed) {
      this.disconnect(offlineOrUnknown());
      this.connect();
    }
  }

  /**
   * @param {Status} status
   * @param {Socket["reason"]} reason
   */
  setStatus(status, reason) {
    const isNew = status !== this.status || reason !== this.reason;
    Object.assign(this, { status, reason });
    if (isNew) {
      this.dispatchEvent(new Event("status"));
      this.topics.forEach((topic) => topic.notify((listener) => listener.onStatus?.(status)));
    }
  }
}

/** Why there is no connection, as far as the browser knows. */
function offlineOrUnknown() {
  return navigator.onLine ? "" : "offline";
}

/** @returns {Refusal} */
function noConnection() {
  return { code: "no_connection", detail: t("Connection lost. Your draft is kept.") };
}

export const socket = new Socket();
