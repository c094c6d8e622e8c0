// The keys of a combobox: arrows go round, Enter chooses, Escape closes, and an input method keeps its own keys.

import assert from "node:assert/strict";
import { test } from "node:test";

import { ScriptedElement } from "./scripted-dom.js";

const { press } = await import("../../frontend/static/js/lib/combobox.js");

/** A combobox with options, of which `chosen` and whether its list is open are known. */
function combobox(...names) {
  const options = names.map((id) => Object.assign(new ScriptedElement(), { id, scrollIntoView() {} }));
  const box = { input: new ScriptedElement(), options, isOpen: true, chosen: "" };
  return Object.assign(box, {
    open: (isOpen) => (box.isOpen = isOpen),
    choose: ({ id }) => (box.chosen = id),
  });
}

/** Presses these keys; the option that is marked then, and how many keys the page did nothing else with. */
function after(box, keys, more = {}) {
  let taken = 0;
  for (const key of keys) {
    press({ key, isComposing: false, keyCode: 0, preventDefault: () => taken++, ...more }, box);
  }
  return [box.input.getAttribute("aria-activedescendant"), taken];
}

for (const [keys, marked] of [
  [["ArrowDown"], "a"],
  [["ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown"], "a"],
  [["ArrowUp"], "c"],
  [["ArrowDown", "ArrowUp"], "c"],
  [["ArrowUp", "ArrowUp"], "b"],
]) {
  test(`${keys.join(" ")} comes to ${marked}`, () => {
    assert.deepEqual(after(combobox("a", "b", "c"), keys), [marked, keys.length]);
  });
}

test("Enter chooses what is marked, and without a mark sends the form", () => {
  const box = combobox("a", "b");
  assert.deepEqual([after(box, ["Enter"]), box.chosen], [[null, 0], ""]);
  assert.deepEqual([after(box, ["ArrowUp", "Enter"]), box.chosen], [["b", 2], "b"]);
});

test("Escape closes the list once, and an arrow opens it again", () => {
  const box = combobox("a");
  assert.deepEqual([after(box, ["Escape", "Escape"]), box.isOpen], [[null, 1], false]);
  assert.deepEqual([after(box, ["ArrowDown"]), box.isOpen], [["a", 1], true]);
});

for (const composing of [{ isComposing: true }, { keyCode: 229 }]) {
  test(`keys of an input method are its own: ${Object.keys(composing)}`, () => {
    const box = combobox("a", "b");
    after(box, ["ArrowDown"]);
    assert.deepEqual(after(box, ["ArrowDown", "ArrowUp", "Enter", "Escape"], composing), ["a", 0]);
    assert.deepEqual([box.chosen, box.isOpen], ["", true]);
  });
}
