// <fair-filters>: around the filters of a list; empty fields are left out of the URL, and showing the fields on a phone
// asks for nothing. There they are a sheet, which stays where it was scrolled to when the list comes anew. Whoever removes
// a filter by its chip goes on from the next chip, or from how much was found.

import { focusFirst } from "../lib/focus.js";

let scrolledTo = 0;
let wasAtChip = false;

document.addEventListener("htmx:beforeSwap", () => {
  wasAtChip = Boolean(document.activeElement?.closest(".filter-chips"));
});

class Filters extends HTMLElement {
  frame = 0;

  connectedCallback() {
    this.addEventListener("htmx:configRequest", this);
    this.addEventListener("change", this, true); // before htmx, which listens at the form
    this.frame = requestAnimationFrame(() => this.goOn());
  }

  disconnectedCallback() {
    cancelAnimationFrame(this.frame);
    this.removeEventListener("htmx:configRequest", this);
    this.removeEventListener("change", this, true);
  }

  goOn() {
    this.querySelector(".filters__fields")?.scrollTo(0, scrolledTo);
    if (wasAtChip && document.activeElement === document.body) {
      focusFirst(document.querySelector(".filter-chips a"), document.querySelector(".lists__count"));
    }
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event.type === "change") {
      event.target instanceof Element && event.target.matches(".filters__toggle") && event.stopPropagation();
    } else {
      scrolledTo = this.querySelector(".filters__fields")?.scrollTop ?? 0;
      this.leaveOutEmpty(/** @type {CustomEvent} */ (event).detail.formData);
    }
  }

  /** @param {FormData} fields */
  leaveOutEmpty(fields) {
    for (const [name, value] of [...fields.entries()]) {
      if (value === "") {
        fields.delete(name);
      }
    }
  }
}

customElements.define("fair-filters", Filters);
