// Measures the quality of the call's connections, shows it as a word and reports it to the server.

import { find, setText } from "../lib/dom.js";
import { every } from "../lib/timers.js";
import { Quality, qualityLabel } from "../webrtc/quality.js";
import { disconnected } from "./state.js";

/**
 * @import { Call } from "./call.js"
 * @import { ConnectionQuality } from "../webrtc/quality.js"
 */

const MEASURE_EVERY = 5000;

export class CallQuality {
  /** @param {Call} call */
  constructor(call) {
    this.call = call;
    this.root = find(call.element, ".call__line");
    this.quality = new Quality({
      rttMs: Number(call.element.getAttribute("data-weak-rtt-ms")),
      lossPercent: Number(call.element.getAttribute("data-weak-loss-percent")),
    });
    every(MEASURE_EVERY, () => void this.measure(), call.signal);
  }

  /** The connection to somebody in the room is lost; then the quality of the others does not count. */
  get isLost() {
    return disconnected(this.call.room, this.call.peers).length > 0;
  }

  /** A lost connection is shown at once, not with the next measurement. */
  show() {
    this.isLost && this.showQuality("lost");
  }

  async measure() {
    const { peers, room } = this.call;
    if (!room.isInside) {
      return;
    }
    const digest = await this.quality.digest([...peers.pairs.values()]);
    this.showQuality(this.isLost ? "lost" : this.quality.rate(digest));
    if (digest) {
      room.send({ type: "quality.report", quality: digest }).catch(() => {});
    }
  }

  /** @param {ConnectionQuality} quality */
  showQuality(quality) {
    this.root.setAttribute("data-line", quality);
    setText(this.root, this.isLost || this.call.peers.pairs.size ? qualityLabel(quality) : "");
  }
}
