// <fair-announcer role="status">: says what htmx has changed in the text that the page marks with `data-announce`. A live
// region among what is exchanged would itself be new each time, and mostly stay silent.
// The attribute's value, if it has one, says what is worth announcing: the text is said again only with another value.

import { setText } from "../lib/dom.js";

class Announcer extends HTMLElement {
  said = "";

  connectedCallback() {
    this.said = this.worth;
    document.addEventListener("htmx:afterSettle", this);
  }

  disconnectedCallback() {
    document.removeEventListener("htmx:afterSettle", this);
  }

  handleEvent() {
    if (this.said !== this.worth) {
      this.said = this.worth;
      setText(this, this.text);
    }
  }

  get marked() {
    return document.querySelector("[data-announce]");
  }

  get text() {
    return (this.marked?.textContent ?? "").replace(/\s+/g, " ").trim();
  }

  get worth() {
    return this.marked?.getAttribute("data-announce") || this.text;
  }
}

customElements.define("fair-announcer", Announcer);
