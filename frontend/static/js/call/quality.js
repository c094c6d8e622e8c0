// How good the line of a call is: measured, said in words, and told to the room.

import { missed } from "./state.js";
import { Quality, inWords, lineOf } from "../webrtc/quality.js";
import { find } from "./parts.js";

/** @typedef {import("../elements/call.js").CallElement} CallElement */

const MEASURE_EVERY = 5000;

export class CallLine {
  quality = new Quality();

  /** @param {CallElement} call */
  constructor(call) {
    this.call = call;
    this.place = find(call, ".call__line");
    setInterval(() => this.measure(), MEASURE_EVERY);
  }

  /** The line to one of those who are in the room is gone: the others' lines do not make up for it. */
  get isLost() {
    return missed(this.call.room, this.call.peers).length > 0;
  }

  /** A line that is gone is said at once. */
  show() {
    this.isLost && this.tell("lost");
  }

  async measure() {
    const { peers, room } = this.call;
    if (!room.isInside) {
      return;
    }
    const digest = await this.quality.digest([...peers.pairs.values()]);
    this.tell(this.isLost ? "lost" : lineOf(digest));
    if (digest) {
      room.send("quality.report", { quality: digest }).catch(() => {});
    }
  }

  /** @param {import("../webrtc/quality.js").Line} line */
  tell(line) {
    const words = this.isLost || this.call.peers.pairs.size ? inWords(line) : "";
    this.place.setAttribute("data-line", line);
    if (this.place.textContent !== words) {
      this.place.textContent = words;
    }
  }
}
