// What is typed is sent again after a lost connection or a failure of the server, and not after a refusal.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Refusal } from "../../frontend/static/js/lib/transfer.js";
import { sendTyped } from "../../frontend/static/js/lib/typed.js";

const GONE = { code: "not_found", sentence: "This item does not exist." };
const TYPED = { name: "moq", text: "500", seen: "300" };

/** What sending comes to when the server replies like this. */
async function outcome(reply) {
  globalThis.fetch = async () => reply();
  try {
    return await sendTyped("/typed/", TYPED, {});
  } catch (failure) {
    return failure instanceof Refusal ? { refused: failure.code, sentence: failure.sentence } : "again";
  }
}

for (const [name, reply, expected] of [
  ["saved", () => new Response(null, { status: 204 }), null],
  ["another text", () => new Response("<div>choose</div>"), "<div>choose</div>"],
  ["gone", () => Response.json(GONE, { status: 404 }), { refused: "not_found", sentence: GONE.sentence }],
  ["a page without a sentence", () => new Response("<h1>", { status: 403 }), { refused: "", sentence: "" }],
  ["sign in", () => ({ ok: false, type: "opaqueredirect", status: 0, json: async () => JSON.parse("") }), { refused: "", sentence: "" }],
  ["too fast", () => Response.json({ code: "too_fast", sentence: "Wait." }, { status: 429 }), "again"],
  ["away for a moment", () => Response.json({ code: "unavailable", sentence: "Wait." }, { status: 503 }), "again"],
  ["no connection", () => Promise.reject(new TypeError("failed to fetch")), "again"],
]) {
  test(`typed: ${name}`, async () => {
    assert.deepEqual(await outcome(reply), expected);
  });
}
