// The screen after a call: that it is over, or that the person has left, has entered from another page or was refused.

import { find, setText } from "../lib/dom.js";
import { t } from "../lib/language.js";

/**
 * @import { Call } from "./call.js"
 * @typedef {"over" | "left" | "elsewhere" | "refused"} EndReason
 */

export class CallEnd {
  /** Empty while the call has not ended. @type {EndReason | ""} */
  reason = "";

  /** @param {Call} call */
  constructor(call) {
    this.call = call;
    this.root = find(call.element, ".call__ended");
  }

  /**
   * @param {EndReason} reason
   * @param {string} [sentence] of the server
   */
  set(reason, sentence = "") {
    this.reason = reason;
    setText(find(this.root, "[data-sentence]"), sentence);
    this.call.panel.onCallEnd(reason === "over" || reason === "left");
  }

  /** Both sides have agreed on the outcome: it can be read, and there is nothing left to state. */
  onOutcomeAgreed() {
    const link = find(this.root, '[data-action="outcome"]');
    setText(link, t("View the outcome"));
    link.classList.remove("button--action", "button--large");
  }

  show() {
    for (const part of this.root.querySelectorAll("[data-because]")) {
      const reasons = part.getAttribute("data-because") ?? "";
      part.toggleAttribute("hidden", !reasons.split(" ").includes(this.reason));
    }
  }
}
