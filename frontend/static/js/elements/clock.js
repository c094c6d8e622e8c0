// <fair-clock zone="Asia/Shanghai"><span>Beijing time</span> <time>…</time></fair-clock>: the time there now.

import { setText } from "../lib/dom.js";
import { clock } from "../lib/language.js";
import { serverNow, serverTime } from "../lib/time.js";

const MINUTE = 60_000;
const MARGIN = 20; // milliseconds after the full minute, so that the timer is not early

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
    if (time) {
      setText(time, clock(now, this.getAttribute("zone") ?? undefined));
      time.dateTime = new Date(now).toISOString();
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), MINUTE - (now % MINUTE) + MARGIN);
  }
}

customElements.define("fair-clock", Clock);
