// How good the line of a call is: measured, said in words, and told to the room.

import { Quality, inWords, lineOf } from "../lib/quality.js";
import { find } from "./call-parts.js";

/** @typedef {import("./call.js").CallElement} CallElement */

const MEASURE_EVERY = 5000;

export class CallLine {
  quality = new Quality();

  /** @param {CallElement} call */
  constructor(call) {
    this.call = call;
    this.place = find(call, ".call__line");
    setInterval(() => this.measure(), MEASURE_EVERY);
  }

  /** A line that is gone is said at once. */
  show() {
    const pairs = [...this.call.peers.pairs.values()];
    if (pairs.some((pair) => pair.wasConnected) && !pairs.some((pair) => pair.isFlowing)) {
      this.tell("lost");
    }
  }

  async measure() {
    const { peers, room } = this.call;
    if (!room.isInside) {
      return;
    }
    const digest = await this.quality.digest([...peers.pairs.values()]);
    this.tell(lineOf(digest));
    if (digest) {
      room.send("quality.report", { quality: digest }).catch(() => {});
    }
  }

  /** @param {import("../lib/quality.js").Line} line */
  tell(line) {
    const words = this.call.peers.pairs.size ? inWords(line) : "";
    this.place.setAttribute("data-line", line);
    if (this.place.textContent !== words) {
      this.place.textContent = words;
    }
  }
}
