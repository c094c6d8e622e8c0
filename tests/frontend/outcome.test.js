// The form of an outcome shows the fields of the chosen kind, as the server says which these are.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ScriptedElement, defined } from "./scripted-dom.js";

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
