// What a call says of itself while its lines come and go: the state it is in, the words over it, and how its line is.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import "./page.js";
import { ScriptedRoom, pass } from "./room.js";

/** A part of the page that keeps every text it has shown. */
class Place {
  texts = [""];

  get textContent() {
    return this.texts.at(-1);
  }

  set textContent(text) {
    this.texts.push(text);
  }

  setAttribute() {}
}

let Call;
Object.assign(globalThis, { HTMLElement: Place, customElements: { define: (_, element) => (Call = element) } });
const { stateOf } = await import("../../frontend/static/js/call/state.js");
await import("../../frontend/static/js/elements/call.js");
const { CallLine } = await import("../../frontend/static/js/call/quality.js");
const { CallWord } = await import("../../frontend/static/js/call/status.js");

const INTERPRETER = { connection_id: "between", person: { id: 3 }, part: "interpreter", side: "" };
const INSTEAD = "There is no connection to the other side. Use the chat or the telephone; this page keeps trying.";

mock.timers.reset();
beforeEach((context) => context.mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] }));

/** What the page of a scripted room shows of its call. */
class Shown {
  places = { ".call__word": new Place(), ".call__line": new Place() };

  constructor(page) {
    this.peers = page.peers;
    this.room = { isInside: true, isEntering: false, hasLine: true, others: [], send: async () => {} };
    this.look = () => (this.room.others = page.others);
    this.word = new CallWord(this);
    this.line = new CallLine(this);
    this.peers.addEventListener("change", () => this.show());
  }

  querySelector(selector) {
    return this.places[selector];
  }

  get state() {
    this.look();
    return stateOf(this.room, this.peers);
  }

  show() {
    this.word.show();
    this.line.show();
  }

  /** The texts of a place, from the first on that is this one. */
  since(selector, text) {
    const { texts } = this.places[selector];
    return texts.slice(texts.indexOf(text));
  }
}

async function connected(context) {
  const room = new ScriptedRoom();
  const shown = new Shown(room.pages[0]);
  for (const page of room.pages) {
    page.enter();
    await pass(context.mock.timers, 500);
  }
  await pass(context.mock.timers, 6000);
  assert.deepEqual([shown.state, shown.line.place.textContent], ["connected", "Line: good"]);
  return { room, shown };
}

test("that there is no connection stays said, whatever is attempted, until there is one", async (context) => {
  const { room, shown } = await connected(context);
  room.paths.direct = room.paths.relay = false;
  await pass(context.mock.timers, 90_000);
  assert.equal(shown.peers.attempts.ended.size > 2, true);
  assert.deepEqual(shown.since(".call__word", INSTEAD), [INSTEAD]);
  assert.deepEqual(shown.since(".call__line", "Line: lost"), ["Line: lost"]);
  room.paths.direct = room.paths.relay = true;
  await pass(context.mock.timers, 30_000);
  assert.equal(shown.state, "connected");
  assert.deepEqual(shown.since(".call__word", INSTEAD), [INSTEAD, ""]);
  assert.deepEqual(shown.since(".call__line", "Line: lost"), ["Line: lost", "Line: good"]);
});

test("a good line to the interpreter does not make up for that to the other side", async (context) => {
  const { room, shown } = await connected(context);
  const getStats = async () => new Map();
  const between = { other: INTERPRETER, isFlowing: true, line: { getStats }, close() {} };
  shown.look = () => (shown.room.others = [...room.pages[0].others, INTERPRETER]);
  shown.peers.pairs.get(room.pages[1].person).line.isFed = false;
  await pass(context.mock.timers, 3100);
  shown.peers.pairs.set(INTERPRETER.person.id, between);
  shown.peers.met.add(INTERPRETER.person.id);
  await pass(context.mock.timers, 6000);
  assert.deepEqual([shown.state, shown.line.place.textContent], ["reconnecting", "Line: lost"]);
});

test("who never had a line to anybody waits for the first one, alone or not", () => {
  const peers = { pairs: new Map(), met: new Set() };
  const seats = (others) => ({ isInside: true, isEntering: false, others });
  const other = { ...INTERPRETER, part: "party" };
  assert.deepEqual(
    [[], [INTERPRETER], [other, INTERPRETER]].map((others) => stateOf(seats(others), peers)),
    ["alone", "alone", "joining"],
  );
  assert.equal(stateOf({ ...seats([other]), isInside: false }, peers), "lobby");
});

test("who enters is named when they were away, and not when this page was, or their socket", async (context) => {
  const { room, shown } = await connected(context);
  const [page, other] = room.pages;
  const named = [];
  const call = { person: 1, room: shown.room, peers: page.peers, word: { say: (text) => named.push(text) }, tellTracks() {} };
  const enters = () => Call.prototype.entered.call(call, { ...room.seats.get(2), person: { id: 2, name: { en: "Bo" } } });
  enters();
  // This page wakes: nothing has come for a while, and the other has been there all the time.
  page.pair.line.isFed = false;
  await pass(context.mock.timers, 3100);
  assert.equal(page.pair.isFlowing, false);
  enters();
  assert.deepEqual(named, []);
  const seat = room.seats.get(2);
  other.loseSocket();
  other.peers.close();
  await pass(context.mock.timers, 60_000);
  assert.equal(page.pair, undefined);
  room.seats.set(2, seat);
  enters();
  assert.deepEqual(named, ["Bo has entered"]);
});
