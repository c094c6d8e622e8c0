// The mesh of a room of two pages while sockets and network paths come and go.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { pass, randomFrom, settled } from "./helpers.js";
import { ScriptedRoom } from "./scripted-room.js";

const SEEDS = Number(process.env.SEEDS ?? 60);

beforeEach((context) => context.mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] }));

async function connected(context, random) {
  const room = new ScriptedRoom(random);
  for (const page of room.pages) {
    page.enter();
    await pass(context.mock.timers, 500);
  }
  await pass(context.mock.timers, 1000);
  assert.deepEqual(states(room), ["connected", "connected"]);
  return room;
}

const states = (room) => room.pages.map((page) => page.state);

function goOffline(page) {
  page.isOffline = true;
  page.loseSocket();
}

function heal(room) {
  room.paths.direct = room.paths.relay = true;
  room.signalsToLose = 0; // the time to connect counts from the last signal that was lost
  for (const page of room.pages) {
    page.isOffline = false;
    page.hasSocket || page.reconnect();
  }
}

for (const [index, side] of ["the polite", "the impolite"].entries()) {
  test(`after half a minute without any network ${side} side is connected again`, async (context) => {
    const room = await connected(context);
    goOffline(room.pages[index]);
    await pass(context.mock.timers, 35_000);
    heal(room);
    await pass(context.mock.timers, 8000);
    assert.deepEqual(states(room), ["connected", "connected"]);
  });

  test(`${side} side repeats an offer that was lost with its socket`, async (context) => {
    const room = await connected(context);
    const page = room.pages[index];
    goOffline(page);
    page.peers.call(room.pages[1 - index].person);
    await settled();
    const { pair } = page;
    assert.deepEqual(page.sent.at(-1).type, "rtc.offer");
    heal(room);
    await pass(context.mock.timers, 6000);
    assert.notEqual(page.pair, pair); // it has no candidates, and never will
    assert.deepEqual(states(room), ["connected", "connected"]);
  });

  test(`${side} side repeats an offer that the server has not passed on`, async (context) => {
    const room = new ScriptedRoom();
    room.pages[1 - index].enter();
    await pass(context.mock.timers, 500);
    room.signalsToLose = 1;
    room.pages[index].enter();
    await pass(context.mock.timers, 22_000);
    assert.deepEqual(states(room), ["connected", "connected"]);
  });

  test(`${side} side repeats an ICE restart whose offer reached nobody`, async (context) => {
    const room = await connected(context);
    const pairs = room.pages.map((page) => page.pair);
    goOffline(room.pages[index]);
    await pass(context.mock.timers, 12_000);
    assert.deepEqual(states(room), ["disconnected", "disconnected"]);
    // The old paths are gone for good: only new ones can connect.
    pairs.forEach((pair) => (pair.pc.agreed = { local: `old ${pair.pc.name}`, remote: "" }));
    heal(room);
    await pass(context.mock.timers, 7000);
    assert.deepEqual(states(room), ["connected", "connected"]);
    assert.deepEqual(room.pages.map((page) => page.pair), pairs);
  });
}

test("the same side is polite after either has another connection id", async (context) => {
  const room = await connected(context);
  for (const page of [room.pages[0], room.pages[1], room.pages[0], room.pages[0]]) {
    page.loseSocket();
    page.reconnect();
    await pass(context.mock.timers, 6000);
    assert.deepEqual(room.pages.map(({ pair }) => pair.polite), [true, false]);
  }
});

test("an attempt that finds no candidates is followed by one that does", async (context) => {
  const room = new ScriptedRoom();
  room.paths.direct = room.paths.relay = false;
  room.pages.forEach((page) => page.enter());
  await pass(context.mock.timers, 26_000);
  const relayed = room.pages.filter(({ pair }) => pair.pc.policy === "relay");
  assert.equal(relayed.length, 1);
  room.paths.direct = true; // the relay stays away
  await pass(context.mock.timers, 12_000);
  assert.deepEqual(states(room), ["connected", "connected"]);
  assert.deepEqual(room.pages.map(({ pair }) => pair.pc.policy), ["all", "all"]);
});

test("a relay that comes up again is used", async (context) => {
  const room = new ScriptedRoom();
  room.paths.direct = room.paths.relay = false;
  room.pages.forEach((page) => page.enter());
  await pass(context.mock.timers, 60_000);
  assert.equal(states(room).includes("connected"), false);
  room.paths.relay = true;
  await pass(context.mock.timers, 25_000);
  assert.deepEqual(states(room), ["connected", "connected"]);
});

