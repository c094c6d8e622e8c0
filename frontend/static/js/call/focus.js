// Where the keyboard goes on when the part of a call it was in is gone: the lobby after entering, the call at its end.

import { find } from "./parts.js";

/** @typedef {import("../elements/call.js").CallElement} CallElement */

const FIRST = {
  lobby: '.call__lobby [data-act="enter"]',
  call: ".call__title",
  ended: ".call__because:not([hidden])",
};

export class CallFocus {
  /** @type {keyof typeof FIRST} */
  view = "lobby";

  /** @param {CallElement} call */
  constructor(call) {
    this.call = call;
  }

  /** @param {boolean} hadFocus the keyboard was somewhere in the call before its parts were shown or hidden */
  show(hadFocus) {
    const { state } = this.call;
    const view = state === "lobby" || state === "ended" ? state : "call";
    if (view !== this.view && hadFocus) {
      find(this.call, FIRST[view]).focus();
    }
    this.view = view;
  }
}
