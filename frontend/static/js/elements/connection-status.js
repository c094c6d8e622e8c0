// <fair-connection-status>: says that the page has no connection to the server, and why.

import { make } from "../lib/dom.js";
import { t } from "../lib/language.js";
import { socket } from "../lib/socket.js";

const FLICKER = 1500; // a connection that is back by then is not mentioned
const SHOWN_AT_ONCE = new Set(["signed_out", "too_many"]);

class ConnectionStatus extends HTMLElement {
  timer = 0;
  /** The reason that is shown: a screen reader reads each writing aloud. @type {string | null} */
  shown = null;

  connectedCallback() {
    this.className = "connection-status";
    this.setAttribute("role", "status");
    this.hidden = true;
    socket.addEventListener("status", this);
  }

  disconnectedCallback() {
    socket.removeEventListener("status", this);
    this.reset();
  }

  reset() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.hidden = true;
    this.shown = null;
  }

  handleEvent() {
    if (socket.status === "open") {
      this.reset();
    } else if (!this.hidden || SHOWN_AT_ONCE.has(socket.reason)) {
      this.show();
    } else {
      // Every attempt changes the status; the delay counts from the first one.
      this.timer ||= setTimeout(() => this.show(), FLICKER);
    }
  }

  show() {
    if (this.shown !== socket.reason) {
      this.shown = socket.reason;
      this.hidden = false;
      this.replaceChildren(...sentence());
    }
  }
}

/** @returns {(Node | string)[]} */
function sentence() {
  switch (socket.reason) {
    case "signed_out": {
      const next = encodeURIComponent(location.pathname + location.search);
      return [`${t("You are no longer signed in.")} `, make("a", { href: `/accounts/login/?next=${next}` }, t("Sign in"))];
    }
    case "too_many":
      return [t("Too many pages are open. Close some of them and this one will connect automatically.")];
    case "offline":
      return [t("Connection lost. Your draft is kept.")];
    default:
      return [t("Reconnecting. Your draft is kept.")];
  }
}

customElements.define("fair-connection-status", ConnectionStatus);

// In the header, which stays on the screen while the page scrolls; a page without one has it at its top.
const header = document.querySelector(".header");
const isShown = header instanceof HTMLElement && header.getClientRects().length > 0;
(isShown ? header : document.body)[isShown ? "append" : "prepend"](document.createElement("fair-connection-status"));
