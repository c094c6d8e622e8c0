// Commands that wait for the server's reply, by their number.

/** @import { Refusal, Reply } from "../../../types/topics.d.ts" */

export class Replies {
  ref = 0;
  /** @type {Map<number, { resolve: (reply: Reply) => void, reject: (refusal: Refusal) => void, timer: number }>} */
  pending = new Map();

  /**
   * A promise for the reply to the command with the next number, which is `ref` from now on.
   * @param {number} timeout milliseconds
   * @param {(ref: number) => void} onTimeout
   * @returns {Promise<Reply>} rejects with a Refusal
   */
  expect(timeout, onTimeout) {
    const ref = ++this.ref;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => onTimeout(ref), timeout);
      this.pending.set(ref, { resolve, reject, timer });
    });
  }

  /** @param {number} ref @param {Reply} reply */
  resolve(ref, reply) {
    this.remove(ref)?.resolve(reply);
  }

  /** @param {number | null} ref null when the server refused a frame it could not read @param {Refusal} refusal */
  reject(ref, refusal) {
    this.remove(ref)?.reject(refusal);
  }

  /** @param {Refusal} refusal */
  rejectAll(refusal) {
    for (const ref of [...this.pending.keys()]) {
      this.reject(ref, refusal);
    }
  }

  /** @param {number | null} ref */
  remove(ref) {
    const pending = this.pending.get(ref ?? 0);
    clearTimeout(pending?.timer);
    this.pending.delete(ref ?? 0);
    return pending;
  }
}
