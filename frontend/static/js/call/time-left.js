// The one clock of a call: the time until it begins, then the time left, by the server's time.

import { clocks, t } from "../lib/language.js";
import { serverNow } from "../lib/time.js";
import { find } from "./parts.js";

/** @typedef {import("../elements/call.js").CallElement} CallElement */

const MINUTE = 60_000;

export class CallTime {
  /** Minutes left at the last look: a line of text is said when a border is passed, not at each look. */
  before = Infinity;

  /** @param {CallElement} call */
  constructor(call) {
    this.call = call;
    this.place = find(call, ".call__time");
    setInterval(() => this.tick(), 500);
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

  /** @param {number} left */
  warn(left) {
    if (this.before > 5 * MINUTE && left <= 5 * MINUTE && left > 4 * MINUTE) {
      this.call.word.say(t("Five minutes left"));
    } else if (this.before > MINUTE && left <= MINUTE) {
      this.call.word.say(t("One minute left"));
    }
    this.before = left;
  }

  show() {
    const { room } = this.call;
    const now = serverNow();
    const isBefore = now < room.startsAt;
    const rest = Math.max(0, (isBefore ? room.startsAt : room.endsAt) - now);
    const words = Number.isNaN(rest) ? "" : minutes(rest);
    if (this.place.textContent !== words) {
      this.place.textContent = words;
    }
    this.place.toggleAttribute("data-before", isBefore);
    this.place.title = isBefore ? t("The meeting begins at %(time)s", { time: clocks(room.startsAt) }) : t("time left");
    this.call.toggleAttribute("data-last-minute", !isBefore && rest <= MINUTE);
  }
}

/** @param {number} milliseconds @returns {string} mm:ss */
function minutes(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  return `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
}
