// <fair-refresh on="message.arrived conversation.read">: htmx fetches what stands in it again when one of these happens.

import { me } from "../lib/me.js";

const GATHER = 300; // several things that happen at once cost one request

class Refresh extends HTMLElement {
  timer = 0;

  connectedCallback() {
    me.addEventListener("happened", this);
    me.addEventListener("missed", this);
    me.listen();
  }

  disconnectedCallback() {
    me.removeEventListener("happened", this);
    me.removeEventListener("missed", this);
    clearTimeout(this.timer);
  }

  /** @param {Event} happened */
  handleEvent(happened) {
    const type = happened instanceof CustomEvent ? happened.detail.type : "";
    if (happened.type === "missed" || (this.getAttribute("on") ?? "").split(" ").includes(type)) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.dispatchEvent(new Event("refresh")), GATHER);
    }
  }
}

customElements.define("fair-refresh", Refresh);
