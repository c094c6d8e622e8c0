// Whether anything still comes over a line: a picture that stands still does not say so, and the browser does late.

const STILL_LOOKS = 2;

/** @typedef {import("./pair.js").Pair} Pair */

export class Flow {
  /** What had come at the last look, and how many looks it has stayed so. @type {WeakMap<Pair, { bytes: number, still: number }>} */
  seen = new WeakMap();

  /**
   * Looked at once a second.
   * @param {Pair} pair
   * @param {boolean} isExpected the other side gives something
   */
  async look(pair, isExpected) {
    if (pair.state !== "connected") {
      return;
    }
    const bytes = await received(pair.line);
    const before = this.seen.get(pair);
    const still = before && bytes > 0 && bytes === before.bytes ? before.still + 1 : 0;
    this.seen.set(pair, { bytes, still });
    pair.flow(isExpected && still >= STILL_LOOKS);
  }
}

/** @param {RTCPeerConnection} line */
async function received(line) {
  let bytes = 0;
  (await line.getStats()).forEach((report) => {
    bytes += report.type === "inbound-rtp" ? (report.bytesReceived ?? 0) : 0;
  });
  return bytes;
}
