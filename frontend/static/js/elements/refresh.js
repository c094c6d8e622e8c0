// <fair-refresh on="message.arrived conversation.read">: when one of these events happens to the person, it dispatches
// "refresh", and htmx fetches its content again.

import { me } from "../lib/me.js";

const GATHERED_FOR = 300; // milliseconds; several events at once cost one request

class Refresh extends HTMLElement {
  timer = 0;

  connectedCallback() {
    me.addEventListener("happened", this);
    me.addEventListener("missed", this);
    me.join();
  }

  disconnectedCallback() {
    me.removeEventListener("happened", this);
    me.removeEventListener("missed", this);
    clearTimeout(this.timer);
  }

  /** @param {Event} event */
  handleEvent(event) {
    const type = event instanceof CustomEvent ? event.detail.type : "";
    if (event.type === "missed" || (this.getAttribute("on") ?? "").split(" ").includes(type)) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.dispatchEvent(new Event("refresh")), GATHERED_FOR);
    }
  }
}

customElements.define("fair-refresh", Refresh);
