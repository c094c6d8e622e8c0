// Which events of a topic are applied: each number once and in order, whatever order they come in.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Topic } from "../../frontend/static/js/lib/topic.js";
import { chance } from "./room.js";

beforeEach((context) => context.mock.timers.enable({ apis: ["setTimeout"] }));

function listened({ logged = false } = {}) {
  const heard = [];
  const asked = [];
  const topic = new Topic("chat:1", () => asked.push(topic.applied));
  topic.listeners.add({
    logged,
    onSnapshot: (snapshot, seq) => heard.push(["snapshot", seq]),
    onEvent: (event) => heard.push(event.seq ?? event.type),
  });
  return { topic, heard, asked };
}

const event = (seq) => ({ type: "message.posted", topic: "chat:1", seq });

test("events before the first snapshot, and those it holds already, are not applied", () => {
  const { topic, heard } = listened();
  topic.receive(event(4));
  topic.joined({ seq: 4, snapshot: {} }, null);
  [3, 4, 5, 5].forEach((seq) => topic.receive(event(seq)));
  assert.deepEqual(heard, [["snapshot", 4], 5]);
});

test("what has no number is told at once", () => {
  const { topic, heard } = listened();
  topic.receive({ type: "typing", topic: "chat:1" });
  assert.deepEqual(heard, ["typing"]);
});

test("an event that overtook others waits for them", (context) => {
  const { topic, heard, asked } = listened();
  topic.joined({ seq: 0, snapshot: {} }, null);
  [3, 2].forEach((seq) => topic.receive(event(seq)));
  assert.deepEqual(heard, [["snapshot", 0]]);
  topic.receive(event(1));
  assert.deepEqual(heard, [["snapshot", 0], 1, 2, 3]);
  context.mock.timers.tick(1000);
  assert.deepEqual(asked, []);
});

test("what does not come is asked for once", (context) => {
  const { topic, asked } = listened();
  topic.joined({ seq: 0, snapshot: {} }, null);
  topic.receive(event(2));
  topic.hear(5);
  context.mock.timers.tick(299);
  assert.deepEqual(asked, []);
  context.mock.timers.tick(1);
  assert.deepEqual(asked, [0]);
});

test("a logged topic goes on where it was, page by page", (context) => {
  const { topic, heard, asked } = listened({ logged: true });
  topic.joined({ seq: 2, snapshot: {} }, null);
  topic.joined({ seq: 6, snapshot: {}, more: true }, 2);
  [3, 4].forEach((seq) => topic.receive(event(seq)));
  context.mock.timers.tick(40);
  assert.deepEqual(asked, [4]);
  topic.joined({ seq: 6, snapshot: {} }, 4);
  [5, 6].forEach((seq) => topic.receive(event(seq)));
  assert.deepEqual(heard.filter(Number), [3, 4, 5, 6]);
  context.mock.timers.tick(1000);
  assert.deepEqual(asked, [4]);
});

test("a listener's mistake keeps an event neither from the others nor from being counted", () => {
  const told = [];
  globalThis.reportError = (error) => told.push(error.message);
  const { topic, heard } = listened();
  topic.listeners.add({
    onEvent() {
      throw new Error("mine");
    },
  });
  topic.joined({ seq: 0, snapshot: {} }, null);
  topic.receive(event(1));
  topic.receive(event(2));
  assert.deepEqual(heard, [["snapshot", 0], 1, 2]);
  assert.deepEqual(told, ["mine", "mine"]);
});

test("in any order and with any repetition, all are applied once and in order", () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = chance(seed);
    const { topic, heard } = listened({ logged: true });
    topic.joined({ seq: 0, snapshot: {} }, null);
    const numbers = [...Array(20).keys()].map((at) => at + 1);
    const sent = [...numbers, ...numbers.filter(() => random() < 0.5)].map((seq) => [random(), seq]).sort(([a], [b]) => a - b);
    sent.forEach(([, seq]) => topic.receive(event(seq)));
    assert.deepEqual(heard.slice(1), numbers, `seed ${seed}`);
  }
});
