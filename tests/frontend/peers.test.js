// The lines of a room, whatever happens to sockets and paths: two pages over scripted connections.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { ScriptedRoom, chance, pass, settled } from "./room.js";

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

function cut(page) {
  page.isOff = true;
  page.loseSocket();
}

function heal(room) {
  room.paths.direct = room.paths.relay = true;
  room.swallows = 0; // the time to come together is counted from the last signal that was lost
  for (const page of room.pages) {
    page.isOff = false;
    page.hasSocket || page.findSocket();
  }
}

for (const [who, name] of ["the polite", "the impolite"].entries()) {
  test(`after half a minute without any network ${name} one comes back`, async (context) => {
    const room = await connected(context);
    cut(room.pages[who]);
    await pass(context.mock.timers, 35_000);
    heal(room);
    await pass(context.mock.timers, 8000);
    assert.deepEqual(states(room), ["connected", "connected"]);
  });

  test(`${name} one's offer that died with its socket is made again`, async (context) => {
    const room = await connected(context);
    const page = room.pages[who];
    cut(page);
    page.peers.call(room.pages[1 - who].person);
    await settled();
    const { pair } = page;
    assert.deepEqual(page.said.at(-1).type, "rtc.offer");
    heal(room);
    await pass(context.mock.timers, 6000);
    assert.notEqual(page.pair, pair); // it has no candidates, and never will
    assert.deepEqual(states(room), ["connected", "connected"]);
  });

  test(`${name} one's offer that was never passed on is made again`, async (context) => {
    const room = new ScriptedRoom();
    room.pages[1 - who].enter();
    await pass(context.mock.timers, 500);
    room.swallows = 1;
    room.pages[who].enter();
    await pass(context.mock.timers, 22_000);
    assert.deepEqual(states(room), ["connected", "connected"]);
  });

  test(`a new path that ${name} one proposed to nobody is proposed again`, async (context) => {
    const room = await connected(context);
    const lines = room.pages.map((page) => page.pair);
    cut(room.pages[who]);
    await pass(context.mock.timers, 12_000);
    assert.deepEqual(states(room), ["disconnected", "disconnected"]);
    // The old paths are gone for good: only new ones help.
    lines.forEach((pair) => (pair.line.agreed = { local: `old ${pair.line.name}`, remote: "" }));
    heal(room);
    await pass(context.mock.timers, 7000);
    assert.deepEqual(states(room), ["connected", "connected"]);
    assert.deepEqual(room.pages.map((page) => page.pair), lines);
  });
}

test("who gives way is the same after either has come back under another name", async (context) => {
  const room = await connected(context);
  for (const page of [room.pages[0], room.pages[1], room.pages[0], room.pages[0]]) {
    page.loseSocket();
    page.findSocket();
    await pass(context.mock.timers, 6000);
    assert.deepEqual(room.pages.map(({ pair }) => pair.polite), [true, false]);
  }
});

test("a line that finds no candidates gives way to one that does", async (context) => {
  const room = new ScriptedRoom();
  room.paths.direct = room.paths.relay = false;
  room.pages.forEach((page) => page.enter());
  await pass(context.mock.timers, 26_000);
  const relayed = room.pages.filter(({ pair }) => pair.line.policy === "relay");
  assert.equal(relayed.length, 1);
  room.paths.direct = true; // the relay stays away
  await pass(context.mock.timers, 12_000);
  assert.deepEqual(states(room), ["connected", "connected"]);
  assert.deepEqual(room.pages.map(({ pair }) => pair.line.policy), ["all", "all"]);
});

test("a relay that is back is found", async (context) => {
  const room = new ScriptedRoom();
  room.paths.direct = room.paths.relay = false;
  room.pages.forEach((page) => page.enter());
  await pass(context.mock.timers, 60_000);
  assert.equal(states(room).includes("connected"), false);
  room.paths.relay = true;
  await pass(context.mock.timers, 25_000);
  assert.deepEqual(states(room), ["connected", "connected"]);
});

test("a line over which media flows outlives the other's socket, and one that is dead does not", async (context) => {
  const room = await connected(context);
  const [page, other] = room.pages;
  const { pair } = page;
  other.loseSocket();
  await pass(context.mock.timers, 60_000);
  assert.equal(room.seats.has(other.person), false);
  assert.equal(page.pair, pair);
  assert.equal(page.state, "connected");
  other.findSocket();
  await pass(context.mock.timers, 6000);
  assert.deepEqual([page.pair, page.state], [pair, "connected"]);
  other.loseSocket();
  other.peers.close();
  await pass(context.mock.timers, 45_000);
  assert.equal(page.state, "none");
});

