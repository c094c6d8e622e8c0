// Where the keyboard goes on after an exchange of the panel, whatever the socket brings meanwhile.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import "./page.js";

/** A part of the page: what stands in it is found by its selector. */
class Part extends EventTarget {
  parts = {};
  hidden = true;
  tabIndex = 0;
  isInView = false;

  querySelector(selector) {
    return this.parts[selector] ?? null;
  }

  contains(other) {
    return Object.values(this.parts).includes(other);
  }

  matches() {
    return false;
  }

  focus() {
    document.activeElement = this;
  }

  scrollIntoView() {
    this.isInView = true;
  }

  /** What htmx tells of a request whose answer goes into `target`. */
  hears(name, target) {
    this.dispatchEvent(new CustomEvent(`htmx:${name}`, { detail: { target, xhr: { status: 200 } } }));
  }
}

globalThis.HTMLElement = Part;
const { CallOutcome } = await import("../../frontend/static/js/call/outcome.js");

let place;
let button;
let record;

beforeEach(() => {
  [place, button, record] = [new Part(), new Part(), new Part()];
  const call = Object.assign(new Part(), { room: new EventTarget() });
  call.parts = { "#call-outcome": place, ".call__unsent": new Part() };
  place.parts = { button };
  document.body = new Part();
  new CallOutcome(call);
});

/** The answer takes the place of all that stood there, and the browser lets the keyboard fall on the page. */
function swaps() {
  place.parts = { "#outcome": record };
  document.activeElement = document.body;
}

test("who has confirmed by keyboard goes on at what now stands, though the socket brought it too", () => {
  button.focus();
  place.hears("beforeSwap", place);
  swaps();
  place.hears("beforeSwap", record);
  place.hears("afterSettle", record);
  place.hears("afterSettle", place);
  assert.equal(document.activeElement, record);
  assert.deepEqual([record.isInView, record.tabIndex], [true, -1]);
});

test("who was elsewhere stays there, whatever comes", () => {
  const elsewhere = new Part();
  elsewhere.focus();
  for (const target of [place, record]) {
    place.hears("beforeSwap", target);
    place.hears("afterSettle", target);
  }
  assert.equal(document.activeElement, elsewhere);
});
