// A person's connection in a meeting's room: entered, kept over a lost socket, replaced by another page.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { settled } from "./helpers.js";
import { current, reset } from "./scripted-page.js";

const { socket } = await import("../../frontend/static/js/lib/socket.js");
const { Room } = await import("../../frontend/static/js/call/room.js");

const ME = 7;
const connection = (id, person) => ({ connection_id: id, person: { id: person }, part: "party", side: "" });
const OTHER = connection("other", 8);

let room;
let events;
let seq;

beforeEach(async () => {
  reset(socket);
  seq = 1;
  room = new Room("3", ME);
  events = [];
  for (const name of ["admitted", "entered", "left", "replaced", "closed"]) {
    room.addEventListener(name, ({ detail }) => events.push([name, detail?.connection_id ?? detail?.code]));
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

/** The command the page has sent last, without its number and topic. */
function lastCommand() {
  const { ref, topic, ...command } = current().sent.at(-1);
  return command;
}

async function answer(fields) {
  current().receives({ ref: current().sent.at(-1).ref, type: "ok", ...fields });
  await settled();
}

async function refuse(code) {
  current().receives({ ref: current().sent.at(-1).ref, type: "refused", code, detail: "" });
  await settled();
}

async function happens(event) {
  current().receives({ topic: "meeting:3", seq: ++seq, ...event });
  await settled();
}

async function enter() {
  const entering = room.enter();
  await answer(admission("mine"));
  await entering;
  events.length = 0;
}

/** The socket breaks and is opened again, and the server sends who is in. */
async function reconnects(...present) {
  current().breaks();
  mock.timers.tick(5000);
  current().opens();
  await answer(snapshot(...present));
}

test("after the socket was lost the page enters again, with a new connection in place of the one before", async () => {
  await enter();
  await reconnects(OTHER);
  assert.deepEqual(lastCommand(), { type: "enter", resumes: "mine" });
  await answer(admission("mine again"));
  assert.deepEqual([events, room.connection, room.isInside], [[["admitted", "mine again"]], "mine again", true]);
});

test("it enters again also when the server has not noticed that the socket was lost", async () => {
  await enter();
  await reconnects(OTHER, connection("mine", ME));
  assert.deepEqual(lastCommand(), { type: "enter", resumes: "mine" });
});

test("a connection replaced by another page is given up, not taken back", async () => {
  await enter();
  await reconnects(OTHER, connection("from another page", ME));
  assert.deepEqual([events, room.isInside, lastCommand().type], [[["replaced", undefined]], false, "join"]);
});

test("a connection whose admission was lost is not taken for another page", async () => {
  await enter();
  await reconnects(OTHER);
  assert.equal(lastCommand().type, "enter");
  await reconnects(OTHER, connection("admission was lost", ME));
  assert.deepEqual([events, lastCommand()], [[], { type: "enter", resumes: "mine" }]);
});

test("a temporary refusal is tried again, a final one is reported", async () => {
  await enter();
  await reconnects(OTHER);
  await refuse("unavailable");
  mock.timers.tick(3000);
  assert.deepEqual([events, lastCommand().type], [[], "enter"]);
  await refuse("room_full");
  assert.deepEqual(events, [["closed", "room_full"]]);
});

test("a connection that the server has ended is entered again", async () => {
  await enter();
  await happens({ type: "connection.left", connection_id: "mine", reason: "lost" });
  assert.deepEqual(lastCommand(), { type: "enter", resumes: "mine" });
});

test("the room knows who else is in and whether they send anything", async () => {
  await enter();
  assert.equal(room.isSending("other"), true);
  for (const [tracks, isSending] of [
    [{ mic: false, camera: false, screen: false }, false],
    [{ mic: false, camera: false, screen: true }, true],
    [{ mic: true, camera: false, screen: false }, true],
  ]) {
    current().receives({ topic: "meeting:3", type: "track.changed", connection_id: "other", ...tracks });
    assert.equal(room.isSending("other"), isSending);
  }
  await happens({ type: "connection.entered", connection: connection("other again", 8) });
  assert.deepEqual(room.others.map(({ connection_id }) => connection_id), ["other again"]);
  await happens({ type: "connection.left", connection_id: "other again", reason: "exit" });
  assert.deepEqual([events, room.others], [
    [
      ["entered", "other again"],
      ["left", "other again"],
    ],
    [],
  ]);
});
