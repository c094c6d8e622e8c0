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

  async measure() {
    const { peers, room } = this.call;
    if (!room.isInside) {
      return;
    }
    const digest = await this.quality.digest([...peers.pairs.values()]);
    const isAlone = peers.pairs.size === 0;
    const line = lineOf(digest);
    this.place.setAttribute("data-line", line);
    this.place.textContent = isAlone ? "" : inWords(line);
    if (digest) {
      room.send("quality.report", { quality: digest }).catch(() => {});
    }
  }
}
