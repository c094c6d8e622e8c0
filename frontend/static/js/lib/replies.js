// Commands that wait for the server's answer, by their number.

/** @import { Answer, Refusal } from "../../../types/topics.d.ts" */

export class Replies {
  ref = 0;
  /** @type {Map<number, { resolve: (answer: Answer) => void, reject: (refusal: Refusal) => void, timer: number }>} */
  pending = new Map();

  /**
   * A promise for the answer to the command with the next number, which is `ref` from now on.
   * @param {number} timeout milliseconds
   * @param {(ref: number) => void} onTimeout
   * @returns {Promise<Answer>} rejects with a Refusal
   */
  expect(timeout, onTimeout) {
    const ref = ++this.ref;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => onTimeout(ref), timeout);
      this.pending.set(ref, { resolve, reject, timer });
    });
  }

  /** @param {number} ref @param {Answer} answer */
  resolve(ref, answer) {
    this.take(ref)?.resolve(answer);
  }

  /** @param {number | null} ref null when the server refused a frame it could not read @param {Refusal} refusal */
  reject(ref, refusal) {
    this.take(ref)?.reject(refusal);
  }

  /** @param {Refusal} refusal */
  rejectAll(refusal) {
    for (const ref of [...this.pending.keys()]) {
      this.reject(ref, refusal);
    }
  }

  /** @param {number | null} ref */
  take(ref) {
    const pending = this.pending.get(ref ?? 0);
    clearTimeout(pending?.timer);
    this.pending.delete(ref ?? 0);
    return pending;
  }
}
