// Moves the focus when a change of the call's state hides the focused element.

import { focusFirst } from "../lib/focus.js";

/** @import { Call } from "./call.js" */

const FIRST = {
  lobby: '.call__lobby [data-action="enter"]',
  call: ".call__title",
  ended: ".call__because:not([hidden])",
};

export class CallFocus {
  /** @type {keyof typeof FIRST} */
  view = "lobby";

  /** @param {Call} call */
  constructor(call) {
    this.call = call;
  }

  /** @param {boolean} hadFocus whether the focus was in the call before its parts were shown or hidden */
  show(hadFocus) {
    const { state } = this.call;
    const view = state === "lobby" || state === "ended" ? state : "call";
    if (view !== this.view && hadFocus) {
      focusFirst(this.call.element.querySelector(FIRST[view]));
    }
    this.view = view;
  }
}
