// The digest of a connection from the browser's statistics, and the word for it.

import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = { documentElement: { lang: "en", dataset: {} } };
const { Quality } = await import("../../frontend/static/js/webrtc/quality.js");

const THRESHOLDS = { rttMs: 600, lossPercent: 8 };

/** A pair whose statistics are given one after the other. */
function pairWith(...reports) {
  const maps = reports.map((report) => new Map(report.map((stats, index) => [stats.id ?? index, stats])));
  return { isFlowing: true, pc: { getStats: async () => (maps.length > 1 ? maps.shift() : maps[0]) } };
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
  const quality = new Quality(THRESHOLDS);
  const pair = pairWith(report({ received: 1000, lost: 500 }), report({ received: 1090, lost: 510 }), report({ received: 1190, lost: 510 }));
  await quality.digest([pair]);
  assert.equal((await quality.digest([pair])).loss_percent, 10);
  assert.equal((await quality.digest([pair])).loss_percent, 0);
});

test("the digest is of the worst pair that receives media, and says whether it is relayed", async () => {
  const good = pairWith(report({ rtt: 0.02 }));
  const slow = pairWith(report({ rtt: 0.7, type: "relay", fps: 8 }));
  const gone = { ...pairWith(report({ rtt: 5 })), isFlowing: false };
  const { rtt_ms, relayed, fps_in } = await new Quality(THRESHOLDS).digest([good, slow, gone]);
  assert.deepEqual({ rtt_ms, relayed, fps_in }, { rtt_ms: 700, relayed: true, fps_in: 8 });
  assert.equal(await new Quality(THRESHOLDS).digest([gone]), null);
});

const PATH = { id: "path", type: "candidate-pair", bytesReceived: 500_000, bytesSent: 250_000 };
const OTHER = { type: "candidate-pair", bytesReceived: 1, bytesSent: 1 };
const NAMES_PATH = { type: "transport", selectedCandidatePairId: "path" };
const RTP = [
  { type: "inbound-rtp", kind: "audio", bytesReceived: 100_000 },
  { type: "inbound-rtp", kind: "video", bytesReceived: 400_000 },
  { type: "outbound-rtp", kind: "video", bytesSent: 250_000 },
];
for (const [where, reports] of Object.entries({
  "the transport": [{ ...NAMES_PATH, bytesReceived: 500_000, bytesSent: 250_000 }, { ...PATH, bytesReceived: 7 }, OTHER],
  "the candidate pair that the transport names": [{ type: "inbound-rtp", bytesReceived: 9 }, NAMES_PATH, PATH, OTHER],
  "the candidate pair that is selected": [{ type: "transport" }, { ...OTHER, nominated: true, state: "succeeded" }, { ...PATH, selected: true }],
  "the candidate pair that is nominated": [{ ...OTHER, nominated: true, state: "failed" }, { ...PATH, nominated: true, state: "succeeded" }],
  "audio and video": [{ type: "transport" }, { type: "candidate-pair", nominated: true, state: "succeeded" }, ...RTP],
})) {
  test(`bytes are those that the browser counts for ${where}`, async () => {
    const { kbit_in, kbit_out } = await new Quality(THRESHOLDS).digest([pairWith(reports)]);
    assert.deepEqual([kbit_in, kbit_out], [4000, 2000]);
  });
}

test("the counters of a new candidate pair start at zero", async () => {
  const quality = new Quality(THRESHOLDS);
  const pair = pairWith([NAMES_PATH, PATH], [NAMES_PATH, { ...PATH, bytesReceived: 50_000, bytesSent: 50_000 }]);
  await quality.digest([pair]);
  const { kbit_in, kbit_out } = await quality.digest([pair]);
  assert.equal(kbit_in > 0 && kbit_out > 0, true);
});

test("what a browser counts wrongly stays within what the server accepts", async () => {
  const quality = new Quality(THRESHOLDS);
  const pair = pairWith(report({ received: 1000, lost: 10 }), report({ received: 1000, lost: 3, rtt: 1e6 }));
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
  test(`${JSON.stringify(digest)} is ${expected}`, () => assert.equal(new Quality(THRESHOLDS).rate(digest), expected));
}
