// A computer whose clock is wrong: what the page says of times is the server's.

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
  customElements: { define: (name, of) => elements.set(name, of) },
  localStorage: { getItem: () => null, setItem: () => {} },
  document: {
    documentElement: { lang: "en", dataset: { country: "PK" } },
    // It came out of the browser's store, where it had lain for an hour.
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

test("what is shown before the server has spoken is put right when it does", () => {
  const clock = element("fair-clock", { country: "PK" });
  const countdown = element("fair-countdown", { until: "2020-05-14T07:20:00Z" });
  const moment = element("fair-refresh-at", { at: "2020-05-14T07:00:30Z" });
  let refreshed = 0;
  moment.addEventListener("refresh", () => refreshed++);
  const all = [clock, countdown, moment];
  all.forEach((each) => each.connectedCallback());
  // The page knows no better than its computer.
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

test("what is written bears the server's time until the server gives it one", () => {
  setServerTime(new Date(AT_SERVER).toISOString());
  assert.equal(new Outbox("chat:1").add("salaam").sent_at, "2020-05-14T07:00:00.000Z");
});
