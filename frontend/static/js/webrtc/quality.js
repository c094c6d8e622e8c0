// How good this page's connections are: a digest of getStats (W3C webrtc-stats), and a word for it.

import { t } from "../lib/language.js";

/**
 * @import { LineMeasured, Quality as Digest } from "../../../types/socket.d.ts"
 * @import { Pair } from "./pair.js"
 */

/**
 * @typedef {LineMeasured["quality"]} ConnectionQuality
 * @typedef {{ rttMs: number, lossPercent: number }} Thresholds from which on a connection is weak
 * @typedef {{ at: number, received: number, lost: number, bytesIn: number, bytesOut: number }} Sample totals so far
 */

export class Quality {
  /** @type {WeakMap<Pair, Sample>} */
  last = new WeakMap();

  /** @param {Thresholds} thresholds */
  constructor(thresholds) {
    this.thresholds = thresholds;
  }

  /**
   * Of the worst of these pairs, since the last digest.
   * @param {Pair[]} pairs
   * @returns {Promise<Digest | null>} null while no media arrives from anybody
   */
  async digest(pairs) {
    const flowing = pairs.filter((pair) => pair.isFlowing);
    const digests = await Promise.all(flowing.map((pair) => this.measure(pair)));
    const [worst] = digests.sort((a, b) => this.badness(b) - this.badness(a));
    return worst ?? null;
  }

  /** @param {Pair} pair @returns {Promise<Digest>} */
  async measure(pair) {
    /** @type {Sample} */
    const now = { at: performance.now(), received: 0, lost: 0, bytesIn: 0, bytesOut: 0 };
    /** @type {Digest} */
    const digest = { kbit_in: 0, kbit_out: 0, relayed: false };
    const reports = await pair.pc.getStats();
    reports.forEach((report) => readStream(report, now, digest));
    readPath(reports, now, digest);
    const last = this.last.get(pair) ?? { ...now, at: now.at - 1000, bytesIn: 0, bytesOut: 0 };
    this.last.set(pair, now);
    const seconds = Math.max(0.001, (now.at - last.at) / 1000);
    digest.kbit_in = kilobits(difference(now.bytesIn, last.bytesIn), seconds);
    digest.kbit_out = kilobits(difference(now.bytesOut, last.bytesOut), seconds);
    const expected = now.received + now.lost - last.received - last.lost;
    digest.loss_percent = expected > 0 ? clamp(((now.lost - last.lost) / expected) * 100, 100) : 0;
    return digest;
  }

  /** @param {Digest} digest */
  badness({ rtt_ms, loss_percent }) {
    return (rtt_ms ?? 0) / this.thresholds.rttMs + (loss_percent ?? 0) / this.thresholds.lossPercent;
  }

  /** @param {Digest | null} digest @returns {ConnectionQuality} */
  rate(digest) {
    if (!digest) {
      return "lost";
    }
    const { rttMs, lossPercent } = this.thresholds;
    return (digest.rtt_ms ?? 0) >= rttMs || (digest.loss_percent ?? 0) >= lossPercent ? "weak" : "good";
  }
}

/**
 * Packets, bytes and frames of one audio or video stream.
 * @param {RTCInboundRtpStreamStats | RTCOutboundRtpStreamStats} report other reports are passed over
 * @param {Sample} now
 * @param {Digest} digest
 */
function readStream(report, now, digest) {
  if (report.type === "inbound-rtp") {
    const inbound = /** @type {RTCInboundRtpStreamStats} */ (report);
    now.received += inbound.packetsReceived ?? 0;
    now.lost += inbound.packetsLost ?? 0;
    now.bytesIn += inbound.bytesReceived ?? 0;
    if (inbound.kind === "video" && inbound.framesPerSecond !== undefined) {
      digest.fps_in = clamp(inbound.framesPerSecond, 240);
    }
  } else if (report.type === "outbound-rtp") {
    now.bytesOut += /** @type {RTCOutboundRtpStreamStats} */ (report).bytesSent ?? 0;
  }
}

/**
 * Round-trip time, relay and bytes of the candidate pair in use. Chromium counts all bytes for the transport, Firefox
 * for the candidate pair alone; where neither is counted the sums of audio and video stay.
 * @param {RTCStatsReport} reports
 * @param {Sample} now
 * @param {Digest} digest
 */
function readPath(reports, now, digest) {
  const all = [...reports.values()];
  const transport = all.find(({ type }) => type === "transport");
  const path = reports.get(transport?.selectedCandidatePairId ?? "") ?? selectedPair(all);
  now.bytesIn = transport?.bytesReceived ?? path?.bytesReceived ?? now.bytesIn;
  now.bytesOut = transport?.bytesSent ?? path?.bytesSent ?? now.bytesOut;
  if (path?.currentRoundTripTime !== undefined) {
    digest.rtt_ms = clamp(path.currentRoundTripTime * 1000, 60_000);
  }
  digest.relayed = reports.get(path?.localCandidateId ?? "")?.candidateType === "relay";
}

/**
 * The candidate pair in use, where no transport names it. `selected` is Firefox's.
 * @param {(RTCIceCandidatePairStats & { selected?: boolean })[]} reports
 */
function selectedPair(reports) {
  const pairs = reports.filter(({ type }) => type === "candidate-pair");
  return pairs.find(({ selected }) => selected) ?? pairs.find(({ nominated, state }) => nominated && state === "succeeded");
}

/** The counters of another candidate pair start at zero. @param {number} now @param {number} last */
function difference(now, last) {
  return now < last ? now : now - last;
}

/**
 * @param {number} bytes
 * @param {number} seconds
 */
function kilobits(bytes, seconds) {
  return clamp((bytes * 8) / 1000 / seconds, 10_000_000);
}

/**
 * Between 0 and `most`, to one decimal place: what the server accepts.
 * @param {number} value
 * @param {number} most
 */
function clamp(value, most) {
  return Math.round(Math.min(most, Math.max(0, value)) * 10) / 10;
}

/** @param {ConnectionQuality} quality */
export function qualityLabel(quality) {
  return { good: t("Connection: good"), weak: t("Connection: weak"), lost: t("Connection: lost") }[quality];
}
