// Reports the state of each peer connection to the server: a meeting counts as held when both companies were connected.

/**
 * @import { Send } from "../../../types/topics.d.ts"
 * @import { MediaReport } from "../../../types/socket.d.ts"
 * @import { Pair } from "./pair.js"
 */

const STABLE_FOR = 1000; // milliseconds; a state that lasts for less is not reported

export class Reports {
  /** The state last reported. @type {WeakMap<Pair, string>} */
  reported = new WeakMap();
  /** @type {WeakMap<Pair, number>} */
  timers = new WeakMap();

  /** @param {Send<"meeting">} send */
  constructor(send) {
    this.send = send;
  }

  /** Reports the state of the pair once it has been stable. @param {Pair} pair */
  onChange(pair) {
    clearTimeout(this.timers.get(pair));
    const { state } = pair;
    if (isReported(state) && state !== this.reported.get(pair)) {
      this.timers.set(pair, setTimeout(() => pair.state === state && this.report(pair), STABLE_FOR));
    }
  }

  /** @param {Pair} pair */
  report(pair) {
    const { state } = pair;
    if (isReported(state)) {
      this.reported.set(pair, state);
      this.send({ type: "media.report", peer: pair.peer, state }).catch(() => {});
    }
  }
}

/** @param {RTCPeerConnectionState} state @returns {state is MediaReport["state"]} */
function isReported(state) {
  return state === "connected" || state === "disconnected" || state === "failed";
}
