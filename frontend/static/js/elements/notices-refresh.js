// <fair-refresh on="message.arrived conversation.read">: htmx fetches what stands in it again when one of these happens.

import { me } from "../lib/me.js";

const GATHER = 300; // several things that happen at once cost one request

class Refresh extends HTMLElement {
  timer = 0;

  connectedCallback() {
    me.addEventListener("happened", this);
    me.listen();
  }

  disconnectedCallback() {
    me.removeEventListener("happened", this);
    clearTimeout(this.timer);
  }

  /** @param {Event} happened */
  handleEvent(happened) {
    const { type } = /** @type {CustomEvent<{ type: string }>} */ (happened).detail;
    if ((this.getAttribute("on") ?? "").split(" ").includes(type)) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.dispatchEvent(new Event("refresh")), GATHER);
    }
  }
}

customElements.define("fair-refresh", Refresh);
