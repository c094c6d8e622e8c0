// <fair-count of="notices">3</fair-count>: how many are unread. `of`: "notices", "messages" or the key of a conversation.

import { setText } from "../lib/dom.js";
import { number } from "../lib/language.js";
import { me } from "../lib/me.js";

class Count extends HTMLElement {
  connectedCallback() {
    me.addEventListener("change", this);
    me.join();
  }

  disconnectedCallback() {
    me.removeEventListener("change", this);
  }

  handleEvent() {
    const of = this.getAttribute("of");
    const count = of === "notices" ? me.notices : of === "messages" ? me.unread : me.messages.get(Number(of)) ?? 0;
    setText(this, count ? number(count) : "");
    this.hidden = !count;
  }
}

customElements.define("fair-count", Count);
