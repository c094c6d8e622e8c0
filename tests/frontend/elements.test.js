// Every custom element has a file of its own, named after it.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";

const FOLDER = new URL("../../frontend/static/js/elements/", import.meta.url);

for (const file of await readdir(FOLDER)) {
  test(`elements/${file} defines the element it is named after, and no other`, async () => {
    const source = await readFile(new URL(file, FOLDER), "utf8");
    const defined = [...source.matchAll(/customElements\.define\("([^"]+)"/g)].map(([, name]) => name);
    assert.deepEqual(defined, [`fair-${file.replace(/\.js$/, "")}`]);
  });
}
