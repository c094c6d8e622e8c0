// The one line of text over the picture: what the call waits for, or what has just happened.

import { t } from "../lib/language.js";
import { find } from "./parts.js";

/** @typedef {import("../elements/call.js").CallElement} CallElement */

const SAID_FOR = 6000;
const WAITED_FOR = 20_000; // whoever has waited for so long wants to know what else there is

export class CallWord {
  news = "";
  timer = 0;
  state = "";
  waiting = 0;
  isLong = false;

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

  /** From each state on it is measured how long it lasts. */
  wait() {
    const { state } = this.call;
    if (state !== this.state) {
      this.state = state;
      this.isLong = false;
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => {
        this.isLong = true;
        this.show();
      }, WAITED_FOR);
    }
  }

  show() {
    this.wait();
    const words = this.lasting();
    const shown = words.isUrgent ? words.text : this.news || words.text;
    // Written only when it changes: a screen reader reads each change aloud.
    if (this.place.textContent !== shown) {
      this.place.textContent = shown;
    }
  }

  lasting() {
    const instead = t("There is no connection to the other side. Use the chat or the telephone; this page keeps trying.");
    switch (this.call.state) {
      case "reconnecting":
        return { text: this.isLong ? instead : t("Reconnecting"), isUrgent: true };
      case "alone":
        return { text: t("Waiting for the other side"), isUrgent: false };
      case "joining":
        return { text: this.isLong ? instead : t("Connecting"), isUrgent: this.isLong };
      default:
        return { text: this.call.room.hasLine ? "" : t("No connection to the fair; the call goes on"), isUrgent: false };
    }
  }
}
