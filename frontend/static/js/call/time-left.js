// The clock of a call: the time until it begins, then the time left, both by the server's time.

import { find, setText } from "../lib/dom.js";
import { minutesAndSeconds } from "../lib/duration.js";
import { clocks, t } from "../lib/language.js";
import { serverNow } from "../lib/time.js";
import { every } from "../lib/timers.js";

/** @import { Call } from "./call.js" */

const MINUTE = 60_000;

export class TimeLeft {
  /** Milliseconds left at the last tick: a warning is given when a limit is passed. */
  last = Infinity;

  /** @param {Call} call */
  constructor(call) {
    this.call = call;
    this.root = find(call.element, ".call__time");
    every(500, () => this.tick(), call.signal);
  }

  tick() {
    const { room } = this.call;
    const left = room.endsAt - serverNow();
    if (room.isInside && left <= 0) {
      this.call.end("over");
      room.exit();
    } else if (room.isInside) {
      this.warn(left);
      this.show();
    } else {
      this.call.lobby.showEntering();
    }
  }

  /** @param {number} left milliseconds */
  warn(left) {
    if (this.last > 5 * MINUTE && left <= 5 * MINUTE && left > 4 * MINUTE) {
      this.call.status.announce(t("Five minutes left"));
    } else if (this.last > MINUTE && left <= MINUTE) {
      this.call.status.announce(t("One minute left"));
    }
    this.last = left;
  }

  show() {
    const { room } = this.call;
    const now = serverNow();
    const isBefore = now < room.startsAt;
    const left = Math.max(0, (isBefore ? room.startsAt : room.endsAt) - now);
    setText(this.root, Number.isNaN(left) ? "" : minutesAndSeconds(Math.ceil(left / 1000)));
    this.root.toggleAttribute("data-before", isBefore);
    this.root.title = isBefore ? t("The meeting starts at %(time)s", { time: clocks(room.startsAt) }) : t("time left");
    this.call.element.toggleAttribute("data-last-minute", !isBefore && left <= MINUTE);
  }
}
