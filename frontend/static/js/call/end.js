// The end of a call: it is over, one has left, or is in it from another page.

import { t } from "../lib/language.js";
import { find } from "./parts.js";

/**
 * @typedef {import("../elements/call.js").CallElement} CallElement
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

  /** What both have agreed is there to be read; nothing is left to state. */
  agree() {
    const link = find(this.root, '[data-act="outcome"]');
    link.textContent = t("See the outcome");
    link.classList.remove("button--act", "button--large");
  }

  show() {
    for (const part of this.root.querySelectorAll("[data-because]")) {
      const { because = "" } = /** @type {HTMLElement} */ (part).dataset;
      /** @type {HTMLElement} */ (part).hidden = !because.split(" ").includes(this.because);
    }
  }
}
