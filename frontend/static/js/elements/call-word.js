// The one line of text over the picture: what the call waits for, or what has just happened.

import { t } from "../lib/language.js";
import { find } from "./call-parts.js";

/** @typedef {import("./call.js").CallElement} CallElement */

const SAID_FOR = 6000;

export class CallWord {
  news = "";
  timer = 0;

  /** @param {CallElement} call */
  constructor(call) {
    this.call = call;
    this.place = find(call, ".call__word");
  }

  /** Says something for a moment. @param {string} sentence */
  say(sentence) {
    this.news = sentence;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.news = "";
      this.show();
    }, SAID_FOR);
    this.show();
  }

  show() {
    const words = this.lasting();
    const shown = words.isUrgent ? words.text : this.news || words.text;
    // Written only when it changes: a screen reader reads each change aloud.
    if (this.place.textContent !== shown) {
      this.place.textContent = shown;
    }
  }

  lasting() {
    switch (this.call.state) {
      case "reconnecting":
        return { text: t("Reconnecting"), isUrgent: true };
      case "alone":
        return { text: t("Waiting for the other side"), isUrgent: false };
      case "joining":
        return { text: t("Connecting"), isUrgent: false };
      default:
        return { text: this.call.room.hasLine ? "" : t("No connection to the fair; the call goes on"), isUrgent: false };
    }
  }
}
