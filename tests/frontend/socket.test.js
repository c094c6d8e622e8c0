// The page's WebSocket is opened again by itself, joins its topics again, and answers every command, if only with a refusal.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { settled } from "./helpers.js";
import { ScriptedWebSocket, current, reset, scriptedWindow } from "./scripted-page.js";

const { socket } = await import("../../frontend/static/js/lib/socket.js");

let received;
let subscription;

beforeEach(() => {
  reset(socket);
  received = [];
  subscription = socket.join("chat:1", {
    logged: true,
    onSnapshot: (_, seq) => received.push(["snapshot", seq]),
    onEvent: ({ seq }) => received.push(seq),
    onStatus: (status) => received.push(status),
    onRefused: ({ code }) => received.push(["refused", code]),
  });
  current().opens();
});

/** The server answers the newest command. */
async function answer(fields) {
  const { ref } = current().sent.at(-1);
  current().receives({ ref, type: "ok", ...fields });
  await settled();
}

test("a page opens one socket and joins its topics", async () => {
  assert.deepEqual([ScriptedWebSocket.all.length, current().url], [1, "wss://fair.test/ws/"]);
  const [{ ref, ...join }] = current().sent;
  assert.deepEqual(join, { topic: "chat:1", type: "join" });
  await answer({ seq: 4, snapshot: {} });
  current().receives({ topic: "chat:1", type: "message.posted", seq: 5 });
  assert.deepEqual(received, ["waiting", "connecting", "open", ["snapshot", 4], 5]);
  assert.ok(ref > 0);
});

test("after a break it is open again within a second and the topic goes on from its newest event", async () => {
  await answer({ seq: 4, snapshot: {} });
  const rejected = assert.rejects(subscription.send({ type: "message.post" }), { code: "no_connection" });
  current().breaks();
  await rejected;
  mock.timers.tick(750);
  assert.equal(ScriptedWebSocket.all.length, 2);
  current().opens();
  assert.equal(current().sent[0].after, 4);
});

test("the pauses between attempts grow up to a limit", () => {
  const pauses = [];
  for (let attempts = 0; attempts < 12; attempts++) {
    const { length } = ScriptedWebSocket.all;
    current().breaks();
    let pause = 0;
    for (; ScriptedWebSocket.all.length === length; pause += 50) {
      mock.timers.tick(50);
    }
    pauses.push(pause);
  }
  assert.ok(pauses[0] <= 800);
  assert.ok(Math.max(...pauses) <= 4300);
  assert.ok(Math.max(...pauses) > pauses[0]);
});

test("a server that says for how long it is down is not connected to earlier", () => {
  current().receives({ type: "going_away", retry_after: 7 });
  current().breaks(4503);
  mock.timers.tick(6999);
  assert.equal(ScriptedWebSocket.all.length, 1);
  mock.timers.tick(502);
  assert.equal(ScriptedWebSocket.all.length, 2);
});

test("a person who is signed out is not connected again", () => {
  current().breaks(4401);
  mock.timers.tick(120_000);
  document.dispatchEvent(new Event("visibilitychange"));
  assert.deepEqual([ScriptedWebSocket.all.length, socket.reason], [1, "signed_out"]);
});

/** Somebody follows a link and later goes back. */
function leaveAndGoBack() {
  scriptedWindow.dispatchEvent(new Event("pagehide"));
  mock.timers.tick(600_000);
  assert.deepEqual([ScriptedWebSocket.all.length, current().readyState], [1, 3]);
  scriptedWindow.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  assert.equal(ScriptedWebSocket.all.length, 2);
  current().opens();
}

test("a page that somebody goes back to receives what it has missed", async () => {
  await answer({ seq: 4, snapshot: {} });
  leaveAndGoBack();
  assert.equal(current().sent[0].after, 4);
  await answer({ seq: 6, snapshot: {} });
  current().receives({ topic: "chat:1", type: "message.posted", seq: 5 });
  current().receives({ topic: "chat:1", type: "message.posted", seq: 6 });
  assert.deepEqual(received.slice(-3), [["snapshot", 6], 5, 6]);
  // Signed out later, the page stays and shows the reason.
  current().breaks(4401);
  assert.deepEqual([socket.reason, location.reloads], ["signed_out", 0]);
});

test("a page that somebody goes back to after signing out is loaded again", () => {
  leaveAndGoBack();
  current().breaks(4401);
  assert.equal(location.reloads, 1);
});

test("a connection without any frame is given up, one with heartbeats is not", async () => {
  await answer({ seq: 0, snapshot: {} });
  for (let beats = 0; beats < 4; beats++) {
    mock.timers.tick(25_000);
    current().receives({ type: "heartbeat", seqs: {} });
  }
  assert.deepEqual([ScriptedWebSocket.all.length, current().sent.at(-1)], [1, { type: "heartbeat" }]);
  mock.timers.tick(29_000);
  assert.deepEqual([ScriptedWebSocket.all.length, ScriptedWebSocket.all[0].readyState], [2, 3]);
});

test("a connection that does not open is given up too", () => {
  current().breaks();
  mock.timers.tick(1000);
  assert.equal(ScriptedWebSocket.all.length, 2);
  mock.timers.tick(11_000);
  assert.equal(ScriptedWebSocket.all.length, 3);
});

test("a command that is not answered is refused, and a silent connection given up with it", async () => {
  await answer({ seq: 0, snapshot: {} });
  const rejected = assert.rejects(subscription.send({ type: "message.post" }), { code: "no_answer" });
  mock.timers.tick(15_000);
  await rejected;
  assert.equal(ScriptedWebSocket.all.length, 2);
});

test("a command without a connection is refused at once", async () => {
  current().breaks();
  await assert.rejects(subscription.send({ type: "message.post" }), { code: "no_connection" });
});

test("the browser's events offline and online take effect at once", () => {
  scriptedWindow.dispatchEvent(new Event("offline"));
  assert.deepEqual([socket.status, socket.reason], ["waiting", "offline"]);
  scriptedWindow.dispatchEvent(new Event("online"));
  assert.deepEqual([ScriptedWebSocket.all.length, socket.status], [2, "connecting"]);
});

test("a topic is joined again after a temporary refusal, and not after a final one", async () => {
  const refuse = async (code) => {
    current().receives({ ref: current().sent.at(-1).ref, type: "refused", code, detail: "" });
    await settled();
  };
  await refuse("unavailable");
  mock.timers.tick(5000);
  assert.deepEqual(current().sent.map(({ type }) => type), ["join", "join"]);
  await refuse("not_found");
  mock.timers.tick(20_000);
  assert.deepEqual(current().sent.length, 2);
  assert.deepEqual(received.at(-1), ["refused", "not_found"]);
  current().breaks();
  mock.timers.tick(5000);
  current().opens();
  assert.deepEqual(current().sent, []);
});

test("a heartbeat with a newer number makes the topic join again", async () => {
  await answer({ seq: 4, snapshot: {} });
  current().receives({ type: "heartbeat", seqs: { "chat:1": 6 } });
  mock.timers.tick(300);
  const { type, after } = current().sent.at(-1);
  assert.deepEqual([type, after], ["join", 4]);
});

test("a topic without listeners is left", async () => {
  await answer({ seq: 4, snapshot: {} });
  subscription.leave();
  assert.equal(current().sent.at(-1).type, "leave");
  current().receives({ topic: "chat:1", type: "message.posted", seq: 5 });
  assert.equal(received.includes(5), false);
});
