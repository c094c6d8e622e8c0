// What somebody reads when the fair does not answer what they have asked of it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { beforeEach, test } from "node:test";
import "./page.js";

const SENTENCE = "The fair did not answer. What you typed is still here; please try again.";

/** An element, as far as it is asked for here. */
class Part extends EventTarget {
  parts = {};
  children = [];
  hidden = true;

  querySelector(selector) {
    return this.parts[selector] ?? null;
  }

  append(...children) {
    this.children.push(...children);
  }

  setAttribute() {}
  scrollIntoView() {
    this.isInView = !this.hidden;
  }
}

let Notices;
Object.assign(globalThis, { HTMLElement: Part, customElements: { define: (_, element) => (Notices = element) } });
document.createElement = document.createElementNS = () => new Part();
const { CallOutcome } = await import("../../frontend/static/js/call/outcome.js");
await import("../../frontend/static/js/elements/notices.js");

let notices;
let place;
let failure;

beforeEach(() => {
  notices?.disconnectedCallback();
  notices = new Notices();
  notices.connectedCallback();
  [place, failure] = [new Part(), new Part()];
  const call = Object.assign(new Part(), { room: new EventTarget() });
  call.parts = { "#call-outcome": place, ".call__unsent": failure };
  new CallOutcome(call);
});

/** What htmx tells, as it rises through the page. */
function rises(name, from, began) {
  const detail = { requestConfig: { triggeringEvent: began && new Event(began) } };
  const event = () => new CustomEvent(`htmx:${name}`, { detail, cancelable: true });
  const passed = event();
  if (from.dispatchEvent(passed)) {
    document.dispatchEvent(event());
  } else {
    document.dispatchEvent(Object.defineProperty(event(), "defaultPrevented", { value: true }));
  }
}

const words = () => notices.children.map((toast) => toast.children[0].children.join(""));

for (const name of ["sendError", "timeout"]) {
  for (const began of ["submit", "change", "click"]) {
    test(`whoever asked by ${began} is told, once, after ${name}`, () => {
      rises(name, new Part(), began);
      assert.deepEqual(words(), [SENTENCE]);
    });
  }

  test(`of what the page asks by itself nothing is said after ${name}`, () => {
    ["refresh", "load", undefined].forEach((began) => rises(name, new Part(), began));
    assert.deepEqual(words(), []);
  });

  test(`beside a call it stands where the outcome is, and nowhere else, after ${name}`, () => {
    rises(name, place, "submit");
    assert.deepEqual([failure.hidden, failure.isInView, words()], [false, true, []]);
  });
}

test("a page waits for an answer as long as its socket does", async () => {
  const read = (path) => readFile(new URL(`../../frontend/${path}`, import.meta.url), "utf8");
  const [, config] = (await read("templates/base.html")).match(/name="htmx-config" content='(.+?)'/);
  const [, wait] = (await read("static/js/lib/socket.js")).match(/ANSWER_WITHIN = ([\d_]+)/);
  assert.equal(JSON.parse(config).timeout, Number(wait.replaceAll("_", "")));
});
