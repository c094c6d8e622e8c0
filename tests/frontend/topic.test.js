// A topic applies each event once and in order, in whatever order events arrive.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Topic } from "../../frontend/static/js/lib/topic.js";
import { randomFrom } from "./helpers.js";

beforeEach((context) => context.mock.timers.enable({ apis: ["setTimeout"] }));

function makeTopic({ logged = false } = {}) {
  const received = [];
  const joins = [];
  const topic = new Topic("chat:1", () => joins.push(topic.applied));
  topic.add({
    logged,
    onSnapshot: (snapshot, seq) => received.push(["snapshot", seq]),
    onEvent: (event) => received.push(event.seq ?? event.type),
  });
  return { topic, received, joins };
}

const event = (seq) => ({ type: "message.posted", topic: "chat:1", seq });

test("events before the first snapshot, and those it contains, are not applied", () => {
  const { topic, received } = makeTopic();
  topic.receive(event(4));
  topic.onJoined({ seq: 4, snapshot: {} }, null);
  [3, 4, 5, 5].forEach((seq) => topic.receive(event(seq)));
  assert.deepEqual(received, [["snapshot", 4], 5]);
});

test("an ephemeral event is passed on at once", () => {
  const { topic, received } = makeTopic();
  topic.receive({ type: "typing.started", topic: "chat:1" });
  assert.deepEqual(received, ["typing.started"]);
});

test("an event waits for those that it has overtaken", (context) => {
  const { topic, received, joins } = makeTopic();
  topic.onJoined({ seq: 0, snapshot: {} }, null);
  [3, 2].forEach((seq) => topic.receive(event(seq)));
  assert.deepEqual(received, [["snapshot", 0]]);
  topic.receive(event(1));
  assert.deepEqual(received, [["snapshot", 0], 1, 2, 3]);
  context.mock.timers.tick(1000);
  assert.deepEqual(joins, []);
});

test("the topic is joined again, once, when an event does not arrive", (context) => {
  const { topic, joins } = makeTopic();
  topic.onJoined({ seq: 0, snapshot: {} }, null);
  topic.receive(event(2));
  topic.onHeartbeat(5);
  context.mock.timers.tick(299);
  assert.deepEqual(joins, []);
  context.mock.timers.tick(1);
  assert.deepEqual(joins, [0]);
});

test("a logged topic is replayed from where it was, page by page", (context) => {
  const { topic, received, joins } = makeTopic({ logged: true });
  topic.onJoined({ seq: 2, snapshot: {} }, null);
  topic.onJoined({ seq: 6, snapshot: {}, more: true }, 2);
  [3, 4].forEach((seq) => topic.receive(event(seq)));
  context.mock.timers.tick(40);
  assert.deepEqual(joins, [4]);
  topic.onJoined({ seq: 6, snapshot: {} }, 4);
  [5, 6].forEach((seq) => topic.receive(event(seq)));
  assert.deepEqual(received.filter(Number), [3, 4, 5, 6]);
  context.mock.timers.tick(1000);
  assert.deepEqual(joins, [4]);
});

test("an exception in a listener keeps an event neither from the others nor from being applied", () => {
  const reported = [];
  globalThis.reportError = (error) => reported.push(error.message);
  const { topic, received } = makeTopic();
  topic.add({
    onEvent() {
      throw new Error("defect");
    },
  });
  topic.onJoined({ seq: 0, snapshot: {} }, null);
  topic.receive(event(1));
  topic.receive(event(2));
  assert.deepEqual(received, [["snapshot", 0], 1, 2]);
  assert.deepEqual(reported, ["defect", "defect"]);
});

test("events in any order and repeated at random are applied once and in order", () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = randomFrom(seed);
    const { topic, received } = makeTopic({ logged: true });
    topic.onJoined({ seq: 0, snapshot: {} }, null);
    const numbers = [...Array(20).keys()].map((index) => index + 1);
    const sent = [...numbers, ...numbers.filter(() => random() < 0.5)].map((seq) => [random(), seq]).sort(([a], [b]) => a - b);
    sent.forEach(([, seq]) => topic.receive(event(seq)));
    assert.deepEqual(received.slice(1), numbers, `seed ${seed}`);
  }
});
