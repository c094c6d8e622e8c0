// Brings what was written to the server: one message after the other, so that the order stays, and again until it is stored.

/**
 * @typedef {import("./outbox.js").Unsent} Unsent
 * @typedef {import("./log.js").ChatLog} ChatLog
 * @typedef {import("./log.js").Person} Person
 * @typedef {import("../lib/socket.js").Refusal} Refusal
 * @typedef {import("../lib/topic.js").Answer} Answer
 */

const OF_THE_LINE = new Set(["no_connection", "no_answer"]);
const PASSES = new Set(["no_answer", "unavailable", "too_fast"]);
const AGAIN = 2000; // and as much by chance: many pages are refused in the same moment

export class Delivery {
  isRunning = false;
  timer = 0;
  /** @type {ChatLog | null} */
  log = null;
  /** @type {Person | undefined} */
  author;

  /**
   * @param {import("./outbox.js").Outbox} outbox
   * @param {(letter: Unsent) => Promise<Answer>} send rejects with a Refusal
   */
  constructor(outbox, send) {
    this.outbox = outbox;
    this.send = send;
  }

  /** @param {ChatLog} log where the letters are shown @param {Person | undefined} author */
  begin(log, author) {
    this.log = log;
    this.author = author;
    this.retry();
  }

  /** @param {string} body */
  post(body) {
    // Kept first: before the conversation has been read there is no log to show it in.
    const letter = this.outbox.add(body);
    this.log?.unsent(letter, "sending");
    this.run();
  }

  retry() {
    this.outbox.letters.forEach((letter) => this.log?.unsent(letter, "sending"));
    this.run();
  }

  async run() {
    if (this.isRunning || !this.log) {
      return;
    }
    this.isRunning = true;
    clearTimeout(this.timer);
    const failed = new Set();
    const next = () => this.outbox.letters.find((letter) => !failed.has(letter.client_id));
    for (let letter = next(); letter; letter = next()) {
      const refusal = await this.deliver(letter);
      if (refusal) {
        failed.add(letter.client_id);
        this.log.unsent(letter, "failed", OF_THE_LINE.has(refusal.code) ? "" : refusal.detail);
      }
      if (refusal && PASSES.has(refusal.code)) {
        // What comes after it waits too, or it would overtake.
        this.timer = setTimeout(() => this.retry(), AGAIN + Math.random() * AGAIN);
        break;
      }
    }
    this.isRunning = false;
  }

  /** @param {Unsent} letter @returns {Promise<Refusal | null>} null when it is stored */
  async deliver(letter) {
    try {
      const answer = await this.send(letter);
      this.outbox.remove(letter.client_id);
      // Acknowledged: the line takes its number at once; the echo, with the server's time, replaces it.
      if (this.author && answer.seq && !this.log?.has(letter.client_id)) {
        this.log?.place({ ...letter, seq: answer.seq, author: this.author });
      }
      return null;
    } catch (refusal) {
      return /** @type {Refusal} */ (refusal);
    }
  }
}
