// One line to one other connection: a peer connection with perfect negotiation (WebRTC 1.0, §10.7).

import { addSenders, sendWhole, useSenders } from "./senders.js";

/**
 * @typedef {import("./local-media.js").LocalMedia} LocalMedia
 * @typedef {{
 *   signals: import("./signaling.js").Signals,
 *   changed: (pair: Pair) => void,
 *   failed: (pair: Pair) => void,
 * }} Owner
 * @typedef {{ connection_id: string, person: { id: number, name: Record<string, string>, company: Record<string, string> },
 *   part: string, side: string, connected: boolean }} Connection
 * @typedef {{ id: string, other: Connection, polite: boolean, isCaller: boolean }} Terms
 */

const WHOLE_AFTER = 1500;
const PATIENCE = 3000; // a line that is gone for longer wants other paths
const TRIED_FOR = 20_000; // what does not stand by then may wait for ever: another attempt finds more

export class Pair {
  /** The other side's sound and picture. */
  stream = new MediaStream();
  makingOffer = false;
  ignoresOffer = false;
  /** Media has flowed. */
  wasConnected = false;
  /** The attempt came to nothing, or what stood is gone for too long. */
  isGivenUp = false;
  /** It stands by its own account, but nothing comes over it. */
  isStopped = false;
  hasPath = false;
  timer = 0;
  trial = 0;
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
    this.line.onicecandidate = ({ candidate }) => this.find(candidate);
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

  /** Whether media has flowed and the line is not given up, so that it may go on after a break. */
  get isLive() {
    return this.wasConnected && !this.isGivenUp;
  }

  /** Whether media comes now. */
  get isFlowing() {
    return this.state === "connected" && !this.isStopped;
  }

  /** From now on it has to come about, or come back, within a time. */
  begin() {
    if (!this.trial && this.state !== "connected") {
      this.trial = setTimeout(() => this.giveUp(), TRIED_FOR);
    }
  }

  giveUp() {
    this.rest();
    this.isGivenUp = true;
    this.owner.failed(this);
  }

  rest() {
    clearTimeout(this.timer);
    clearTimeout(this.trial);
    this.trial = 0;
  }

  /**
   * This page has come in: the relay is known only now, and the paths found before may be no more. A line that stands
   * needs none.
   * @param {RTCIceServer[]} iceServers
   */
  seek(iceServers) {
    if (this.state !== "connected" && (iceServers.length || this.wasConnected)) {
      this.line.setConfiguration({ ...this.line.getConfiguration(), iceServers });
      this.line.restartIce();
    }
  }

  /** The other side is back under a new name, or we are. @param {Connection} other */
  resume(other) {
    this.other = other;
    // An offer made meanwhile went to a name that nobody has any more, or was never sent.
    if (this.line.signalingState === "have-local-offer" && !this.makingOffer) {
      this.tell("rtc.offer", { sdp: this.line.localDescription?.sdp });
    }
  }

  /** @param {RTCIceCandidate | null} candidate null when there are no more */
  find(candidate) {
    if (candidate) {
      this.hasPath = true;
      this.tell("rtc.candidate", { candidate: plain(candidate) });
    } else if (!this.hasPath && this.line.getConfiguration().iceTransportPolicy === "relay") {
      this.giveUp(); // the relay is away: such a line would never so much as fail
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
    if (this.state === "failed") {
      this.giveUp();
      return;
    }
    if (this.state === "connected") {
      this.stand();
    } else if (this.state === "disconnected") {
      this.timer = setTimeout(() => this.line.restartIce(), PATIENCE);
    }
    if (this.wasConnected) {
      this.begin();
    }
    this.owner.changed(this);
  }

  stand() {
    this.rest();
    this.wasConnected = true;
    this.isGivenUp = this.isStopped = false;
    this.timer = setTimeout(() => sendWhole(this.line), WHOLE_AFTER);
  }

  /** @param {boolean} isStopped nothing comes any more although it should */
  flow(isStopped) {
    if (isStopped !== this.isStopped) {
      this.isStopped = isStopped;
      this.owner.changed(this);
    }
  }

  /**
   * @param {string} type
   * @param {object} fields
   */
  tell(type, fields) {
    this.owner.signals.say(type, this, fields);
  }

  /** A message that does not fit a line that is being closed is no news. @param {unknown} error */
  complain(error) {
    if (this.line.signalingState !== "closed") {
      console.warn("signalling", error);
    }
  }

  close() {
    this.rest();
    this.line.onconnectionstatechange = this.line.onicecandidate = this.line.ontrack = null;
    this.line.onnegotiationneeded = null;
    this.line.close();
  }
}

/** @param {RTCIceCandidate} candidate */
function plain({ candidate, sdpMid, sdpMLineIndex, usernameFragment }) {
  return { candidate, sdpMid, sdpMLineIndex, usernameFragment };
}
