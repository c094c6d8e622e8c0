// <fair-clock country="CN"><span>Beijing time</span> <time>…</time></fair-clock>: what time it is there now.

import { clock } from "../lib/language.js";
import { serverNow, serverTime } from "../lib/time.js";

const MINUTE = 60_000;

class Clock extends HTMLElement {
  timer = 0;

  connectedCallback() {
    serverTime.addEventListener("change", this);
    this.show();
  }

  disconnectedCallback() {
    serverTime.removeEventListener("change", this);
    clearTimeout(this.timer);
  }

  handleEvent() {
    this.show();
  }

  show() {
    const now = serverNow();
    const time = this.querySelector("time");
    const country = this.getAttribute("country") === "CN" ? "CN" : "PK";
    if (time) {
      time.textContent = clock(now, country);
      time.dateTime = new Date(now).toISOString();
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), MINUTE - (now % MINUTE) + 20);
  }
}

customElements.define("fair-clock", Clock);
