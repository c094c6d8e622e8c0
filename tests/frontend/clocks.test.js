// The clocks that a page states: the reader's own zone first, then the others, across a change of the clocks.

import assert from "node:assert/strict";
import { test } from "node:test";

const zones = [
  ["Europe/Berlin", "Berlin time"],
  ["America/New_York", "New York time"],
  ["Europe/Paris", "Paris time"],
];
globalThis.document = {
  documentElement: { lang: "en", dataset: { clocks: JSON.stringify(zones) } },
  createElement: () => ({ parts: [], append(...parts) { this.parts.push(...parts); } }), // prettier-ignore
};

const { clock, clocks, day, isSameDay, stamp } = await import("../../frontend/static/js/lib/language.js");

const BEFORE = "2026-03-27T14:00:00Z"; // America has summer time, Europe has not
const AFTER = "2026-03-30T14:00:00Z";

test("clocks that show the same are shown once, the others in the page's order", () => {
  assert.equal(clocks(BEFORE), "15:00 Berlin time · 10:00 New York time");
  assert.equal(clocks(AFTER), "16:00 Berlin time · 10:00 New York time");
});

test("a stamp has the reader's own time, the other in brackets", () => {
  const [here, open, there, close] = stamp(BEFORE).parts;
  assert.deepEqual([here.textContent, open, there.textContent, close], ["15:00", " (", "10:00", ")"]);
  assert.equal(here.title, "15:00 Berlin time · 10:00 New York time");
});

test("a clock and a date are the reader's own unless a zone is named", () => {
  assert.equal(clock(AFTER), "16:00");
  assert.equal(clock(AFTER, "Asia/Dubai"), "18:00");
  assert.equal(day("2026-03-29T23:30:00Z"), "Mon 30 Mar");
  assert.equal(isSameDay("2026-03-29T21:30:00Z", "2026-03-29T22:30:00Z"), false);
});
