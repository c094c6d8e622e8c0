// One's seat in a meeting's room: taken, kept over a lost socket, given up to another page.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { current, renew } from "./page.js";
import { settled } from "./room.js";

const { socket } = await import("../../frontend/static/js/lib/socket.js");
const { Room } = await import("../../frontend/static/js/call/room.js");

const ME = 7;
const connection = (id, person) => ({ connection_id: id, person: { id: person }, part: "party", side: "" });
const OTHER = connection("other", 8);

let room;
let said;
let seq;

beforeEach(async () => {
  renew(socket);
  seq = 1;
  room = new Room("3", ME);
  said = [];
  for (const name of ["admitted", "entered", "left", "replaced", "closed"]) {
    room.addEventListener(name, ({ detail }) => said.push([name, detail?.connection_id ?? detail?.code]));
  }
  current().opens();
  await answer(snapshot(OTHER));
});

const at = (minutes) => new Date(Date.now() + minutes * 60_000).toISOString();

function snapshot(...present) {
  const times = { opens_at: at(-10), starts_at: at(0), ends_at: at(20), server_time: at(0) };
  return { seq, snapshot: { ...times, state: "running", present } };
}

const admission = (id) => ({ snapshot: { connection_id: id, server_time: at(0), ends_at: at(20), present: [OTHER], ice_servers: [] } });

/** What the page has asked last, without its number. */
function asked() {
  const { ref, topic, ...command } = current().sent.at(-1);
  return command;
}

async function answer(fields) {
  current().says({ ref: current().sent.at(-1).ref, type: "ok", ...fields });
  await settled();
}

async function refuse(code) {
  current().says({ ref: current().sent.at(-1).ref, type: "refused", code, detail: "" });
  await settled();
}

async function happens(event) {
  current().says({ topic: "meeting:3", seq: ++seq, ...event });
  await settled();
}

async function enter() {
  const entering = room.enter();
  await answer(admission("mine"));
  await entering;
  said.length = 0;
}

/** The socket breaks, comes back, and the room is told anew. */
async function comesBack(...present) {
  current().breaks();
  mock.timers.tick(5000);
  current().opens();
  await answer(snapshot(...present));
}

test("who comes in has a seat, and a new one after the socket was lost, in place of the one before", async () => {
  await enter();
  await comesBack(OTHER);
  assert.deepEqual(asked(), { type: "enter", resumes: "mine" });
  await answer(admission("mine again"));
  assert.deepEqual([said, room.connection, room.isInside], [[["admitted", "mine again"]], "mine again", true]);
});

test("the server may not have noticed that the socket was lost", async () => {
  await enter();
  await comesBack(OTHER, connection("mine", ME));
  assert.deepEqual(asked(), { type: "enter", resumes: "mine" });
});

test("a seat taken by another page is given up, not taken back", async () => {
  await enter();
  await comesBack(OTHER, connection("from another page", ME));
  assert.deepEqual([said, room.isInside, asked().type], [[["replaced", undefined]], false, "join"]);
});

test("a seat of our own that we never heard of is no other page", async () => {
  await enter();
  await comesBack(OTHER);
  assert.equal(asked().type, "enter");
  await comesBack(OTHER, connection("answered into a dead line", ME));
  assert.deepEqual([said, asked()], [[], { type: "enter", resumes: "mine" }]);
});

test("what may pass is tried again, and what does not is said", async () => {
  await enter();
  await comesBack(OTHER);
  await refuse("unavailable");
  mock.timers.tick(3000);
  assert.deepEqual([said, asked().type], [[], "enter"]);
  await refuse("room_full");
  assert.deepEqual(said, [["closed", "room_full"]]);
});

test("one's own seat that the server has ended is taken again", async () => {
  await enter();
  await happens({ type: "connection.left", connection_id: "mine", reason: "lost" });
  assert.deepEqual(asked(), { type: "enter", resumes: "mine" });
});

test("of the others it is known who is in and what they give", async () => {
  await enter();
  assert.equal(room.gives("other"), true);
  for (const [tracks, gives] of [
    [{ mic: false, camera: false, screen: false }, false],
    [{ mic: false, camera: false, screen: true }, true],
    [{ mic: true, camera: false, screen: false }, true],
  ]) {
    current().says({ topic: "meeting:3", type: "track.changed", connection_id: "other", ...tracks });
    assert.equal(room.gives("other"), gives);
  }
  await happens({ type: "connection.entered", connection: connection("other again", 8) });
  assert.deepEqual(room.others.map((one) => one.connection_id), ["other again"]);
  await happens({ type: "connection.left", connection_id: "other again", reason: "exit" });
  assert.deepEqual([said, room.others], [
    [
      ["entered", "other again"],
      ["left", "other again"],
    ],
    [],
  ]);
});
