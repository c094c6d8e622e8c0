// Offers, answers and candidates for the other ends. In the lobby they are prepared and held back until this page enters.

/**
 * @import { OutgoingSignal, Refusal, Send } from "../../../types/topics.d.ts"
 * @import { Pair } from "./pair.js"
 */

export class Signaling {
  /** The signals to send once this page has entered; null while it is in the room. @type {(() => void)[] | null} */
  held = [];

  /**
   * @param {Send<"meeting">} send
   * @param {(pair: Pair) => boolean} isCurrent whether the pair is still the one in use for its person
   * @param {(pair: Pair) => void} onPeerGone called when the other end is no longer in the room
   */
  constructor(send, isCurrent, onPeerGone) {
    this.send = send;
    this.isCurrent = isCurrent;
    this.onPeerGone = onPeerGone;
  }

  /**
   * @param {Pair} pair
   * @param {OutgoingSignal} signal
   */
  signal(pair, signal) {
    const send = () => this.isCurrent(pair) && void this.sendTo(pair, signal);
    this.held ? this.held.push(send) : send();
  }

  /**
   * @param {Pair} pair
   * @param {OutgoingSignal} signal
   */
  async sendTo(pair, signal) {
    const to = pair.peer;
    try {
      await this.send({ ...signal, to, pair: pair.id });
    } catch (refusal) {
      const { code } = /** @type {Refusal} */ (refusal);
      if (code === "peer_gone" && to === pair.peer && !pair.isLive && this.isCurrent(pair)) {
        this.onPeerGone(pair);
      }
    }
  }

  /** Sends what was held back: right after the command to enter, without waiting for its reply. */
  release() {
    const ready = this.held ?? [];
    this.held = null;
    ready.forEach((send) => send());
  }

  /** From now on signals are held back until `release`. */
  pause() {
    this.held = [];
  }
}
