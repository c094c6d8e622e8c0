// What a call shows while its connections come and go: its state, its status line and the quality of the connection.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { pass } from "./helpers.js";
import "./scripted-page.js";
import { ScriptedRoom } from "./scripted-room.js";

/** An element that keeps every text it was given. */
class ScriptedElement {
  texts = [""];

  get textContent() {
    return this.texts.at(-1);
  }

  set textContent(text) {
    this.texts.push(text);
  }

  setAttribute() {}
}

globalThis.HTMLElement = ScriptedElement;
const { stateOf } = await import("../../frontend/static/js/call/state.js");
const { Call } = await import("../../frontend/static/js/call/call.js");
const { CallQuality } = await import("../../frontend/static/js/call/quality.js");
const { CallStatus } = await import("../../frontend/static/js/call/status.js");

const INTERPRETER = { connection_id: "interpreter", person: { id: 3 }, part: "interpreter", side: "" };
const ALTERNATIVES = "No connection to the other side. Use the chat or the telephone. This page will keep trying.";

mock.timers.reset();
beforeEach((context) => context.mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] }));

/** A call with only the status line and the quality. */
class ScriptedCall {
  elements = { ".call__message": new ScriptedElement(), ".call__line": new ScriptedElement() };
  element = {
    querySelector: (selector) => this.elements[selector],
    getAttribute: (name) => ({ "data-weak-rtt-ms": "600", "data-weak-loss-percent": "8" })[name],
  };
  signal = new AbortController().signal;

  constructor(page) {
    this.peers = page.peers;
    this.room = { isInside: true, isEntering: false, isConnected: true, others: [], send: async () => {} };
    this.updateOthers = () => (this.room.others = page.others);
    this.status = new CallStatus(this);
    this.quality = new CallQuality(this);
    this.peers.addEventListener("change", () => this.show());
  }

  get state() {
    this.updateOthers();
    return stateOf(this.room, this.peers);
  }

  show() {
    this.status.show();
    this.quality.show();
  }

  /** The texts that an element has shown, from the first that equals `text`. */
  textsSince(selector, text) {
    const { texts } = this.elements[selector];
    return texts.slice(texts.indexOf(text));
  }
}

async function connected(context) {
  const room = new ScriptedRoom();
  const call = new ScriptedCall(room.pages[0]);
  for (const page of room.pages) {
    page.enter();
    await pass(context.mock.timers, 500);
  }
  await pass(context.mock.timers, 6000);
  assert.deepEqual([call.state, call.quality.root.textContent], ["connected", "Connection: good"]);
  return { room, call };
}

test("that there is no connection stays shown during all attempts, until there is one", async (context) => {
  const { room, call } = await connected(context);
  room.paths.direct = room.paths.relay = false;
  await pass(context.mock.timers, 90_000);
  assert.equal(call.peers.attempts.ended.size > 2, true);
  assert.deepEqual(call.textsSince(".call__message", ALTERNATIVES), [ALTERNATIVES]);
  assert.deepEqual(call.textsSince(".call__line", "Connection: lost"), ["Connection: lost"]);
  room.paths.direct = room.paths.relay = true;
  await pass(context.mock.timers, 30_000);
  assert.equal(call.state, "connected");
  assert.deepEqual(call.textsSince(".call__message", ALTERNATIVES), [ALTERNATIVES, ""]);
  assert.deepEqual(call.textsSince(".call__line", "Connection: lost"), ["Connection: lost", "Connection: good"]);
});

test("a good connection to the interpreter does not make up for a lost one to the other side", async (context) => {
  const { room, call } = await connected(context);
  const getStats = async () => new Map();
  const pair = { other: INTERPRETER, isFlowing: true, pc: { getStats }, close() {} };
  call.updateOthers = () => (call.room.others = [...room.pages[0].others, INTERPRETER]);
  call.peers.pairs.get(room.pages[1].person).pc.receivesMedia = false;
  await pass(context.mock.timers, 3100);
  call.peers.pairs.set(INTERPRETER.person.id, pair);
  call.peers.everConnected.add(INTERPRETER.person.id);
  await pass(context.mock.timers, 6000);
  assert.deepEqual([call.state, call.quality.root.textContent], ["reconnecting", "Connection: lost"]);
});

test("before the first connection a call is alone or joining", () => {
  const peers = { pairs: new Map(), everConnected: new Set() };
  const roomWith = (others) => ({ isInside: true, isEntering: false, others });
  const other = { ...INTERPRETER, part: "party" };
  assert.deepEqual(
    [[], [INTERPRETER], [other, INTERPRETER]].map((others) => stateOf(roomWith(others), peers)),
    ["alone", "alone", "joining"],
  );
  assert.equal(stateOf({ ...roomWith([other]), isInside: false }, peers), "lobby");
});

test("an entering person is announced when they were away, and not when only a socket was lost", async (context) => {
  const { room, call } = await connected(context);
  const [page, other] = room.pages;
  const announced = [];
  const status = { announce: (sentence) => announced.push(sentence) };
  const ofEvents = { person: 1, room: call.room, peers: page.peers, status, sendTrackState() {} };
  const enters = () => Call.prototype.onEntered.call(ofEvents, { ...room.present.get(2), person: { id: 2, name: { en: "Bo" } } });
  enters();
  // This page was asleep: no media has arrived for a while, and the other was there all the time.
  page.pair.pc.receivesMedia = false;
  await pass(context.mock.timers, 3100);
  assert.equal(page.pair.isFlowing, false);
  enters();
  assert.deepEqual(announced, []);
  const connection = room.present.get(2);
  other.loseSocket();
  other.peers.close();
  await pass(context.mock.timers, 60_000);
  assert.equal(page.pair, undefined);
  room.present.set(2, connection);
  enters();
  assert.deepEqual(announced, ["Bo has joined"]);
});
