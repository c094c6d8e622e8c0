// A name in a sentence of the page reorders none of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import "./scripted-page.js";

const { t } = await import("../../frontend/static/js/lib/language.js");

/** @param {string} name */
const left = (name) => t("%(name)s has left", { name });

test("a name of the other direction is isolated", () => {
  assert.deepEqual(["Ahmed", "陈伟", "احمد"].map(left), ["Ahmed has left", "陈伟 has left", "\u2068احمد\u2069 has left"]);
});

test("a name cannot end its isolation, nor turn round what follows it", () => {
  assert.equal(left("A\u2069\u202eB"), "\u2068A\u202eB\u2069 has left");
});
