// Where the focus goes after the panel of a call was answered, also when the socket has caused another request meanwhile.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import "./scripted-page.js";

/** An element that finds others by their selector. */
class ScriptedElement extends EventTarget {
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

  /** An event of htmx about a request whose answer goes into `target`. */
  receives(name, target) {
    this.dispatchEvent(new CustomEvent(`htmx:${name}`, { detail: { target, xhr: { status: 200 } } }));
  }
}

globalThis.HTMLElement = ScriptedElement;
const { CallOutcome } = await import("../../frontend/static/js/call/outcome.js");

let content;
let button;
let outcome;

beforeEach(() => {
  [content, button, outcome] = [new ScriptedElement(), new ScriptedElement(), new ScriptedElement()];
  const element = new ScriptedElement();
  element.parts = { "#call-outcome": content, ".call__unsent": new ScriptedElement() };
  content.parts = { button };
  document.body = new ScriptedElement();
  new CallOutcome({ element, room: { on() {} }, signal: new AbortController().signal });
});

/** The answer replaces the whole content, and the browser moves the focus to the body. */
function swap() {
  content.parts = { "#outcome": outcome };
  document.activeElement = document.body;
}

test("after confirming the focus is on the outcome, although the socket has caused a request too", () => {
  button.focus();
  content.receives("beforeSwap", content);
  swap();
  content.receives("beforeSwap", outcome);
  content.receives("afterSettle", outcome);
  content.receives("afterSettle", content);
  assert.equal(document.activeElement, outcome);
  assert.deepEqual([outcome.isInView, outcome.tabIndex], [true, -1]);
});

test("the focus stays where it was outside the panel", () => {
  const elsewhere = new ScriptedElement();
  elsewhere.focus();
  for (const target of [content, outcome]) {
    content.receives("beforeSwap", target);
    content.receives("afterSettle", target);
  }
  assert.equal(document.activeElement, elsewhere);
});
