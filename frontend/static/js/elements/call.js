// <fair-call meeting person side [sound-only]>: the lobby of a meeting's room and the call in it.

import { Call } from "../call/call.js";

class CallElement extends HTMLElement {
  lifetime = new AbortController();
  /** @type {Call | undefined} */
  call;

  connectedCallback() {
    this.lifetime = new AbortController();
    this.call = new Call(this, this.lifetime.signal);
    this.call.start();
  }

  disconnectedCallback() {
    this.lifetime.abort();
  }
}

customElements.define("fair-call", CallElement);
