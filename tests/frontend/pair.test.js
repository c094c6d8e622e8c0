// One line and its negotiation: offers that cross, answers that are late, candidates of what was not taken.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Pair } from "../../frontend/static/js/webrtc/pair.js";
import { Paths } from "./lines.js";
import { pass, settled } from "./room.js";

let wire;
let failed;

/** Two ends of one line; what they say waits in `wire` until the test hands it over. */
beforeEach((context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  globalThis.MediaStream = class {
    addTrack() {}
  };
  wire = [];
  failed = [];
});

function ends() {
  const paths = new Paths();
  const media = { stream: {}, track: () => null };
  const end = (name, isCaller) => {
    const owner = {
      signals: { say: (type, _, fields) => wire.push([name, { type, ...fields }]) },
      changed: () => {},
      failed: () => failed.push(name),
    };
    const other = { connection_id: name, person: { id: 0 } };
    return new Pair(new paths.RTCPeerConnection({}), { id: "p", other, polite: name === "polite", isCaller }, media, owner);
  };
  return { paths, polite: end("polite", true), impolite: end("impolite", false) };
}

/** Hands over what is on the wire, and what follows from it. */
async function handOver({ polite, impolite }) {
  await settled();
  while (wire.length) {
    const [from, message] = wire.shift();
    (from === "polite" ? impolite : polite).take(message);
    await settled();
  }
}

const of = (...pairs) => pairs.map(({ line }) => line.signalingState);

async function standing(context) {
  const both = ends();
  await handOver(both);
  await pass(context.mock.timers, 600);
  await handOver(both);
  assert.deepEqual([both.polite.state, both.impolite.state], ["connected", "connected"]);
  return both;
}

test("an offer and its answer make a line", async (context) => {
  const { polite, impolite } = await standing(context);
  assert.deepEqual(of(polite, impolite), ["stable", "stable"]);
  assert.deepEqual([polite.isLive, polite.isFlowing], [true, true]);
});

test("of two offers that cross, the polite one's is taken back and made again", async (context) => {
  const both = await standing(context);
  const before = [both.polite, both.impolite].map(({ line }) => line.generation);
  both.polite.line.restartIce();
  both.impolite.line.restartIce();
  await settled();
  assert.deepEqual(of(both.polite, both.impolite), ["have-local-offer", "have-local-offer"]);
  await handOver(both);
  assert.deepEqual(of(both.polite, both.impolite), ["stable", "stable"]);
  const after = [both.polite, both.impolite].map(({ line }) => line.generation);
  assert.ok(after.every((generation, at) => generation > before[at]));
  await pass(context.mock.timers, 600);
  assert.deepEqual([both.polite.state, both.impolite.state], ["connected", "connected"]);
});

test("an answer that nobody waits for any more changes nothing", async (context) => {
  const both = await standing(context);
  const { sdp } = both.polite.line.remoteDescription;
  both.polite.take({ type: "rtc.answer", sdp: "of something else" });
  await settled();
  assert.equal(both.polite.line.remoteDescription.sdp, sdp);
});

test("a line that is gone for a moment seeks new paths, and is given up after twenty seconds", async (context) => {
  const both = await standing(context);
  both.paths.direct = both.paths.relay = false;
  await pass(context.mock.timers, 5500);
  assert.deepEqual([both.polite.state, wire.length], ["disconnected", 0]);
  await pass(context.mock.timers, 3000);
  assert.deepEqual(wire.filter(([, { type }]) => type === "rtc.offer").map(([from]) => from), ["polite", "impolite"]);
  assert.deepEqual([both.polite.isLive, failed], [true, []]);
  await pass(context.mock.timers, 18_000);
  assert.deepEqual([both.polite.isLive, failed.sort()], [false, ["impolite", "polite"]]);
});

test("an offer is repeated to who comes back under another name, and only one that waits", async (context) => {
  const both = await standing(context);
  both.polite.resume({ connection_id: "next" });
  assert.deepEqual(wire, []);
  both.polite.line.restartIce();
  await settled();
  wire.splice(0);
  both.polite.resume({ connection_id: "after next" });
  assert.deepEqual([wire, both.polite.peer], [[["polite", { type: "rtc.offer", sdp: both.polite.line.localDescription.sdp }]], "after next"]);
});

test("what is closed says nothing more and fails no more", async (context) => {
  const both = await standing(context);
  both.paths.direct = both.paths.relay = false;
  await pass(context.mock.timers, 6000);
  wire = [];
  both.polite.close();
  both.impolite.close();
  await pass(context.mock.timers, 30_000);
  assert.deepEqual([wire, failed], [[], []]);
});
