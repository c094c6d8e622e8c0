// <fair-countdown until="2020-05-14T07:30:00Z">18:24</fair-countdown>: how long until then.

import { t, tn } from "../lib/language.js";
import { serverNow } from "../lib/time.js";

const HOUR = 3600;
const DAY = 24 * HOUR;

class Countdown extends HTMLElement {
  timer = 0;

  connectedCallback() {
    this.show();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  show() {
    clearTimeout(this.timer);
    const left = Date.parse(this.getAttribute("until") ?? "") - serverNow();
    const words = said(Math.max(0, Math.floor(left / 1000)));
    if (this.textContent !== words) {
      this.textContent = words;
    }
    if (left > 0) {
      this.timer = setTimeout(() => this.show(), (left % 1000) + 5);
    }
  }
}

/** 18:24, then hours, then days. @param {number} seconds */
function said(seconds) {
  if (seconds >= DAY) {
    return tn("%(days)s day", "%(days)s days", Math.floor(seconds / DAY), { days: Math.floor(seconds / DAY) });
  }
  const [whole, rest] = seconds >= HOUR ? [HOUR, 60] : [60, 1];
  const [first, second] = [Math.floor(seconds / whole), Math.floor((seconds % whole) / rest)];
  if (seconds >= HOUR) {
    return t("%(hours)s h %(minutes)s min", { hours: first, minutes: second });
  }
  return `${String(first).padStart(2, "0")}:${String(second).padStart(2, "0")}`;
}

customElements.define("fair-countdown", Countdown);
