// <fair-outcome topic="meeting:7">: loads the outcome again when it changes; the form being filled in is kept.
// Without a topic, for people who may not watch the meeting, it stays as it was loaded.

import { focusText, hasFocus } from "../lib/focus.js";
import { t } from "../lib/language.js";
import { socket } from "../lib/socket.js";
import { topicOf } from "../lib/topic.js";

/** @import { Subscription } from "../../../types/topics.d.ts" */

const READING_TIME = 2000; // milliseconds after a change in which the outcome cannot be confirmed

class Outcome extends HTMLElement {
  /** @type {Subscription<"meeting"> | undefined} */
  topic;
  hadFocus = false;
  pauseTimer = 0;
  lifetime = new AbortController();

  connectedCallback() {
    this.lifetime = new AbortController();
    const { signal } = this.lifetime;
    if (this.hasAttribute("topic")) {
      this.topic = socket.join(topicOf(this, "meeting"), {
        // It may have changed after the page was made, or while the line was away.
        onSnapshot: ({ outcome }) => this.outcome && this.outcome.dataset.stamp !== outcome && this.load(),
        onEvent: (event) => event.type === "outcome.changed" && this.load(),
      });
    }
    this.kind?.addEventListener("change", () => this.showFields(), { signal });
    this.addEventListener("htmx:beforeSwap", () => (this.hadFocus = this.outcome !== null && hasFocus(this.outcome)), { signal });
    this.addEventListener("htmx:afterSwap", (event) => event.target === this.outcome && this.onSwap(), { signal });
    // What was understood of an amount comes above fields that may have the focus by now: they stay in view.
    this.addEventListener("htmx:afterSwap", () => hasFocus(this) && document.activeElement?.scrollIntoView({ block: "nearest" }), { signal });
    this.addEventListener("submit", (event) => this.onSubmit(event), { capture: true, signal });
    this.showFields();
  }

  disconnectedCallback() {
    this.lifetime.abort();
    clearTimeout(this.pauseTimer);
    this.topic?.leave();
  }

  load() {
    document.body.dispatchEvent(new CustomEvent("outcome-changed")); // htmx fetches it again
  }

  /** Another version is shown. */
  onSwap() {
    const status = this.querySelector("[data-announcement]");
    if (status) {
      status.textContent = t("The outcome has just changed. Review it again."); // each time: it is read aloud again
    }
    this.pauseConfirming();
    if (this.hadFocus && this.outcome && !hasFocus(this.outcome)) {
      focusText(this.outcome);
    }
    const hasButton = this.form !== null || this.querySelector("#outcome-confirm") !== null;
    document.querySelectorAll(".bottom-bar").forEach((bar) => bar.toggleAttribute("hidden", !hasButton));
  }

  pauseConfirming() {
    this.confirmButtons.forEach((button) => button.setAttribute("aria-disabled", "true"));
    clearTimeout(this.pauseTimer);
    const end = () => this.confirmButtons.forEach((button) => button.removeAttribute("aria-disabled"));
    this.pauseTimer = setTimeout(end, READING_TIME);
  }

  /** A disabled button would lose the focus, so only the submission is stopped. @param {SubmitEvent} event */
  onSubmit(event) {
    if (event.submitter?.getAttribute("aria-disabled") === "true") {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  /** The comparison of the two statements. @returns {HTMLElement | null} */
  get outcome() {
    return this.querySelector("#outcome");
  }

  get confirmButtons() {
    return document.querySelectorAll("#outcome button, button[form='outcome-confirm']");
  }

  get form() {
    return this.querySelector("#outcome-form");
  }

  /** @returns {HTMLSelectElement | null} */
  get kind() {
    return this.querySelector("#outcome-form [name='kind']");
  }

  /** Explains the kind that is chosen, and shows of the fields only those it has and those that are filled in. */
  showFields() {
    if (!this.kind) {
      return;
    }
    const kind = this.kind.value;
    this.querySelectorAll("[data-meaning]").forEach((meaning) => {
      meaning.toggleAttribute("hidden", meaning.getAttribute("data-meaning") !== kind);
    });
    this.querySelectorAll("[data-kinds]").forEach((field) => {
      /** @type {string[]} */
      const kinds = JSON.parse(field.getAttribute("data-kinds") ?? "[]");
      const isEmpty = field.querySelector("input")?.value === "";
      field.toggleAttribute("hidden", !kinds.includes(kind) && isEmpty);
    });
  }
}

customElements.define("fair-outcome", Outcome);
