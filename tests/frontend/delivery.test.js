// What a person writes: kept until it is stored, brought in order, and seen with its reason when it is not.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { pass, settled } from "./room.js";

let stored;
Object.assign(globalThis, { document: { documentElement: { lang: "en", dataset: {} }, querySelector: () => null } });

beforeEach((context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  stored = new Map();
  Object.assign(globalThis, {
    document: { documentElement: { lang: "en", dataset: { person: "7" } } },
    localStorage: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => stored.set(key, value),
      removeItem: (key) => stored.delete(key),
    },
  });
});

const { Outbox } = await import("../../frontend/static/js/chat/outbox.js");
const { Delivery } = await import("../../frontend/static/js/chat/delivery.js");

/** A conversation whose server gives the answers of `script`, then stores everything. */
function conversation(...script) {
  const sent = [];
  const shown = new Map();
  const log = {
    unsent: ({ body }, state, why = "") => shown.set(body, why ? `${state}: ${why}` : state),
    place: ({ body, seq }) => shown.set(body, seq),
    has: () => false,
  };
  const outbox = new Outbox("chat:1");
  const delivery = new Delivery(outbox, async ({ body }) => {
    sent.push(body);
    const code = script.shift();
    if (code) {
      throw { code, detail: `because ${code}` };
    }
    return { seq: sent.length };
  });
  return { sent, shown, log, outbox, delivery };
}

const bodies = () => new Outbox("chat:1").letters.map(({ body }) => body);

test("what is written outlives the page until it is stored, for its writer alone", async () => {
  const { delivery, log, shown } = conversation("no_connection", "no_connection");
  delivery.begin(log, { id: 7 });
  ["one", "two"].forEach((body) => delivery.post(body));
  await settled();
  assert.deepEqual(bodies(), ["one", "two"]);
  assert.deepEqual([...shown], [
    ["one", "failed"],
    ["two", "failed"],
  ]);
  document.documentElement.dataset.person = "8";
  assert.deepEqual(bodies(), []);
  document.documentElement.dataset.person = "7";
  delivery.retry();
  await settled();
  assert.deepEqual([...shown.keys()], ["one", "two"]);
  assert.deepEqual([bodies(), stored.size], [[], 0]);
});

test("what cannot be brought now does not let what follows overtake it", async (context) => {
  const { delivery, log, sent, shown } = conversation("unavailable");
  delivery.begin(log, { id: 7 });
  ["one", "two"].forEach((body) => delivery.post(body));
  await settled();
  assert.deepEqual(sent, ["one"]);
  assert.equal(shown.get("one"), "failed: because unavailable");
  await pass(context.mock.timers, 4000, 500);
  assert.deepEqual(sent, ["one", "one", "two"]);
  assert.deepEqual([...shown], [
    ["one", 2],
    ["two", 3],
  ]);
});

test("what is refused for good stays with its reason, and the rest goes on", async () => {
  const { delivery, log, sent, shown } = conversation("too_long");
  delivery.begin(log, { id: 7 });
  ["one", "two"].forEach((body) => delivery.post(body));
  await settled();
  assert.deepEqual(sent, ["one", "two"]);
  assert.deepEqual([...shown], [
    ["one", "failed: because too_long"],
    ["two", 2],
  ]);
  assert.deepEqual(bodies(), ["one"]);
});

test("what a page of an earlier release cannot say is said by the page that is loaded anew", async () => {
  const old = conversation("unknown_type");
  old.delivery.begin(old.log, { id: 7 });
  old.delivery.post("salaam");
  await settled();
  assert.deepEqual([...old.shown], [["salaam", "failed: because unknown_type"]]);
  const anew = conversation();
  anew.delivery.begin(anew.log, { id: 7 });
  await settled();
  assert.deepEqual([anew.sent, bodies()], [["salaam"], []]);
});

test("what was written before the conversation is read is sent when it is", async () => {
  const { delivery, log, sent } = conversation();
  delivery.post("early");
  await settled();
  assert.deepEqual(sent, []);
  delivery.begin(log, { id: 7 });
  await settled();
  assert.deepEqual(sent, ["early"]);
});

test("a browser that stores nothing still writes and sends", async () => {
  const full = () => {
    throw new DOMException("", "QuotaExceededError");
  };
  globalThis.localStorage = { getItem: full, setItem: full, removeItem: full };
  const { delivery, log, sent, outbox } = conversation();
  outbox.draft = "half a word";
  assert.equal(outbox.draft, "");
  delivery.begin(log, { id: 7 });
  delivery.post("whole");
  await settled();
  assert.deepEqual([sent, outbox.letters], [["whole"], []]);
});

test("a page that is not served over TLS names its letters all the same", () => {
  const { randomUUID } = crypto;
  crypto.randomUUID = undefined;
  try {
    const { client_id } = conversation().outbox.add("word");
    assert.match(client_id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  } finally {
    crypto.randomUUID = randomUUID;
  }
});
