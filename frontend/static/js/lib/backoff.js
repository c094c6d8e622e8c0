// How long the socket waits before it connects again: exponential, with jitter (RFC 6455, 7.2.3).

import { Stopwatch } from "./stopwatch.js";

/** Close codes of the server, see docs/socket.md. */
export const SIGN_IN = 4401;
const TOO_FAST = 4429;
export const TOO_MANY = 4430;

const SHORTEST = 500;
const LONGEST = 30_000;
// During the first two minutes: most outages are short, and the page gets no event when one ends.
const LONGEST_AT_FIRST = 4000;
const AT_FIRST = 120_000;
const TOO_FAST_PAUSE = 5000;
const TOO_MANY_PAUSE = 20_000; // until somebody has closed a page

export class Backoff {
  failures = 0;
  sinceFirst = new Stopwatch();
  /** Milliseconds to wait, as the server has asked before it closed the connection. */
  requested = 0;

  /** Called for each frame of the server: the next outage starts from the shortest pause. */
  reset() {
    this.failures = 0;
  }

  /** Counts a failure. @param {number} code the close code @returns {number} milliseconds until the next attempt */
  next(code) {
    if (this.failures === 0) {
      this.sinceFirst = new Stopwatch();
    }
    const longest = this.sinceFirst.elapsed < AT_FIRST ? LONGEST_AT_FIRST : LONGEST;
    const jitter = Math.random() * Math.min(longest, SHORTEST * 2 ** this.failures++);
    const least = { [TOO_MANY]: TOO_MANY_PAUSE, [TOO_FAST]: TOO_FAST_PAUSE }[code] ?? (this.requested || SHORTEST / 2);
    this.requested = 0;
    return least + jitter;
  }
}
