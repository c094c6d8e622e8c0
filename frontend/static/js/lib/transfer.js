// Sends one file in parts, from where an earlier attempt was cut off: it goes on after every lost connection by itself.

import { Backoff } from "./backoff.js";

const SMALLEST = 64 * 1024;
const FIRST = 256 * 1024;
// Parts grow while they arrive within it, so that a slow line shows progress and a fast one is used.
const QUICK = 1500; // milliseconds
const LONGEST = 90_000; // for one answer
const TRY_AGAIN = new Set([429, 502, 503, 504]);
const WAITING = new Set(["pictures_waiting", "unavailable"]);

/** The server, or this file, says no: `sentence` is the server's own, in the reader's language, or empty. */
export class Refusal extends Error {
  /** @param {string} code @param {string} [sentence] */
  constructor(code, sentence = "") {
    super(code);
    this.code = code;
    this.sentence = sentence;
  }
}

/** @typedef {{parts: string, finish: string, cancel: string, part: number, received: number}} Begun */

export class Transfer {
  /** Bytes that have arrived. */
  received = 0;
  /** Whether the connection is away, or the server asks to wait. */
  isWaiting = false;
  changed = () => {};
  cancelled = new AbortController();
  backoff = new Backoff();
  partSize = FIRST;
  /** @type {Begun | null} */
  begun = null;

  /**
   * @param {File} file
   * @param {string} address what is called to begin
   * @param {string} place
   * @param {string} token Django's, against forged requests
   */
  constructor(file, address, place, token) {
    this.file = file;
    this.address = address;
    this.place = place;
    this.token = token;
  }

  /** Resolves with what the server answers when the file is in its place. Rejects with a Refusal, or when it was cancelled. */
  async run() {
    const { name, size, lastModified } = this.file;
    const fields = { place: this.place, name, size: String(size), modified: String(lastModified) };
    const begun = await this.begin(form(fields));
    this.progress(begun.received);
    while (this.received < size) {
      await this.sendPart(begun);
    }
    return this.finish(begun);
  }

  /** @param {FormData} body */
  async begin(body) {
    // Not ended by a cancellation: the server may have begun it already, and has to be told then.
    const { signal } = new AbortController();
    const begun = (this.begun = /** @type {Begun} */ (await this.ask(this.address, { method: "POST", body, signal })));
    if (this.cancelled.signal.aborted) {
      this.remove();
    }
    this.cancelled.signal.throwIfAborted();
    return begun;
  }

  /** Stops, and has the server remove what has arrived. */
  cancel() {
    this.cancelled.abort();
    this.remove();
  }

  remove() {
    if (this.begun) {
      const headers = { "X-CSRFToken": this.token };
      fetch(this.begun.cancel, { method: "POST", headers, redirect: "manual" }).catch(() => {});
    }
  }

  /** @param {Begun} begun */
  async sendPart(begun) {
    const start = performance.now();
    const end = Math.min(this.received + Math.min(this.partSize, begun.part), this.file.size);
    const body = await this.read(this.received, end);
    const address = `${begun.parts}?offset=${this.received}`;
    const { received } = await this.ask(address, { method: "PUT", body });
    const isQuick = performance.now() - start < QUICK;
    this.partSize = Math.max(SMALLEST, isQuick ? Math.min(this.partSize * 2, begun.part) : this.partSize / 2);
    this.progress(received);
  }

  /** @param {Begun} begun */
  async finish(begun) {
    let failures = 0;
    const failed = () => failures++;
    try {
      return await this.ask(begun.finish, { method: "POST" }, failed);
    } catch (refusal) {
      // The answer to an earlier attempt was lost: it is in its place already.
      if (!(refusal instanceof Refusal && refusal.code === "not_found" && failures > 0)) {
        throw refusal;
      }
      return {};
    }
  }

  /** @param {number} from @param {number} until */
  async read(from, until) {
    try {
      return await this.file.slice(from, until).arrayBuffer();
    } catch {
      throw new Refusal("unreadable"); // a folder, or a file that was moved meanwhile
    }
  }

  /** @param {number} received */
  progress(received) {
    this.received = received;
    this.changed();
  }

  /**
   * What the server answers, asked again for as long as it cannot.
   * @param {string} address
   * @param {RequestInit} request
   * @param {() => void} [failed] called for each attempt that had no answer
   * @returns {Promise<any>}
   */
  async ask(address, request, failed = () => {}) {
    for (;;) {
      const answer = await this.attempt(address, request);
      if (answer) {
        this.backoff.reset();
        this.waits(false);
        return answer;
      }
      failed();
      this.waits(true);
      this.partSize = Math.max(SMALLEST, this.partSize / 2);
      await this.pause(this.backoff.next(0));
    }
  }

  /**
   * The answer, or null where it is worth another attempt.
   * @param {string} address
   * @param {RequestInit} request
   */
  async attempt(address, request) {
    // Older browsers have no AbortSignal.any, which would join the two reasons to give up.
    const given = new AbortController();
    const giveUp = () => given.abort();
    const over = setTimeout(giveUp, LONGEST);
    const cancelled = request.signal ?? this.cancelled.signal;
    cancelled.addEventListener("abort", giveUp);
    let response;
    let answer;
    try {
      cancelled.throwIfAborted();
      const { signal } = given;
      response = await fetch(address, { ...request, headers: { "X-CSRFToken": this.token }, signal, redirect: "manual" });
      answer = await response.json().catch(() => null);
    } catch {
      this.cancelled.signal.throwIfAborted();
      return null;
    } finally {
      clearTimeout(over);
      cancelled.removeEventListener("abort", giveUp);
    }
    if (response.ok && answer) {
      return answer;
    }
    if (TRY_AGAIN.has(response.status) || WAITING.has(answer?.code)) {
      return null;
    }
    if (answer?.code === "upload_gap" && typeof answer.received === "number") {
      return answer;
    }
    throw new Refusal(answer?.code ?? "refused", answer?.sentence);
  }

  /** @param {boolean} waits */
  waits(waits) {
    if (this.isWaiting !== waits) {
      this.isWaiting = waits;
      this.changed();
    }
  }

  /** Until the time is over, the connection is back, or it was cancelled. @param {number} milliseconds */
  async pause(milliseconds) {
    await new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      const now = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
      globalThis.addEventListener?.("online", now, { once: true });
      this.cancelled.signal.addEventListener("abort", now, { once: true });
    });
    this.cancelled.signal.throwIfAborted();
  }
}

/** @param {Record<string, string>} fields */
function form(fields) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    body.set(name, value);
  }
  return body;
}
