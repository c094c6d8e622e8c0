// Sends the messages of an outbox one after the other, which keeps their order, and again until they are stored.

/**
 * @import { Person } from "../../../types/socket.d.ts"
 * @import { Refusal, Reply } from "../../../types/topics.d.ts"
 * @import { ChatLog } from "./log.js"
 * @import { Outbox, Unsent } from "./outbox.js"
 */

const NETWORK_FAILURES = new Set(["no_connection", "no_answer"]);
/** Refusals after which the same message is sent again. A lost connection is not among them: its return starts a retry. */
const TEMPORARY = new Set(["no_answer", "unavailable", "too_fast"]);
const RETRY_AFTER = 2000; // plus as much jitter: many pages are refused at the same moment

export class Delivery {
  isRunning = false;
  timer = 0;
  /** @type {ChatLog | null} */
  log = null;
  /** @type {Person | undefined} */
  author;

  /**
   * @param {Outbox} outbox
   * @param {(message: Unsent) => Promise<Reply>} send rejects with a Refusal
   */
  constructor(outbox, send) {
    this.outbox = outbox;
    this.send = send;
  }

  /** The conversation has been loaded. @param {ChatLog} log @param {Person | undefined} author */
  start(log, author) {
    this.log = log;
    this.author = author;
    this.retry();
  }

  /** Until the conversation is loaded again messages wait in the outbox. */
  stop() {
    clearTimeout(this.timer);
    this.log = null;
  }

  /** @param {string} body */
  post(body) {
    // Stored first: before the conversation has been loaded there is no log to show it in.
    const message = this.outbox.add(body);
    this.log?.showUnsent(message, "sending");
    this.run();
  }

  retry() {
    this.outbox.messages.forEach((message) => this.log?.showUnsent(message, "sending"));
    this.run();
  }

  /** Unless it is running already. */
  async run() {
    if (this.isRunning || !this.log) {
      return;
    }
    this.isRunning = true;
    clearTimeout(this.timer);
    const failed = new Set();
    const next = () => this.outbox.messages.find((message) => !failed.has(message.client_id));
    for (let message = next(); message && this.log; message = next()) {
      const refusal = await this.sendOne(message);
      if (refusal) {
        failed.add(message.client_id);
        this.log?.showUnsent(message, "failed", NETWORK_FAILURES.has(refusal.code) ? "" : refusal.detail);
      }
      if (this.log && refusal && TEMPORARY.has(refusal.code)) {
        // Later messages wait too, which keeps their order.
        this.timer = setTimeout(() => this.retry(), RETRY_AFTER + Math.random() * RETRY_AFTER);
        break;
      }
    }
    this.isRunning = false;
  }

  /** @param {Unsent} message @returns {Promise<Refusal | null>} null when it is stored */
  async sendOne(message) {
    try {
      const reply = await this.send(message);
      this.outbox.remove(message.client_id);
      // Shown as stored at once; the event of the topic, which has the server's time, replaces it.
      if (this.author && reply.seq && !this.log?.has(message.client_id)) {
        this.log?.insert({ ...message, seq: reply.seq, author: this.author, on_behalf_of: null });
      }
      return null;
    } catch (refusal) {
      return /** @type {Refusal} */ (refusal);
    }
  }
}
