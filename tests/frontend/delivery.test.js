// What a person writes is kept until the server has stored it, sent in order, and shown with the reason when it is refused.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { pass, settled } from "./helpers.js";

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

/** A conversation whose server refuses with the codes of `refusals`, then stores everything. */
function conversation(...refusals) {
  const sent = [];
  const shown = new Map();
  const log = {
    showUnsent: ({ body }, state, reason = "") => shown.set(body, reason ? `${state}: ${reason}` : state),
    insert: ({ body, seq }) => shown.set(body, seq),
    has: () => false,
  };
  const outbox = new Outbox("chat:1");
  const delivery = new Delivery(outbox, async ({ body }) => {
    sent.push(body);
    const code = refusals.shift();
    if (code) {
      throw { code, detail: `because ${code}` };
    }
    return { seq: sent.length };
  });
  return { sent, shown, log, outbox, delivery };
}

const bodies = () => new Outbox("chat:1").messages.map(({ body }) => body);

test("unsent messages survive the page, for their author alone", async () => {
  const { delivery, log, shown } = conversation("no_connection", "no_connection");
  delivery.start(log, { id: 7 });
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

test("a message that cannot be sent now is not overtaken by the next", async (context) => {
  const { delivery, log, sent, shown } = conversation("unavailable");
  delivery.start(log, { id: 7 });
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

test("a message that is refused for good stays with the reason, and the next is sent", async () => {
  const { delivery, log, sent, shown } = conversation("too_long");
  delivery.start(log, { id: 7 });
  ["one", "two"].forEach((body) => delivery.post(body));
  await settled();
  assert.deepEqual(sent, ["one", "two"]);
  assert.deepEqual([...shown], [
    ["one", "failed: because too_long"],
    ["two", 2],
  ]);
  assert.deepEqual(bodies(), ["one"]);
});

test("what the page of an earlier release cannot send is sent after it is loaded again", async () => {
  const old = conversation("unknown_type");
  old.delivery.start(old.log, { id: 7 });
  old.delivery.post("salaam");
  await settled();
  assert.deepEqual([...old.shown], [["salaam", "failed: because unknown_type"]]);
  const reloaded = conversation();
  reloaded.delivery.start(reloaded.log, { id: 7 });
  await settled();
  assert.deepEqual([reloaded.sent, bodies()], [["salaam"], []]);
});

test("what is written before the conversation is loaded is sent when it is", async () => {
  const { delivery, log, sent } = conversation();
  delivery.post("early");
  await settled();
  assert.deepEqual(sent, []);
  delivery.start(log, { id: 7 });
  await settled();
  assert.deepEqual(sent, ["early"]);
});

test("without storage messages are sent all the same", async () => {
  const fail = () => {
    throw new DOMException("", "QuotaExceededError");
  };
  globalThis.localStorage = { getItem: fail, setItem: fail, removeItem: fail };
  const { delivery, log, sent, outbox } = conversation();
  outbox.draft = "half a word";
  assert.equal(outbox.draft, "");
  delivery.start(log, { id: 7 });
  delivery.post("whole");
  await settled();
  assert.deepEqual([sent, outbox.messages], [["whole"], []]);
});

test("a page that is not served over TLS makes keys all the same", () => {
  const { randomUUID } = crypto;
  crypto.randomUUID = undefined;
  try {
    const { client_id } = conversation().outbox.add("text");
    assert.match(client_id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  } finally {
    crypto.randomUUID = randomUUID;
  }
});

test("a conversation that is closed sends nothing more until it is opened again", async (context) => {
  const { delivery, log, sent } = conversation("unavailable");
  delivery.start(log, { id: 7 });
  delivery.post("one");
  await settled();
  delivery.stop();
  await pass(context.mock.timers, 4000, 500);
  assert.deepEqual([sent, bodies()], [["one"], ["one"]]);
  delivery.start(log, { id: 7 });
  await settled();
  assert.deepEqual([sent, bodies()], [["one", "one"], []]);
});
