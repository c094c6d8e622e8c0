// The sentence about a lost connection is written once, and again only when the reason changes: each writing is read aloud.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { ScriptedWebSocket, current, reset, scriptedWindow } from "./scripted-page.js";

const OFFLINE = "Connection lost. Your draft is kept.";
const RECONNECTING = "Reconnecting. Your draft is kept.";

/** An element that keeps every text that was written into it. */
class ScriptedElement extends EventTarget {
  written = [];
  setAttribute() {}
  replaceChildren(...texts) {
    this.written.push(texts.join(""));
  }
}

let ConnectionStatus;
Object.assign(globalThis, { HTMLElement: ScriptedElement, customElements: { define: (_, kind) => (ConnectionStatus = kind) } });
document.createElement = () => new ScriptedElement();
document.body = { prepend() {} };
const { socket } = await import("../../frontend/static/js/lib/socket.js");
await import("../../frontend/static/js/elements/connection-status.js");

let element;

beforeEach(() => {
  navigator.onLine = true;
  element?.disconnectedCallback();
  reset(socket);
  element = new ConnectionStatus();
  element.connectedCallback();
  socket.join("me", {});
  current().opens();
});

/** The server is down: this many attempts fail, at once or without an answer. */
function fail(attempts) {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const ws = current();
    attempt % 2 ? ws.breaks() : mock.timers.tick(30_000);
    for (let waited = 0; current() === ws && waited < 60_000; waited += 50) {
      mock.timers.tick(50);
    }
    assert.notEqual(current(), ws);
  }
}

for (const [onLine, sentence] of [[false, OFFLINE], [true, RECONNECTING]]) {
  test(`while the server is down one sentence is shown, ${onLine ? "with" : "without"} a network`, () => {
    navigator.onLine = onLine;
    current().breaks();
    fail(12);
    assert.equal(ScriptedWebSocket.all.length > 12, true);
    assert.deepEqual([element.hidden, element.written], [false, [sentence]]);
    current().opens();
    assert.equal(element.hidden, true);
  });
}

test("a change of the reason is shown, and so is the next outage", () => {
  navigator.onLine = false;
  scriptedWindow.dispatchEvent(new Event("offline"));
  mock.timers.tick(2000);
  navigator.onLine = true;
  scriptedWindow.dispatchEvent(new Event("online"));
  assert.deepEqual(element.written, [OFFLINE, RECONNECTING]);
  current().opens();
  current().breaks();
  fail(2);
  assert.deepEqual(element.written, [OFFLINE, RECONNECTING, RECONNECTING]);
});

test("that too many pages are open stays shown while the page tries again", () => {
  current().breaks(4430);
  mock.timers.tick(21_000);
  assert.equal(socket.status, "connecting");
  current().breaks(4430);
  assert.deepEqual(element.written.map((text) => text.slice(0, 8)), ["Too many"]);
});
