// The outcome beside a call: read when it is first wanted, stated and confirmed in its place, never over the call.

import { t } from "../lib/language.js";
import { find } from "./parts.js";

/** @typedef {import("../elements/call.js").CallElement} CallElement */

const CONFLICT = 409; // the form comes back with what is wrong in it
const WRONG = '[aria-invalid="true"], .outcome-form [role="alert"]';
const FIELD = ".outcome-form select";

export class CallOutcome {
  hadFocus = false;

  /** @param {CallElement} call */
  constructor(call) {
    this.call = call;
    this.place = find(call, "#call-outcome");
    this.failure = find(call, ".call__unsent");
    const heed = (/** @type {Event} */ event) => this.heed(/** @type {CustomEvent} */ (event));
    for (const name of ["beforeSwap", "afterSettle", "sendError", "timeout", "responseError"]) {
      this.place.addEventListener(`htmx:${name}`, heed);
    }
    call.room.addEventListener("news", (event) => this.hear(/** @type {CustomEvent} */ (event).detail));
    document.addEventListener("click", (event) => this.follow(event));
  }

  /** Asked for whenever it comes into view and is not there yet. */
  want() {
    if (!this.place.querySelector("fair-outcome")) {
      this.place.dispatchEvent(new CustomEvent("outcome-wanted"));
    }
  }

  /** @param {CustomEvent} event what has become of a request of the panel */
  heed(event) {
    const isWhole = event.detail.target === this.place;
    if (event.type === "htmx:beforeSwap") {
      this.failure.hidden = true;
      if (event.detail.xhr.status === CONFLICT) {
        event.detail.shouldSwap = true;
        event.detail.isError = false;
      }
      // What the socket brings between the two of an exchange takes nothing from it.
      this.hadFocus = isWhole ? this.place.contains(document.activeElement) : this.hadFocus;
    } else if (event.type === "htmx:afterSettle") {
      isWhole && this.hadFocus && this.goOn();
      this.hadFocus &&= !isWhole;
      this.place.querySelector('#outcome[data-state="agreed"]') && this.call.ending.agree();
    } else {
      event.preventDefault(); // it is said here
      this.failure.hidden = false;
      this.failure.scrollIntoView({ block: "nearest" }); // it stands below a long form
    }
  }

  /** After an exchange: to what is wrong, else to the form or to what now stands. */
  goOn() {
    const wrong = this.place.querySelector(WRONG);
    const isLost = !this.place.contains(document.activeElement);
    const next = wrong ?? (isLost ? (this.place.querySelector(FIELD) ?? this.place.querySelector("#outcome")) : null);
    if (next instanceof HTMLElement) {
      next.tabIndex = next.matches("input, select, textarea") ? 0 : -1;
      next.focus();
      next.tabIndex < 0 && next.scrollIntoView({ block: "start" });
    }
  }

  /** @param {{ type: string }} event */
  hear(event) {
    if (event.type === "outcome.changed" && this.call.getAttribute("data-panel") !== "outcome") {
      this.call.word.say(t("The outcome has been written down; it stands beside the call."));
    }
  }

  /** What a notice leads to must not end the call: the outcome opens here, everything else in a page of its own. @param {Event} event */
  follow(event) {
    const link = event.target instanceof Element && event.target.closest("fair-notices a");
    if (!(link instanceof HTMLAnchorElement) || !this.call.room.isInside) {
      return;
    }
    if (link.pathname === this.place.getAttribute("data-hx-get")) {
      event.preventDefault();
      this.call.panel.open("outcome");
    } else {
      link.target = "_blank";
    }
  }
}
