// <fair-connection-status>: says that the connection is gone, and what happens to what is being typed.

import { t } from "../lib/language.js";
import { socket } from "../lib/socket.js";

const FLICKER = 1500; // a line that is back at once needs no words
const AT_ONCE = new Set(["signed_out", "too_many"]);

class LineState extends HTMLElement {
  timer = 0;
  /** The reason that is on the screen; a screen reader reads each writing aloud. @type {string | null} */
  said = null;

  connectedCallback() {
    this.className = "connection-status";
    this.setAttribute("role", "status");
    this.hidden = true;
    socket.addEventListener("status", this);
  }

  disconnectedCallback() {
    socket.removeEventListener("status", this);
    clearTimeout(this.timer);
  }

  handleEvent() {
    if (socket.status === "open") {
      clearTimeout(this.timer);
      this.timer = 0;
      this.hidden = true;
      this.said = null;
    } else if (!this.hidden || AT_ONCE.has(socket.reason)) {
      this.say();
    } else {
      // Every new try is a new status; the words wait for the first of them only.
      this.timer ||= setTimeout(() => this.say(), FLICKER);
    }
  }

  say() {
    if (this.said === socket.reason) {
      return;
    }
    this.said = socket.reason;
    this.hidden = false;
    if (socket.reason === "signed_out") {
      const link = document.createElement("a");
      link.href = `/accounts/login/?next=${encodeURIComponent(location.pathname + location.search)}`;
      link.textContent = t("Sign in");
      this.replaceChildren(`${t("You are no longer signed in.")} `, link);
    } else if (socket.reason === "too_many") {
      this.replaceChildren(t("Too many pages are open here. Close some of them; this one connects by itself."));
    } else if (socket.reason === "offline") {
      this.replaceChildren(t("No connection; what you type is kept."));
    } else {
      this.replaceChildren(t("Reconnecting; what you type is kept."));
    }
  }
}

customElements.define("fair-connection-status", LineState);

// The header stays on the screen while one scrolls; a page without one says it at its top.
const header = document.querySelector(".header");
const isShown = header instanceof HTMLElement && header.getClientRects().length > 0;
(isShown ? header : document.body)[isShown ? "append" : "prepend"](document.createElement("fair-connection-status"));
