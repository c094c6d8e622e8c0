// What this page's lines say to their other ends. In the lobby it is made ready and held back.

/**
 * @typedef {import("./pair.js").Pair} Pair
 * @typedef {(type: string, fields: object) => Promise<unknown>} Send
 */

export class Signals {
  /** What is ready to be said once this page has come in; null when it is in. @type {(() => void)[] | null} */
  held = [];

  /**
   * @param {Send} send
   * @param {(pair: Pair) => boolean} isCurrent whether it is the attempt that counts
   * @param {(pair: Pair) => void} gone called when there is nobody at the other end
   */
  constructor(send, isCurrent, gone) {
    this.send = send;
    this.isCurrent = isCurrent;
    this.gone = gone;
  }

  /**
   * @param {string} type
   * @param {Pair} pair
   * @param {object} fields
   */
  say(type, pair, fields) {
    const say = () => this.isCurrent(pair) && void this.pass(type, pair, fields);
    this.held ? this.held.push(say) : say();
  }

  /**
   * @param {string} type
   * @param {Pair} pair
   * @param {object} fields
   */
  async pass(type, pair, fields) {
    const to = pair.peer;
    try {
      await this.send(type, { to, pair: pair.id, ...fields });
    } catch (refusal) {
      const { code } = /** @type {import("../lib/topic.js").Refusal} */ (refusal);
      if (code === "peer_gone" && to === pair.peer && !pair.isLive && this.isCurrent(pair)) {
        this.gone(pair);
      }
    }
  }

  /** Says what was held back: right behind the command to enter, not after its answer. */
  release() {
    const ready = this.held ?? [];
    this.held = null;
    ready.forEach((say) => say());
  }

  hold() {
    this.held = [];
  }
}
