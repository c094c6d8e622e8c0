// Notices that media has stopped arriving seconds before the browser's connection state shows it.

/** @import { Pair } from "./pair.js" */

const UNCHANGED_CHECKS = 2;

export class MediaFlow {
  /**
   * Bytes received at the last check, and for how many checks they have been the same.
   * @type {WeakMap<Pair, { bytes: number, unchanged: number }>}
   */
  last = new WeakMap();

  /**
   * Called once a second for each pair.
   * @param {Pair} pair
   * @param {boolean} isExpected whether the other side sends anything
   */
  async check(pair, isExpected) {
    if (pair.state !== "connected") {
      return;
    }
    const bytes = await bytesReceived(pair.pc);
    const last = this.last.get(pair);
    const unchanged = last && bytes > 0 && bytes === last.bytes ? last.unchanged + 1 : 0;
    this.last.set(pair, { bytes, unchanged });
    pair.setStalled(isExpected && unchanged >= UNCHANGED_CHECKS);
  }
}

/** @param {RTCPeerConnection} pc */
async function bytesReceived(pc) {
  let bytes = 0;
  (await pc.getStats()).forEach((report) => {
    bytes += report.type === "inbound-rtp" ? (report.bytesReceived ?? 0) : 0;
  });
  return bytes;
}
