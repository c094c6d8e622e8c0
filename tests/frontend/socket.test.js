// The page's one socket: it comes back by itself, asks again for its topics, and lets nobody wait for an answer for ever.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { ScriptedWebSocket, current, page, renew } from "./page.js";
import { settled } from "./room.js";

const { socket } = await import("../../frontend/static/js/lib/socket.js");

let heard;
let joined;

beforeEach(() => {
  renew(socket);
  heard = [];
  joined = socket.join("chat:1", {
    logged: true,
    onSnapshot: (_, seq) => heard.push(["snapshot", seq]),
    onEvent: ({ seq }) => heard.push(seq),
    onStatus: (status) => heard.push(status),
    onRefused: ({ code }) => heard.push(["refused", code]),
  });
  current().opens();
});

/** Answers the newest command. */
async function answer(fields) {
  const { ref } = current().sent.at(-1);
  current().says({ ref, type: "ok", ...fields });
  await settled();
}

test("a page opens one socket beside it and joins what it listens to", async () => {
  assert.deepEqual([ScriptedWebSocket.all.length, current().address], [1, "wss://fair.test/ws/"]);
  const [{ ref, ...join }] = current().sent;
  assert.deepEqual(join, { topic: "chat:1", type: "join" });
  await answer({ seq: 4, snapshot: {} });
  current().says({ topic: "chat:1", type: "message.posted", seq: 5 });
  assert.deepEqual(heard, ["waiting", "connecting", "open", ["snapshot", 4], 5]);
  assert.ok(ref > 0);
});

test("after a break it comes back within a second and goes on from what it knows", async () => {
  await answer({ seq: 4, snapshot: {} });
  const waits = assert.rejects(joined.send("message.post"), { code: "no_connection" });
  current().breaks();
  await waits;
  mock.timers.tick(750);
  assert.equal(ScriptedWebSocket.all.length, 2);
  current().opens();
  assert.equal(current().sent[0].after, 4);
});

test("tries are further and further apart, and none is later than the bound", () => {
  const gaps = [];
  for (let tries = 0; tries < 12; tries++) {
    const { length } = ScriptedWebSocket.all;
    current().breaks();
    let gap = 0;
    for (; ScriptedWebSocket.all.length === length; gap += 50) {
      mock.timers.tick(50);
    }
    gaps.push(gap);
  }
  assert.ok(gaps[0] <= 800);
  assert.ok(Math.max(...gaps) <= 4300);
  assert.ok(Math.max(...gaps) > gaps[0]);
});

test("a server that says how long it is away is not asked before", () => {
  current().says({ type: "going_away", retry_after: 7 });
  current().breaks(4503);
  mock.timers.tick(6999);
  assert.equal(ScriptedWebSocket.all.length, 1);
  mock.timers.tick(502);
  assert.equal(ScriptedWebSocket.all.length, 2);
});

test("who is no longer signed in is not connected again", () => {
  current().breaks(4401);
  mock.timers.tick(120_000);
  document.dispatchEvent(new Event("visibilitychange"));
  assert.deepEqual([ScriptedWebSocket.all.length, socket.reason], [1, "signed_out"]);
});

/** Somebody follows a link and, later, goes back. */
function goAndComeBack() {
  page.dispatchEvent(new Event("pagehide"));
  mock.timers.tick(600_000);
  assert.deepEqual([ScriptedWebSocket.all.length, current().readyState], [1, 3]);
  page.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  assert.equal(ScriptedWebSocket.all.length, 2);
  current().opens();
}

test("a page that is left and come back to asks for what came meanwhile", async () => {
  await answer({ seq: 4, snapshot: {} });
  goAndComeBack();
  assert.equal(current().sent[0].after, 4);
  await answer({ seq: 6, snapshot: {} });
  current().says({ topic: "chat:1", type: "message.posted", seq: 5 });
  current().says({ topic: "chat:1", type: "message.posted", seq: 6 });
  assert.deepEqual(heard.slice(-3), [["snapshot", 6], 5, 6]);
  // Whose line ends later reads on, and is told.
  current().breaks(4401);
  assert.deepEqual([socket.reason, location.reloads], ["signed_out", 0]);
});

test("a page that is come back to after its person has signed out is asked for anew", () => {
  goAndComeBack();
  current().breaks(4401);
  assert.equal(location.reloads, 1);
});

test("a line on which the server has gone silent is given up, one with heartbeats is not", async () => {
  await answer({ seq: 0, snapshot: {} });
  for (let beats = 0; beats < 4; beats++) {
    mock.timers.tick(25_000);
    current().says({ type: "heartbeat", seqs: {} });
  }
  assert.deepEqual([ScriptedWebSocket.all.length, current().sent.at(-1)], [1, { type: "heartbeat" }]);
  mock.timers.tick(29_000);
  assert.deepEqual([ScriptedWebSocket.all.length, ScriptedWebSocket.all[0].readyState], [2, 3]);
});

test("a socket that does not open is given up too", () => {
  current().breaks();
  mock.timers.tick(1000);
  assert.equal(ScriptedWebSocket.all.length, 2);
  mock.timers.tick(11_000);
  assert.equal(ScriptedWebSocket.all.length, 3);
});

test("what is not answered is refused, and a silent line with it", async () => {
  await answer({ seq: 0, snapshot: {} });
  const late = assert.rejects(joined.send("message.post"), { code: "no_answer" });
  mock.timers.tick(15_000);
  await late;
  assert.equal(ScriptedWebSocket.all.length, 2);
});

test("what is asked without a line is refused at once", async () => {
  current().breaks();
  await assert.rejects(joined.send("message.post"), { code: "no_connection" });
});

test("the browser's word that the network is gone, or here, is heeded at once", () => {
  page.dispatchEvent(new Event("offline"));
  assert.deepEqual([socket.status, socket.reason], ["waiting", "offline"]);
  page.dispatchEvent(new Event("online"));
  assert.deepEqual([ScriptedWebSocket.all.length, socket.status], [2, "connecting"]);
});

test("a topic that may be asked for later is, and one that is refused is left", async () => {
  const refuse = async (code) => {
    current().says({ ref: current().sent.at(-1).ref, type: "refused", code, detail: "" });
    await settled();
  };
  await refuse("unavailable");
  mock.timers.tick(5000);
  assert.deepEqual(current().sent.map(({ type }) => type), ["join", "join"]);
  await refuse("not_found");
  mock.timers.tick(20_000);
  assert.deepEqual(current().sent.length, 2);
  assert.deepEqual(heard.at(-1), ["refused", "not_found"]);
  current().breaks();
  mock.timers.tick(5000);
  current().opens();
  assert.deepEqual(current().sent, []);
});

test("a heartbeat that knows of more than has come asks for it", async () => {
  await answer({ seq: 4, snapshot: {} });
  current().says({ type: "heartbeat", seqs: { "chat:1": 6 } });
  mock.timers.tick(300);
  const { type, after } = current().sent.at(-1);
  assert.deepEqual([type, after], ["join", 4]);
});

test("a page that listens to nothing any more leaves", async () => {
  await answer({ seq: 4, snapshot: {} });
  joined.leave();
  assert.equal(current().sent.at(-1).type, "leave");
  current().says({ topic: "chat:1", type: "message.posted", seq: 5 });
  assert.equal(heard.includes(5), false);
});
