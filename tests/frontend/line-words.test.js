// The word that there is no line: written once, and again only when something else has become true.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { ScriptedWebSocket, current, page, renew } from "./page.js";

const OFFLINE = "No connection; what you type is kept.";
const RECONNECTING = "Reconnecting; what you type is kept.";

/** The element, as far as it is asked for here; keeps what it has said. */
class Place extends EventTarget {
  written = [];
  setAttribute() {}
  replaceChildren(...words) {
    this.written.push(words.join(""));
  }
}

let LineState;
Object.assign(globalThis, { HTMLElement: Place, customElements: { define: (_, element) => (LineState = element) } });
document.createElement = () => new Place();
document.body = { prepend() {} };
const { socket } = await import("../../frontend/static/js/lib/socket.js");
await import("../../frontend/static/js/elements/connection-status.js");

let place;

beforeEach(() => {
  navigator.onLine = true;
  place?.disconnectedCallback();
  renew(socket);
  place = new LineState();
  place.connectedCallback();
  socket.join("me", {});
  current().opens();
});

/** The server is away: each of so many tries fails, at once or by getting no answer. */
function fails(tries) {
  for (let made = 0; made < tries; made++) {
    const line = current();
    made % 2 ? line.breaks() : mock.timers.tick(30_000);
    for (let waited = 0; current() === line && waited < 60_000; waited += 50) {
      mock.timers.tick(50);
    }
    assert.notEqual(current(), line);
  }
}

for (const [onLine, words] of [[false, OFFLINE], [true, RECONNECTING]]) {
  test(`while the server is away one thing is said, with ${onLine ? "a" : "no"} network`, () => {
    navigator.onLine = onLine;
    current().breaks();
    fails(12);
    assert.equal(ScriptedWebSocket.all.length > 12, true);
    assert.deepEqual([place.hidden, place.written], [false, [words]]);
    current().opens();
    assert.equal(place.hidden, true);
  });
}

test("that the network is back is said, and a new break is said anew", () => {
  navigator.onLine = false;
  page.dispatchEvent(new Event("offline"));
  mock.timers.tick(2000);
  navigator.onLine = true;
  page.dispatchEvent(new Event("online"));
  assert.deepEqual(place.written, [OFFLINE, RECONNECTING]);
  current().opens();
  current().breaks();
  fails(2);
  assert.deepEqual(place.written, [OFFLINE, RECONNECTING, RECONNECTING]);
});

test("that too many pages are open is true until one of them has a line", () => {
  current().breaks(4430);
  mock.timers.tick(21_000);
  assert.equal(socket.status, "connecting");
  current().breaks(4430);
  assert.deepEqual(place.written.map((words) => words.slice(0, 8)), ["Too many"]);
});
