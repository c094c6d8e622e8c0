// On a computer whose clock is wrong the page follows the server's time.

import assert from "node:assert/strict";
import { mock, test } from "node:test";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const AT_SERVER = Date.parse("2020-05-14T07:00:00Z");
const WRONG_BY = -3 * HOUR;

mock.timers.enable({ apis: ["setTimeout", "Date"], now: AT_SERVER + WRONG_BY });
const elements = new Map();
Object.assign(globalThis, {
  HTMLElement: class extends EventTarget {
    attributes = {};
    getAttribute(name) {
      return this.attributes[name] ?? null;
    }
    querySelector() {
      return this.part;
    }
  },
  customElements: { define: (name, element) => elements.set(name, element) },
  localStorage: { getItem: () => null, setItem: () => {} },
  document: {
    documentElement: { lang: "en", dataset: { clocks: '[["Asia/Karachi", "Pakistan time"]]' } },
    // It comes from the browser's cache, where it was stored an hour ago.
    querySelector: () => ({ getAttribute: () => new Date(AT_SERVER - HOUR).toISOString() }),
  },
});
performance.getEntriesByType = () => [{ transferSize: 0, responseStart: 0, type: "back_forward" }];

const { serverNow, setServerTime } = await import("../../frontend/static/js/lib/time.js");
const { Outbox } = await import("../../frontend/static/js/chat/outbox.js");
for (const name of ["clock", "countdown", "refresh-at"]) {
  await import(`../../frontend/static/js/elements/${name}.js`);
}

/** An element of the page, as its template makes it. */
function element(name, attributes) {
  const made = new (elements.get(name))();
  return Object.assign(made, { attributes, part: {} });
}

test("what was shown by the computer's clock is corrected when the server sends its time", () => {
  const clock = element("fair-clock", { zone: "Asia/Karachi" });
  const countdown = element("fair-countdown", { until: "2020-05-14T07:20:00Z" });
  const refreshAt = element("fair-refresh-at", { at: "2020-05-14T07:00:30Z" });
  let refreshed = 0;
  refreshAt.addEventListener("refresh", () => refreshed++);
  const all = [clock, countdown, refreshAt];
  all.forEach((each) => each.connectedCallback());
  // The page has only the computer's clock.
  assert.equal(clock.part.textContent, "09:00");

  setServerTime(new Date(AT_SERVER).toISOString());
  assert.equal(serverNow(), AT_SERVER);
  assert.equal(clock.part.textContent, "12:00");
  mock.timers.tick(1000);
  assert.equal(countdown.textContent, "19:59");
  assert.equal(refreshed, 0);
  mock.timers.tick(29_000);
  mock.timers.tick(1000);
  assert.deepEqual([countdown.textContent, refreshed], ["19:29", 1]);
  mock.timers.tick(MINUTE);
  assert.equal(clock.part.textContent, "12:01");
  all.forEach((each) => each.disconnectedCallback());
});

test("an unsent message has the server's time", () => {
  setServerTime(new Date(AT_SERVER).toISOString());
  assert.equal(new Outbox("chat:1").add("salaam").sent_at, "2020-05-14T07:00:00.000Z");
});
