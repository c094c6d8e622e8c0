// The end of a call: it is over, one has left, or is in it from another page.

import { find } from "./call-parts.js";

/**
 * @typedef {import("./call.js").CallElement} CallElement
 * @typedef {"over" | "left" | "elsewhere" | "refused"} Because
 */

export class CallEnd {
  /** @type {Because | ""} */
  because = "";

  /** @param {CallElement} call */
  constructor(call) {
    this.call = call;
    this.root = find(call, ".call__ended");
  }

  /**
   * @param {Because} because
   * @param {string} [sentence] the server's own words
   */
  set(because, sentence = "") {
    this.because = because;
    find(this.root, "[data-sentence]").textContent = sentence;
    this.call.panel.give(because === "over" || because === "left");
  }

  show() {
    for (const part of this.root.querySelectorAll("[data-because]")) {
      const { because = "" } = /** @type {HTMLElement} */ (part).dataset;
      /** @type {HTMLElement} */ (part).hidden = !because.split(" ").includes(this.because);
    }
  }
}
