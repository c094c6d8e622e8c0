// <fair-waiting since="2020-05-14T07:03:00Z">: how long somebody has been waiting for an answer.

import { setText } from "../lib/dom.js";
import { t, tn } from "../lib/language.js";
import { serverNow } from "../lib/time.js";

const MINUTE = 60_000;

class Waiting extends HTMLElement {
  timer = 0;

  connectedCallback() {
    this.show();
    this.timer = setInterval(() => this.show(), MINUTE / 4);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  show() {
    const minutes = Math.floor((serverNow() - Date.parse(this.getAttribute("since") ?? "")) / MINUTE);
    if (minutes < 1) {
      setText(this, t("just arrived"));
    } else if (minutes < 60) {
      setText(this, tn("waiting for %(count)s minute", "waiting for %(count)s minutes", minutes));
    } else {
      setText(this, tn("waiting for %(count)s hour", "waiting for %(count)s hours", Math.floor(minutes / 60)));
    }
  }
}

customElements.define("fair-waiting", Waiting);
