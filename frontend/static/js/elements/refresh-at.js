// <fair-refresh-at at="2020-05-14T07:20:00Z">: dispatches "refresh" at that instant; htmx then fetches the element around it.

import { serverNow, serverTime } from "../lib/time.js";

const LONGEST = 3_600_000; // the clock is read at least this often: the computer may have slept
const MARGIN = 400; // milliseconds; the instant must have passed on the server too

class RefreshAt extends HTMLElement {
  timer = 0;

  connectedCallback() {
    serverTime.addEventListener("change", this);
    this.wait();
  }

  disconnectedCallback() {
    serverTime.removeEventListener("change", this);
    clearTimeout(this.timer);
  }

  handleEvent() {
    this.wait();
  }

  wait() {
    const left = Date.parse(this.getAttribute("at") ?? "") - serverNow();
    clearTimeout(this.timer);
    if (left <= 0) {
      this.timer = setTimeout(() => this.dispatchEvent(new Event("refresh", { bubbles: true })), MARGIN);
    } else if (!Number.isNaN(left)) {
      this.timer = setTimeout(() => this.wait(), Math.min(left, LONGEST));
    }
  }
}

customElements.define("fair-refresh-at", RefreshAt);
