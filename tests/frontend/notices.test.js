// What is shown when the server does not answer a request that somebody has made by hand.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { beforeEach, test } from "node:test";
import "./scripted-page.js";

const SENTENCE = "The server did not respond. Your entries are still here. Try again.";

/** An element that finds others by their selector. */
class ScriptedElement extends EventTarget {
  parts = {};
  children = [];
  hidden = true;

  querySelector(selector) {
    return this.parts[selector] ?? null;
  }

  append(...children) {
    this.children.push(...children);
  }

  replaceChildren(...children) {
    this.children = children;
  }

  setAttribute() {}
  scrollIntoView() {
    this.isInView = !this.hidden;
  }
}

let Notices;
Object.assign(globalThis, { HTMLElement: ScriptedElement, customElements: { define: (_, element) => (Notices = element) } });
document.createElement = document.createElementNS = () => new ScriptedElement();
const { CallOutcome } = await import("../../frontend/static/js/call/outcome.js");
await import("../../frontend/static/js/elements/notices.js");

let notices;
let content;
let failure;
let lifetime;

beforeEach(() => {
  notices?.disconnectedCallback();
  lifetime?.abort();
  lifetime = new AbortController();
  notices = new Notices();
  notices.connectedCallback();
  [content, failure] = [new ScriptedElement(), new ScriptedElement()];
  const element = new ScriptedElement();
  element.parts = { "#call-outcome": content, ".call__unsent": failure };
  new CallOutcome({ element, room: { on() {} }, signal: lifetime.signal });
});

/** An event of htmx bubbles from an element to the document. @param {string | undefined} cause of the request */
function bubble(name, from, cause) {
  const detail = { requestConfig: { triggeringEvent: cause && new Event(cause) } };
  const event = () => new CustomEvent(`htmx:${name}`, { detail, cancelable: true });
  const passed = event();
  if (from.dispatchEvent(passed)) {
    document.dispatchEvent(event());
  } else {
    document.dispatchEvent(Object.defineProperty(event(), "defaultPrevented", { value: true }));
  }
}

const sentences = () => notices.children.map((toast) => toast.children[0].children.join(""));

for (const name of ["sendError", "timeout"]) {
  for (const cause of ["submit", "change", "click"]) {
    test(`a request by ${cause} without an answer shows one toast after ${name}`, () => {
      bubble(name, new ScriptedElement(), cause);
      assert.deepEqual(sentences(), [SENTENCE]);
    });
  }

  test(`a request that the page makes by itself shows none after ${name}`, () => {
    ["refresh", "load", undefined].forEach((cause) => bubble(name, new ScriptedElement(), cause));
    assert.deepEqual(sentences(), []);
  });

  test(`in the panel of a call a notice is shown instead of a toast after ${name}`, () => {
    bubble(name, content, "submit");
    assert.deepEqual([failure.hidden, failure.isInView, sentences()], [false, true, []]);
  });
}

test("htmx waits for an answer as long as the socket does", async () => {
  const read = (path) => readFile(new URL(`../../frontend/${path}`, import.meta.url), "utf8");
  const [, config] = (await read("templates/base.html")).match(/name="htmx-config" content='(.+?)'/);
  const [, wait] = (await read("static/js/lib/socket.js")).match(/REPLY_WITHIN = ([\d_]+)/);
  assert.equal(JSON.parse(config).timeout, Number(wait.replaceAll("_", "")));
});