test("a pair outlives the other side's socket while media flows, and no longer", async (context) => {
  const room = await connected(context);
  const [page, other] = room.pages;
  const { pair } = page;
  other.loseSocket();
  await pass(context.mock.timers, 60_000);
  assert.equal(room.present.has(other.person), false);
  assert.equal(page.pair, pair);
  assert.equal(page.state, "connected");
  other.reconnect();
  await pass(context.mock.timers, 6000);
  assert.deepEqual([page.pair, page.state], [pair, "connected"]);
  other.loseSocket();
  other.peers.close();
  await pass(context.mock.timers, 45_000);
  assert.equal(page.state, "none");
});

test("media that stops is noticed before the browser reports it, unless the other side has switched everything off", async (context) => {
  const room = await connected(context);
  const [page] = room.pages;
  await pass(context.mock.timers, 2000);
  assert.equal(page.pair.isFlowing, true);
  page.pair.pc.receivesMedia = false;
  await pass(context.mock.timers, 3100);
  assert.deepEqual([page.state, page.pair.isFlowing], ["connected", false]);
  page.pair.pc.receivesMedia = true;
  await pass(context.mock.timers, 1100);
  assert.equal(page.pair.isFlowing, true);
  page.peers.isSending = () => false;
  page.pair.pc.receivesMedia = false;
  await pass(context.mock.timers, 5000);
  assert.equal(page.pair.isFlowing, true);
});

test("a late offer of an attempt that is over starts no new one", async (context) => {
  const room = await connected(context);
  const [page, other] = room.pages;
  const { id } = page.pair;
  page.peers.call(other.person);
  const { pair } = page;
  page.peers.receive({ type: "rtc.offer", pair: id, sdp: "pc0/9", from: other.connection });
  assert.equal(page.pair, pair);
  await pass(context.mock.timers, 1000);
  assert.deepEqual(room.pages.map((each) => each.pair.id), [pair.id, pair.id]);
  assert.deepEqual(states(room), ["connected", "connected"]);
});

test("what was prepared in the lobby is sent once, to those who are still there", async (context) => {
  const room = new ScriptedRoom();
  const [page, other] = room.pages;
  other.enter();
  await pass(context.mock.timers, 500);
  page.peers.sync(room.others(page), true);
  await settled();
  const first = page.pair.id;
  other.staysDisconnected();
  other.reconnect();
  await pass(context.mock.timers, 4000);
  page.peers.sync(room.others(page), true);
  const { pair } = page;
  await pass(context.mock.timers, 60_000); // nothing has been sent yet, so nothing can fail
  assert.deepEqual([page.sent, page.pair], [[], pair]);
  page.enter();
  await pass(context.mock.timers, 1000);
  assert.deepEqual(states(room), ["connected", "connected"]);
  assert.equal(page.pair, pair);
  assert.deepEqual(page.sent.filter(({ pair: id }) => id === first), []);
});

test("a refusal for an old connection id does not end the attempt with the next one", async (context) => {
  const room = await connected(context);
  const [page, other] = room.pages;
  page.peers.call(other.person);
  const { pair } = page;
  let refuse;
  page.peers.signaling.send = () => new Promise((_, reject) => (refuse = reject));
  page.peers.signaling.signal(pair, { type: "rtc.candidate", candidate: {} });
  pair.other = { ...pair.other, connection_id: "the-next" };
  refuse({ code: "peer_gone" });
  await settled();
  assert.equal(page.pair, pair);
});

/** What may happen to a call, at random. */
const INCIDENTS = [
  (_, page) => goOffline(page),
  (room) => room.pages.forEach(goOffline),
  (_, page) => page.loseSocket(),
  (_, page) => page.hasSocket || page.isOffline || page.reconnect(),
  (_, page) => page.reload(),
  (room) => (room.paths.direct = !room.paths.direct),
  (room) => (room.paths.relay = !room.paths.relay),
  (room) => (room.signalsToLose = 1),
  (room) => heal(room),
  (room) => heal(room),
];

test("after any incidents both sides are connected with each other once the network works", async (context) => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    context.mock.timers.reset();
    context.mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
    const random = randomFrom(seed);
    const room = new ScriptedRoom(random);
    room.latency = 20 + random() * 700;
    room.pages.forEach((page) => page.enter());
    const happened = [];
    for (let count = 0; count < 12; count++) {
      await pass(context.mock.timers, random() * (random() < 0.3 ? 30_000 : 3000), 100);
      const incident = Math.floor(random() * INCIDENTS.length);
      const index = Math.floor(random() * 2);
      happened.push([incident, index]);
      INCIDENTS[incident](room, room.pages[index]);
    }
    heal(room);
    await pass(context.mock.timers, 30_000, 100);
    const result = { states: states(room), same: room.pages[0].pair?.id === room.pages[1].pair?.id };
    assert.deepEqual(result, { states: ["connected", "connected"], same: true }, `seed ${seed}: ${JSON.stringify(happened)}`);
    room.pages.forEach((page) => page.lifetime.abort());
  }
});
