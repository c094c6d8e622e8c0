// The status line over the picture of a call: what the call waits for, or the latest announcement.

import { find, setText } from "../lib/dom.js";
import { t } from "../lib/language.js";

/** @import { Call } from "./call.js" */

const ANNOUNCED_FOR = 6000;
const LONG_WAIT = 20_000; // after that the person is told what else they can do

export class CallStatus {
  /** The latest announcement; empty again after ANNOUNCED_FOR. */
  announcement = "";
  announcementTimer = 0;
  /** The state of the call when it was last shown, and the timer of how long it has lasted. */
  state = "";
  stateTimer = 0;
  isLong = false;

  /** @param {Call} call */
  constructor(call) {
    this.call = call;
    this.root = find(call.element, ".call__message");
    call.signal.addEventListener("abort", () => this.stop());
  }

  stop() {
    clearTimeout(this.announcementTimer);
    clearTimeout(this.stateTimer);
  }

  /** Shows a sentence for a while. @param {string} sentence */
  announce(sentence) {
    this.announcement = sentence;
    clearTimeout(this.announcementTimer);
    this.announcementTimer = setTimeout(() => {
      this.announcement = "";
      this.show();
    }, ANNOUNCED_FOR);
    this.show();
  }

  show() {
    this.watchState();
    const { text, isUrgent } = this.ofState();
    setText(this.root, isUrgent ? text : this.announcement || text);
  }

  watchState() {
    const { state } = this.call;
    if (state !== this.state) {
      this.state = state;
      this.isLong = false;
      clearTimeout(this.stateTimer);
      this.stateTimer = setTimeout(() => {
        this.isLong = true;
        this.show();
      }, LONG_WAIT);
    }
  }

  ofState() {
    const alternatives = t("No connection to the other side. Use the chat or the telephone. This page will keep trying.");
    switch (this.call.state) {
      case "reconnecting":
        return { text: this.isLong ? alternatives : t("Reconnecting"), isUrgent: true };
      case "alone":
        return { text: t("Waiting for the other side"), isUrgent: false };
      case "joining":
        return { text: this.isLong ? alternatives : t("Connecting"), isUrgent: this.isLong };
      default:
        return { text: this.call.room.isConnected ? "" : t("Platform connection lost. The call continues."), isUrgent: false };
    }
  }
}
