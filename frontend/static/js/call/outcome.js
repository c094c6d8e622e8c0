// The outcome in the panel of a call: htmx loads it when it is first wanted; stating it there does not end the call.

import { find } from "../lib/dom.js";
import { focusText, hasFocus } from "../lib/focus.js";
import { t } from "../lib/language.js";

/** @import { Call } from "./call.js" */

const CONFLICT = 409; // the response is the form again, with its errors
const INVALID = '[aria-invalid="true"], .outcome-form [role="alert"]';
const FIELD = ".outcome-form select";

export class CallOutcome {
  hadFocus = false;

  /** @param {Call} call */
  constructor(call) {
    const { signal } = call;
    this.call = call;
    this.content = find(call.element, "#call-outcome");
    this.failure = find(call.element, ".call__unsent");
    const onHtmx = (/** @type {Event} */ event) => this.onHtmx(/** @type {CustomEvent} */ (event));
    for (const name of ["beforeSwap", "afterSettle", "sendError", "timeout", "responseError"]) {
      this.content.addEventListener(`htmx:${name}`, onHtmx, { signal });
    }
    call.room.on("outcome", () => this.onChange(), signal);
    document.addEventListener("click", (event) => this.onClick(event), { signal });
  }

  /** Loads it, unless it is there. */
  load() {
    if (!this.content.querySelector("fair-outcome")) {
      this.content.dispatchEvent(new CustomEvent("outcome-wanted"));
    }
  }

  /** @param {CustomEvent} event of htmx, about a request of the panel */
  onHtmx(event) {
    const isWhole = event.detail.target === this.content;
    if (event.type === "htmx:beforeSwap") {
      this.failure.hidden = true;
      if (event.detail.xhr.status === CONFLICT) {
        event.detail.shouldSwap = true;
        event.detail.isError = false;
      }
      // Between the two events of a full swap the socket may cause one of a part of the panel.
      this.hadFocus = isWhole ? hasFocus(this.content) : this.hadFocus;
    } else if (event.type === "htmx:afterSettle") {
      isWhole && this.hadFocus && this.moveFocus();
      this.hadFocus &&= !isWhole;
      this.content.querySelector('#outcome[data-state="agreed"]') && this.call.endScreen.onOutcomeAgreed();
    } else {
      event.preventDefault(); // replaces the toast of the page
      this.failure.hidden = false;
      this.failure.scrollIntoView({ block: "nearest" }); // it comes after a long form
    }
  }

  /** After a response: to the first error, else to the form or to the outcome. */
  moveFocus() {
    const invalid = this.content.querySelector(INVALID);
    const fallback = this.content.querySelector(FIELD) ?? this.content.querySelector("#outcome");
    const next = invalid ?? (hasFocus(this.content) ? null : fallback);
    if (next instanceof HTMLElement) {
      next.matches("input, select, textarea") ? next.focus() : focusText(next);
    }
  }

  onChange() {
    if (this.call.element.getAttribute("data-panel") !== "outcome") {
      this.call.status.announce(t("The outcome has been updated. Open it in the meeting panel."));
    }
  }

  /** A link in a toast must not end the call: the outcome opens in the panel, other pages in a new tab. @param {Event} event */
  onClick(event) {
    const link = event.target instanceof Element && event.target.closest("fair-notices a");
    if (!(link instanceof HTMLAnchorElement) || !this.call.room.isInside) {
      return;
    }
    if (link.pathname === this.content.getAttribute("data-hx-get")) {
      event.preventDefault();
      this.call.panel.open("outcome");
    } else {
      link.target = "_blank";
    }
  }
}