test("media that stops is noticed before the browser says so, and silence by choice is not taken for it", async (context) => {
  const room = await connected(context);
  const [page] = room.pages;
  await pass(context.mock.timers, 2000);
  assert.equal(page.pair.isFlowing, true);
  page.pair.line.isFed = false;
  await pass(context.mock.timers, 3100);
  assert.deepEqual([page.state, page.pair.isFlowing], ["connected", false]);
  page.pair.line.isFed = true;
  await pass(context.mock.timers, 1100);
  assert.equal(page.pair.isFlowing, true);
  page.peers.gives = () => false;
  page.pair.line.isFed = false;
  await pass(context.mock.timers, 5000);
  assert.equal(page.pair.isFlowing, true);
});

test("what is left of an attempt that is over begins no new one", async (context) => {
  const room = await connected(context);
  const [page, other] = room.pages;
  const { id } = page.pair;
  page.peers.call(other.person);
  const { pair } = page;
  page.peers.take({ type: "rtc.offer", pair: id, sdp: "line0/9", from: other.name });
  assert.equal(page.pair, pair);
  await pass(context.mock.timers, 1000);
  assert.deepEqual(room.pages.map((one) => one.pair.id), [pair.id, pair.id]);
  assert.deepEqual(states(room), ["connected", "connected"]);
});

test("what was prepared in the lobby is said once, to those who are still there", async (context) => {
  const room = new ScriptedRoom();
  const [page, other] = room.pages;
  other.enter();
  await pass(context.mock.timers, 500);
  page.peers.sync(room.others(page), true);
  await settled();
  const first = page.pair.id;
  other.staysAway();
  other.findSocket();
  await pass(context.mock.timers, 4000);
  page.peers.sync(room.others(page), true);
  const { pair } = page;
  await pass(context.mock.timers, 60_000); // nobody has been asked yet: nothing can have failed
  assert.deepEqual([page.said, page.pair], [[], pair]);
  page.enter();
  await pass(context.mock.timers, 1000);
  assert.deepEqual(states(room), ["connected", "connected"]);
  assert.equal(page.pair, pair);
  assert.deepEqual(page.said.filter(({ pair: id }) => id === first), []);
});

test("that a name is gone says nothing of an attempt with the next one", async (context) => {
  const room = await connected(context);
  const [page, other] = room.pages;
  page.peers.call(other.person);
  const { pair } = page;
  let refuse;
  page.peers.signals.send = () => new Promise((_, reject) => (refuse = reject));
  page.peers.signals.say("rtc.candidate", pair, {});
  pair.other = { ...pair.other, connection_id: "the-next" };
  refuse({ code: "peer_gone" });
  await settled();
  assert.equal(page.pair, pair);
});

/** What may happen to a call, by chance. */
const HAPPENINGS = [
  (_, page) => cut(page),
  (room) => room.pages.forEach(cut),
  (_, page) => page.loseSocket(),
  (_, page) => page.hasSocket || page.isOff || page.findSocket(),
  (_, page) => page.reload(),
  (room) => (room.paths.direct = !room.paths.direct),
  (room) => (room.paths.relay = !room.paths.relay),
  (room) => (room.swallows = 1),
  (room) => heal(room),
  (room) => heal(room),
];

test("whatever happens, once the network is well both are connected with each other", async (context) => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    context.mock.timers.reset();
    context.mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
    const random = chance(seed);
    const room = new ScriptedRoom(random);
    room.latency = 20 + random() * 700;
    room.pages.forEach((page) => page.enter());
    const happened = [];
    for (let count = 0; count < 12; count++) {
      await pass(context.mock.timers, random() * (random() < 0.3 ? 30_000 : 3000), 100);
      const happening = Math.floor(random() * HAPPENINGS.length);
      const who = Math.floor(random() * 2);
      happened.push([happening, who]);
      HAPPENINGS[happening](room, room.pages[who]);
    }
    heal(room);
    await pass(context.mock.timers, 30_000, 100);
    const seen = { states: states(room), same: room.pages[0].pair?.id === room.pages[1].pair?.id };
    assert.deepEqual(seen, { states: ["connected", "connected"], same: true }, `seed ${seed}: ${JSON.stringify(happened)}`);
    room.pages.forEach((page) => page.peers.close());
  }
});
