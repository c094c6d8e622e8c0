// The digest of a line, from what the browser reports of it.

import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = { documentElement: { lang: "en", dataset: {} } };
const { Quality, lineOf } = await import("../../frontend/static/js/lib/quality.js");

/** A line whose reports are given one after the other. */
function line(...reports) {
  const maps = reports.map((report) => new Map(report.map((one, at) => [one.id ?? at, one])));
  return { isFlowing: true, line: { getStats: async () => (maps.length > 1 ? maps.shift() : maps[0]) } };
}

function report({ received = 0, lost = 0, rtt = 0.02, type = "host", fps = 30 }) {
  return [
    { type: "inbound-rtp", kind: "audio", packetsReceived: received, packetsLost: lost },
    { type: "inbound-rtp", kind: "video", packetsReceived: 0, packetsLost: 0, framesPerSecond: fps },
    { type: "transport", selectedCandidatePairId: "path", bytesReceived: received * 100, bytesSent: 0 },
    { id: "path", type: "candidate-pair", currentRoundTripTime: rtt, localCandidateId: "local" },
    { id: "local", type: "local-candidate", candidateType: type },
  ];
}

test("loss is that since the last digest", async () => {
  const quality = new Quality();
  const pair = line(report({ received: 1000, lost: 500 }), report({ received: 1090, lost: 510 }), report({ received: 1190, lost: 510 }));
  await quality.digest([pair]);
  assert.equal((await quality.digest([pair])).loss_percent, 10);
  assert.equal((await quality.digest([pair])).loss_percent, 0);
});

test("the worst of the lines that flow is told, with its way", async () => {
  const good = line(report({ rtt: 0.02 }));
  const slow = line(report({ rtt: 0.7, type: "relay", fps: 8 }));
  const gone = { ...line(report({ rtt: 5 })), isFlowing: false };
  const { rtt_ms, relayed, fps_in } = await new Quality().digest([good, slow, gone]);
  assert.deepEqual({ rtt_ms, relayed, fps_in }, { rtt_ms: 700, relayed: true, fps_in: 8 });
  assert.equal(await new Quality().digest([gone]), null);
});

test("bytes are counted for the path where the transport does not count them", async () => {
  const path = { id: "path", type: "candidate-pair", bytesReceived: 500_000, bytesSent: 250_000 };
  const transport = { type: "transport", selectedCandidatePairId: "path" };
  const counted = { ...transport, bytesReceived: 500_000, bytesSent: 250_000 };
  for (const reports of [[transport, path], [counted, path]]) {
    const { kbit_in, kbit_out } = await new Quality().digest([line(reports)]);
    assert.deepEqual([kbit_in, kbit_out], [4000, 2000]);
  }
});

test("what a browser counts wrongly stays within bounds", async () => {
  const quality = new Quality();
  const pair = line(report({ received: 1000, lost: 10 }), report({ received: 1000, lost: 3, rtt: 1e6 }));
  await quality.digest([pair]);
  const { loss_percent, rtt_ms } = await quality.digest([pair]);
  assert.deepEqual([loss_percent, rtt_ms], [0, 60_000]);
});

for (const [digest, expected] of [
  [null, "lost"],
  [{ rtt_ms: 599, loss_percent: 7.9 }, "good"],
  [{ rtt_ms: 600 }, "weak"],
  [{ loss_percent: 8 }, "weak"],
  [{}, "good"],
]) {
  test(`${JSON.stringify(digest)} is a ${expected} line`, () => assert.equal(lineOf(digest), expected));
}
