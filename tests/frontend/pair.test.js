// One pair and its negotiation: offers that collide, answers that are late, recovery and failure.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Pair } from "../../frontend/static/js/webrtc/pair.js";
import { pass, settled } from "./helpers.js";
import { Paths } from "./scripted-peer-connection.js";

let wire;
let failed;

/** Signals of both sides wait in `wire` until the test delivers them. */
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
      signaling: { signal: (_, signal) => wire.push([name, signal]) },
      onPairChange: () => {},
      onPairFailed: () => failed.push(name),
    };
    const other = { connection_id: name, person: { id: 0 } };
    return new Pair(new paths.RTCPeerConnection({}), { id: "p", other, polite: name === "polite", isCaller }, media, owner);
  };
  return { paths, polite: end("polite", true), impolite: end("impolite", false) };
}

/** Delivers the signals on the wire, and those that follow from them. */
async function deliver({ polite, impolite }) {
  await settled();
  while (wire.length) {
    const [from, signal] = wire.shift();
    (from === "polite" ? impolite : polite).receive(signal);
    await settled();
  }
}

const signalingStates = (...pairs) => pairs.map(({ pc }) => pc.signalingState);

async function connected(context) {
  const both = ends();
  await deliver(both);
  await pass(context.mock.timers, 600);
  await deliver(both);
  assert.deepEqual([both.polite.state, both.impolite.state], ["connected", "connected"]);
  return both;
}

test("an offer and its answer connect", async (context) => {
  const { polite, impolite } = await connected(context);
  assert.deepEqual(signalingStates(polite, impolite), ["stable", "stable"]);
  assert.deepEqual([polite.isLive, polite.isFlowing], [true, true]);
});

test("of two offers that collide the polite side's is rolled back and made again", async (context) => {
  const both = await connected(context);
  const before = [both.polite, both.impolite].map(({ pc }) => pc.generation);
  both.polite.pc.restartIce();
  both.impolite.pc.restartIce();
  await settled();
  assert.deepEqual(signalingStates(both.polite, both.impolite), ["have-local-offer", "have-local-offer"]);
  await deliver(both);
  assert.deepEqual(signalingStates(both.polite, both.impolite), ["stable", "stable"]);
  const after = [both.polite, both.impolite].map(({ pc }) => pc.generation);
  assert.ok(after.every((generation, at) => generation > before[at]));
  await pass(context.mock.timers, 600);
  assert.deepEqual([both.polite.state, both.impolite.state], ["connected", "connected"]);
});

test("an answer to an offer that is no longer pending changes nothing", async (context) => {
  const both = await connected(context);
  const { sdp } = both.polite.pc.remoteDescription;
  both.polite.receive({ type: "rtc.answer", sdp: "of something else" });
  await settled();
  assert.equal(both.polite.pc.remoteDescription.sdp, sdp);
});

test("a pair that is disconnected for a while restarts ICE, and is given up after twenty seconds", async (context) => {
  const both = await connected(context);
  both.paths.direct = both.paths.relay = false;
  await pass(context.mock.timers, 5500);
  assert.deepEqual([both.polite.state, wire.length], ["disconnected", 0]);
  await pass(context.mock.timers, 3000);
  assert.deepEqual(wire.filter(([, { type }]) => type === "rtc.offer").map(([from]) => from), ["polite", "impolite"]);
  assert.deepEqual([both.polite.isLive, failed], [true, []]);
  await pass(context.mock.timers, 18_000);
  assert.deepEqual([both.polite.isLive, failed.sort()], [false, ["impolite", "polite"]]);
});

test("a pending offer, and only such, is repeated to a participant who has another connection id", async (context) => {
  const both = await connected(context);
  both.polite.resume({ connection_id: "next" });
  assert.deepEqual(wire, []);
  both.polite.pc.restartIce();
  await settled();
  wire.splice(0);
  both.polite.resume({ connection_id: "after next" });
  assert.deepEqual([wire, both.polite.peer], [[["polite", { type: "rtc.offer", sdp: both.polite.pc.localDescription.sdp }]], "after next"]);
});

test("a closed pair sends nothing and does not fail", async (context) => {
  const both = await connected(context);
  both.paths.direct = both.paths.relay = false;
  await pass(context.mock.timers, 6000);
  wire = [];
  both.polite.close();
  both.impolite.close();
  await pass(context.mock.timers, 30_000);
  assert.deepEqual([wire, failed], [[], []]);
});
