// An element that is taken out of the page ends what it has started there; put back, it starts the same again, once.

import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { test } from "node:test";
import { settled } from "./helpers.js";
import { defined, running } from "./scripted-dom.js";
import { current } from "./scripted-page.js";

const FOLDER = new URL("../../frontend/static/js/elements/", import.meta.url);
const ATTRIBUTES = {
  booth: { topic: "booth:1" },
  call: { meeting: "1", person: "7", side: "buyer" },
  chat: { topic: "chat:1" },
  colleagues: { topic: "office:1-files" },
  "control-room": { topic: "monitor:pk2020" },
  countdown: { until: "2100-01-01T00:00:00Z" },
  figures: { topic: "fair:pk2020" },
  hall: { topic: "hall:1" },
  halls: { topic: "halls:pk2020" },
  outcome: { topic: "meeting:1" },
  "refresh-at": { at: "2100-01-01T00:00:00Z" },
  waiting: { since: "2020-05-14T07:03:00Z" },
};

const { socket } = await import("../../frontend/static/js/lib/socket.js");
const names = (await readdir(FOLDER)).map((file) => file.replace(/\.js$/, ""));
for (const name of names) {
  await import(new URL(`${name}.js`, FOLDER));
}

// The page's socket is open: whatever joins and leaves topics does it on that.
socket.join("booth:open", {});
current().opens();
await settled();

for (const name of names) {
  test(`fair-${name} can be taken out of the page and put back`, async () => {
    const element = new (defined.get(`fair-${name}`))();
    Object.assign(element.attributes, ATTRIBUTES[name] ?? {});
    const before = await answered();
    element.connectedCallback();
    const connected = await answered();
    for (let times = 0; times < 2; times++) {
      element.disconnectedCallback();
      assert.deepEqual(await answered(), before);
      element.connectedCallback();
      assert.deepEqual(await answered(), connected);
    }
    element.disconnectedCallback();
    assert.deepEqual(await answered(), before);
  });
}

/** The server has answered every command. @returns what is running then */
async function answered() {
  await settled();
  for (const { ref } of current().sent.splice(0)) {
    ref && current().receives({ ref, type: "refused", code: "not_found", detail: "" });
  }
  await settled();
  return running(socket);
}
