// <fair-refresh-at at="2020-05-14T07:20:00Z">: at that instant what stands around it says something else, and is fetched again.

import { serverNow, serverTime } from "../lib/time.js";

const LONGEST = 3_600_000; // a computer that slept is asked again at least this often
const AFTERWARDS = 400; // the server must agree that the instant has passed

class Moment extends HTMLElement {
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
      this.timer = setTimeout(() => this.dispatchEvent(new Event("refresh", { bubbles: true })), AFTERWARDS);
    } else if (!Number.isNaN(left)) {
      this.timer = setTimeout(() => this.wait(), Math.min(left, LONGEST));
    }
  }
}

customElements.define("fair-refresh-at", Moment);
