// The form of an outcome shows the fields of the chosen kind, as the server says which these are; the comparison is
// loaded again where it is out of date.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { settled } from "./helpers.js";
import { ScriptedElement, defined } from "./scripted-dom.js";
import { current } from "./scripted-page.js";

await import("../../frontend/static/js/elements/outcome.js");

/** A field of the form that some kinds of outcome have. */
function field(kinds, value = "") {
  const element = new ScriptedElement();
  element.setAttribute("data-kinds", JSON.stringify(kinds));
  element.querySelector("input").value = value;
  return element;
}

for (const [kind, typed, hidden] of [
  ["", "", [false, true]],
  ["order", "", [false, true]],
  ["intended_deal", "", [false, false]],
  ["contact", "", [true, true]],
  ["contact", "3", [false, false]],
]) {
  test(`"${kind}" with ${typed ? "fields filled in" : "empty fields"}`, () => {
    const outcome = new (defined.get("fair-outcome"))();
    outcome.setAttribute("topic", "meeting:1");
    const fields = [field(["", "order", "intended_deal"], typed), field(["intended_deal"], typed)];
    outcome.querySelectorAll = (selector) => (selector === "[data-kinds]" ? fields : []);
    outcome.querySelector("#outcome-form [name='kind']").value = kind;
    outcome.connectedCallback();
    outcome.disconnectedCallback();
    assert.deepEqual(fields.map((each) => each.hasAttribute("hidden")), hidden);
  });
}

test("what changed before the page had joined, or while its line was away, is loaded", async () => {
  const outcome = new (defined.get("fair-outcome"))();
  outcome.setAttribute("topic", "meeting:1");
  outcome.outcome.dataset.stamp = "one_side 1 7 -";
  let loads = 0;
  document.body.addEventListener("outcome-changed", () => loads++);
  outcome.connectedCallback();
  current().opens();
  for (const stamp of ["one_side 1 7 -", "agreed 1 7 7"]) {
    await settled();
    const { ref } = current().sent.findLast(({ type }) => type === "join");
    current().receives({ ref, type: "ok", seq: 3, snapshot: { outcome: stamp } });
    await settled();
    assert.equal(loads, stamp.startsWith("agreed") ? 1 : 0);
    current().breaks();
    mock.timers.tick(60_000);
    current().opens();
  }
  outcome.disconnectedCallback();
});
