// <fair-outcome data-topic="meeting:7">: what the other side states appears by itself; what is being typed stays.

import { t } from "../lib/language.js";
import { socket } from "../lib/socket.js";

const READING_TIME = 2000; // nobody confirms in the same breath what has just changed under their finger

class Outcome extends HTMLElement {
  /** @type {{ leave: () => void } | undefined} */
  topic;
  hadFocus = false;

  connectedCallback() {
    this.topic = socket.join(this.dataset.topic ?? "", { onEvent: (event) => this.hear(event) });
    this.kind?.addEventListener("change", () => this.explain());
    this.addEventListener("htmx:beforeSwap", () => (this.hadFocus = Boolean(this.record?.contains(document.activeElement))));
    this.addEventListener("htmx:afterSwap", (event) => event.target === this.record && this.hold());
    this.addEventListener("submit", (event) => this.wait(event), { capture: true });
    this.explain();
  }

  disconnectedCallback() {
    this.topic?.leave();
  }

  /** @param {{ type: string, [field: string]: any }} event */
  hear(event) {
    if (event.type === "outcome.changed") {
      document.body.dispatchEvent(new CustomEvent("outcome-changed"));
    }
  }

  hold() {
    const said = this.querySelector("[data-said]");
    if (said) {
      said.textContent = t("The outcome has just changed. Please read it again.");
    }
    const buttons = this.confirmButtons;
    buttons.forEach((button) => button.setAttribute("aria-disabled", "true"));
    setTimeout(() => buttons.forEach((button) => button.removeAttribute("aria-disabled")), READING_TIME);
    if (this.hadFocus && this.record && !this.record.contains(document.activeElement)) {
      this.record.tabIndex = -1;
      this.record.focus();
      this.record.scrollIntoView({ block: "start" });
    }
    const isOffered = this.querySelector("#outcome-confirm") !== null;
    document.querySelectorAll(".bottom-bar").forEach((bar) => {
      bar.toggleAttribute("hidden", !isOffered && !this.form);
    });
  }

  /** A button that is only to wait keeps the focus; what it would send is held here. @param {SubmitEvent} event */
  wait(event) {
    if (event.submitter?.getAttribute("aria-disabled") === "true") {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  /** What stands now. @returns {HTMLElement | null} */
  get record() {
    return this.querySelector("#outcome");
  }

  get confirmButtons() {
    /** @type {NodeListOf<HTMLButtonElement>} */
    const buttons = document.querySelectorAll("#outcome button, button[form='outcome-confirm']");
    return [...buttons];
  }

  get form() {
    return this.querySelector("#outcome-form");
  }

  /** @returns {HTMLSelectElement | null} */
  get kind() {
    return this.querySelector("#outcome-form [name='kind']");
  }

  /** Says what the chosen kind means, and shows only the fields it has; a field with something in it stays. */
  explain() {
    if (!this.kind) {
      return;
    }
    const chosen = this.kind.value;
    /** @type {NodeListOf<HTMLElement>} */
    const meanings = this.querySelectorAll("[data-meaning]");
    meanings.forEach((meaning) => (meaning.hidden = meaning.dataset.meaning !== chosen));
    this.show("months", chosen === "intended_deal");
    this.show("amount", !["no_fit", "contact", "sample"].includes(chosen));
  }

  /** @param {string} name @param {boolean} fits */
  show(name, fits) {
    /** @type {HTMLElement | null} */
    const place = this.querySelector(`[data-field="${name}"]`);
    /** @type {HTMLInputElement | null} */
    const input = this.querySelector(`#outcome-form [name="${name}"]`);
    if (place && input) {
      place.hidden = !fits && input.value === "";
    }
  }
}

customElements.define("fair-outcome", Outcome);
