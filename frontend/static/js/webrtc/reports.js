// Tells the room what becomes of each line: it counts when both companies were connected.

/**
 * @typedef {import("./pair.js").Pair} Pair
 * @typedef {import("./peers.js").Send} Send
 */

const SETTLED = 1000; // what lasts less is not told
const TOLD = new Set(["connected", "disconnected", "failed"]);

export class Reports {
  /** What the room was told last. @type {WeakMap<Pair, string>} */
  told = new WeakMap();
  /** @type {WeakMap<Pair, number>} */
  timers = new WeakMap();

  /** @param {Send} send */
  constructor(send) {
    this.send = send;
  }

  /** Told once it has been so for a second. @param {Pair} pair */
  hear(pair) {
    clearTimeout(this.timers.get(pair));
    const state = pair.state;
    if (TOLD.has(state) && state !== this.told.get(pair)) {
      this.timers.set(pair, setTimeout(() => pair.state === state && this.tell(pair), SETTLED));
    }
  }

  /** @param {Pair} pair */
  tell(pair) {
    this.told.set(pair, pair.state);
    this.send("media.report", { peer: pair.peer, state: pair.state }).catch(() => {});
  }
}
