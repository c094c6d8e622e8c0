// <fair-countdown until="2020-05-14T07:30:00Z">18:24</fair-countdown>: how long until then.

import { setText } from "../lib/dom.js";
import { minutesAndSeconds } from "../lib/duration.js";
import { tn } from "../lib/language.js";
import { serverNow } from "../lib/time.js";

const HOUR = 3600;
const DAY = 24 * HOUR;
const MARGIN = 5; // milliseconds after the full second, so that the timer is not early

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
    setText(this, format(Math.max(0, Math.floor(left / 1000))));
    if (left > 0) {
      this.timer = setTimeout(() => this.show(), (left % 1000) + MARGIN);
    }
  }
}

/** Days, below one day hours and minutes, below one hour minutes and seconds. @param {number} seconds */
function format(seconds) {
  if (seconds >= DAY) {
    const days = Math.floor(seconds / DAY);
    return tn("%(days)s day", "%(days)s days", days, { days });
  }
  if (seconds >= HOUR) {
    const minutes = Math.floor((seconds % HOUR) / 60);
    const hours = Math.floor(seconds / HOUR);
    return tn("%(hours)s h %(minutes)s min", "%(hours)s h %(minutes)s min", hours, { hours, minutes });
  }
  return minutesAndSeconds(seconds);
}

customElements.define("fair-countdown", Countdown);
