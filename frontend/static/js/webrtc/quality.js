// A digest of getStats, every five seconds, of the worst of this page's lines.

import { t } from "../lib/language.js";

/**
 * @typedef {import("./pair.js").Pair} Pair
 * @typedef {{ rtt_ms?: number, loss_percent?: number, kbit_in: number, kbit_out: number, fps_in?: number, relayed: boolean }} Digest
 * @typedef {{ at: number, received: number, lost: number, bytesIn: number, bytesOut: number }} Sample
 * @typedef {"good" | "weak" | "lost"} Line
 */

const WEAK_RTT_MS = 600;
const WEAK_LOSS_PERCENT = 8;

export class Quality {
  /** @type {WeakMap<Pair, Sample>} */
  before = new WeakMap();

  /**
   * @param {Pair[]} pairs
   * @returns {Promise<Digest | null>} null while no line stands
   */
  async digest(pairs) {
    const connected = pairs.filter((pair) => pair.isFlowing);
    const all = await Promise.all(connected.map((pair) => this.measure(pair)));
    return all.reduce((worst, one) => (worst && badness(worst) >= badness(one) ? worst : one), all[0] ?? null);
  }

  /** @param {Pair} pair @returns {Promise<Digest>} */
  async measure(pair) {
    /** @type {Sample} */
    const now = { at: performance.now(), received: 0, lost: 0, bytesIn: 0, bytesOut: 0 };
    /** @type {Digest} */
    const digest = { kbit_in: 0, kbit_out: 0, relayed: false };
    const reports = await pair.line.getStats();
    reports.forEach((report) => READERS[report.type]?.(report, now, digest));
    follow(reports, now, digest);
    const before = this.before.get(pair) ?? { ...now, at: now.at - 1000, bytesIn: 0, bytesOut: 0 };
    this.before.set(pair, now);
    const seconds = Math.max(0.001, (now.at - before.at) / 1000);
    digest.kbit_in = kilobits(since(now.bytesIn, before.bytesIn), seconds);
    digest.kbit_out = kilobits(since(now.bytesOut, before.bytesOut), seconds);
    const expected = now.received + now.lost - before.received - before.lost;
    digest.loss_percent = expected > 0 ? clamp(((now.lost - before.lost) / expected) * 100, 100) : 0;
    return digest;
  }
}

/** @type {Record<string, (report: any, now: Sample, digest: Digest) => void>} */
const READERS = {
  "inbound-rtp"(report, now, digest) {
    now.received += report.packetsReceived ?? 0;
    now.lost += report.packetsLost ?? 0;
    now.bytesIn += report.bytesReceived ?? 0;
    if (report.kind === "video" && report.framesPerSecond !== undefined) {
      digest.fps_in = clamp(report.framesPerSecond, 240);
    }
  },
  "outbound-rtp"(report, now) {
    now.bytesOut += report.bytesSent ?? 0;
  },
};

/**
 * What is known of the way itself. All that goes over it is counted by Chromium for the transport and by Firefox for
 * the path alone; a browser that counts neither still counts sound and picture.
 * @param {RTCStatsReport} reports
 * @param {Sample} now
 * @param {Digest} digest
 */
function follow(reports, now, digest) {
  const all = [...reports.values()];
  const transport = all.find(({ type }) => type === "transport");
  const path = reports.get(transport?.selectedCandidatePairId ?? "") ?? inUse(all);
  now.bytesIn = transport?.bytesReceived ?? path?.bytesReceived ?? now.bytesIn;
  now.bytesOut = transport?.bytesSent ?? path?.bytesSent ?? now.bytesOut;
  if (path?.currentRoundTripTime !== undefined) {
    digest.rtt_ms = clamp(path.currentRoundTripTime * 1000, 60_000);
  }
  digest.relayed = reports.get(path?.localCandidateId ?? "")?.candidateType === "relay";
}

/** The path in use, where no transport names it. @param {any[]} reports */
function inUse(reports) {
  const paths = reports.filter(({ type }) => type === "candidate-pair");
  return paths.find(({ selected }) => selected) ?? paths.find(({ nominated, state }) => nominated && state === "succeeded");
}

/** Another path counts from the start. @param {number} now @param {number} before */
function since(now, before) {
  return now < before ? now : now - before;
}

/**
 * @param {number} bytes
 * @param {number} seconds
 */
function kilobits(bytes, seconds) {
  return clamp((bytes * 8) / 1000 / seconds, 10_000_000);
}

/**
 * @param {number} value
 * @param {number} most
 */
function clamp(value, most) {
  return Math.round(Math.min(most, Math.max(0, value)) * 10) / 10;
}

/** @param {Digest} digest */
function badness({ rtt_ms = 0, loss_percent = 0 }) {
  return rtt_ms / WEAK_RTT_MS + loss_percent / WEAK_LOSS_PERCENT;
}

/** @param {Digest | null} digest @returns {Line} */
export function lineOf(digest) {
  if (!digest) {
    return "lost";
  }
  const { rtt_ms = 0, loss_percent = 0 } = digest;
  return rtt_ms >= WEAK_RTT_MS || loss_percent >= WEAK_LOSS_PERCENT ? "weak" : "good";
}

/** @param {Line} line */
export function inWords(line) {
  return { good: t("Line: good"), weak: t("Line: weak"), lost: t("Line: lost") }[line];
}
