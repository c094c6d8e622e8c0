// One line to one other connection: a peer connection with perfect negotiation (WebRTC 1.0, §10.7).

import { addSenders, sendWhole, useSenders } from "./senders.js";

/**
 * @typedef {import("./media.js").LocalMedia} LocalMedia
 * @typedef {{
 *   signal: (type: string, pair: Pair, fields: object) => void,
 *   changed: (pair: Pair) => void,
 *   failed: (pair: Pair) => void,
 * }} Owner
 * @typedef {{ connection_id: string, person: { id: number, name: Record<string, string>, company: Record<string, string> },
 *   part: string, side: string, connected: boolean }} Connection
 * @typedef {{ id: string, other: Connection, polite: boolean, isCaller: boolean }} Terms
 */

const WHOLE_AFTER = 1500;
const PATIENCE = 3000; // a line that is gone for longer wants other paths

export class Pair {
  /** The other side's sound and picture. */
  stream = new MediaStream();
  makingOffer = false;
  ignoresOffer = false;
  timer = 0;
  /** Messages of the other side are taken in one after the other. @type {Promise<void>} */
  inbox = Promise.resolve();

  /**
   * `id` names the attempt on both sides; `other` may come back under a new connection's name.
   * @param {RTCPeerConnection} line
   * @param {Terms} terms
   * @param {LocalMedia} media
   * @param {Owner} owner
   */
  constructor(line, { id, other, polite, isCaller }, media, owner) {
    this.id = id;
    this.other = other;
    this.polite = polite;
    this.isCaller = isCaller;
    this.media = media;
    this.owner = owner;
    this.line = line;
    this.line.onnegotiationneeded = () => this.offer();
    this.line.onicecandidate = ({ candidate }) => candidate && this.tell("rtc.candidate", { candidate: plain(candidate) });
    this.line.ontrack = ({ track }) => this.gain(track);
    this.line.onconnectionstatechange = () => this.heed();
    if (isCaller) {
      addSenders(line, media);
    }
  }

  /** The connection that signals are for. */
  get peer() {
    return this.other.connection_id;
  }

  get state() {
    return this.line.connectionState;
  }

  /** Whether it was agreed on and has not failed, so that it may go on after a break. */
  get isLive() {
    return this.state === "connected" || this.state === "disconnected";
  }

  /** The relay is known only once this page has come in; a line that stands needs none. @param {RTCIceServer[]} iceServers */
  useRelay(iceServers) {
    if (iceServers.length && this.state !== "connected") {
      this.line.setConfiguration({ ...this.line.getConfiguration(), iceServers });
      this.line.restartIce();
    }
  }

  async offer() {
    // The called side has nothing to propose before it has heard the caller.
    if (!this.isCaller && !this.line.remoteDescription) {
      return;
    }
    try {
      this.makingOffer = true;
      await this.line.setLocalDescription();
      this.tell("rtc.offer", { sdp: this.line.localDescription?.sdp });
    } catch (error) {
      this.complain(error);
    } finally {
      this.makingOffer = false;
    }
  }

  /** @param {any} message an event of the topic, from the other side of this line */
  take(message) {
    this.inbox = this.inbox.then(() => this.handle(message)).catch((error) => this.complain(error));
  }

  /** @param {any} message */
  async handle(message) {
    if (message.type === "rtc.candidate") {
      if (!this.ignoresOffer) {
        await this.line.addIceCandidate(message.candidate);
      }
    } else if (message.type === "rtc.answer") {
      if (this.line.signalingState === "have-local-offer") {
        await this.line.setRemoteDescription({ type: "answer", sdp: message.sdp });
      }
    } else {
      await this.answer(message.sdp);
    }
  }

  /** @param {string} sdp */
  async answer(sdp) {
    const collides = this.makingOffer || this.line.signalingState !== "stable";
    this.ignoresOffer = collides && !this.polite;
    if (this.ignoresOffer) {
      return;
    }
    const isFirst = !this.line.remoteDescription;
    await this.line.setRemoteDescription({ type: "offer", sdp });
    if (isFirst) {
      useSenders(this.line, this.media);
    }
    await this.line.setLocalDescription();
    this.tell("rtc.answer", { sdp: this.line.localDescription?.sdp });
  }

  /** @param {MediaStreamTrack} track */
  gain(track) {
    this.stream.addTrack(track);
    track.onmute = track.onunmute = () => this.owner.changed(this);
    this.owner.changed(this);
  }

  heed() {
    clearTimeout(this.timer);
    if (this.state === "connected") {
      this.timer = setTimeout(() => sendWhole(this.line), WHOLE_AFTER);
    } else if (this.state === "disconnected") {
      this.timer = setTimeout(() => this.line.restartIce(), PATIENCE);
    } else if (this.state === "failed") {
      this.owner.failed(this);
      return;
    }
    this.owner.changed(this);
  }

  /**
   * @param {string} type
   * @param {object} fields
   */
  tell(type, fields) {
    this.owner.signal(type, this, fields);
  }

  /** A message that does not fit a line that is being closed is no news. @param {unknown} error */
  complain(error) {
    if (this.line.signalingState !== "closed") {
      console.warn("signalling", error);
    }
  }

  close() {
    clearTimeout(this.timer);
    this.line.onconnectionstatechange = this.line.onicecandidate = this.line.ontrack = null;
    this.line.onnegotiationneeded = null;
    this.line.close();
  }
}

/** @param {RTCIceCandidate} candidate */
function plain({ candidate, sdpMid, sdpMLineIndex, usernameFragment }) {
  return { candidate, sdpMid, sdpMLineIndex, usernameFragment };
}
