// The connection to one other participant: an RTCPeerConnection with perfect negotiation (WebRTC 1.0, section 10.7).

import { addTransceivers, sendFullSize, useOfferedTransceivers } from "./senders.js";

/**
 * @import { Connection } from "../../../types/socket.d.ts"
 * @import { IncomingSignal, OutgoingSignal } from "../../../types/topics.d.ts"
 * @import { LocalMedia } from "./local-media.js"
 * @import { Signaling } from "./signaling.js"
 */

/**
 * `id` names the attempt on both sides; `polite`: gives way when two offers collide; `isCaller`: makes the first offer.
 * @typedef {{ id: string, other: Connection, polite: boolean, isCaller: boolean }} Terms
 * @typedef {{ signaling: Pick<Signaling, "signal">, onPairChange(pair: Pair): void, onPairFailed(pair: Pair): void }} Owner
 */

const FULL_SIZE_AFTER = 1500;
const RESTART_AFTER = 3000; // disconnected for longer: an ICE restart looks for other paths
const CONNECTED_WITHIN = 20_000; // an attempt that takes longer may never end; a new one gathers new candidates

export class Pair {
  /** The other side's audio and video. */
  stream = new MediaStream();
  makingOffer = false;
  ignoresOffer = false;
  /** It has been connected at least once. */
  wasConnected = false;
  /** The attempt has failed, or a connection was lost for too long. */
  isGivenUp = false;
  /** It counts as connected, but no media arrives. */
  isStalled = false;
  hasCandidate = false;
  timer = 0;
  deadline = 0;
  /** Signals of the other side are handled one after the other. @type {Promise<void>} */
  queue = Promise.resolve();

  /**
   * @param {RTCPeerConnection} pc
   * @param {Terms} terms
   * @param {LocalMedia} media
   * @param {Owner} owner
   */
  constructor(pc, { id, other, polite, isCaller }, media, owner) {
    this.pc = pc;
    this.id = id;
    this.other = other;
    this.polite = polite;
    this.isCaller = isCaller;
    this.media = media;
    this.owner = owner;
    pc.onnegotiationneeded = () => this.onNegotiationNeeded();
    pc.onicecandidate = ({ candidate }) => this.onIceCandidate(candidate);
    pc.ontrack = ({ track }) => this.onTrack(track);
    pc.onconnectionstatechange = () => this.onConnectionStateChange();
    if (isCaller) {
      addTransceivers(pc, media);
    }
  }

  /** The id of the connection in the room that signals are addressed to. */
  get peer() {
    return this.other.connection_id;
  }

  get state() {
    return this.pc.connectionState;
  }

  /** Whether it has been connected and is not given up, so that it may recover. */
  get isLive() {
    return this.wasConnected && !this.isGivenUp;
  }

  /** Whether media arrives now. */
  get isFlowing() {
    return this.state === "connected" && !this.isStalled;
  }

  /** Unless it is connected, it has to be within CONNECTED_WITHIN from now on. */
  startDeadline() {
    if (!this.deadline && this.state !== "connected") {
      this.deadline = setTimeout(() => this.giveUp(), CONNECTED_WITHIN);
    }
  }

  giveUp() {
    this.stopTimers();
    this.isGivenUp = true;
    this.owner.onPairFailed(this);
  }

  stopTimers() {
    clearTimeout(this.timer);
    clearTimeout(this.deadline);
    this.deadline = 0;
  }

  /** This page has entered: the relay is known only now, and earlier paths may fail. @param {RTCIceServer[]} iceServers */
  restart(iceServers) {
    if (this.state !== "connected" && (iceServers.length || this.wasConnected)) {
      this.pc.setConfiguration({ ...this.pc.getConfiguration(), iceServers });
      this.pc.restartIce();
    }
  }

  /** The other side, or this one, is in the room under a new connection id. @param {Connection} other */
  resume(other) {
    this.other = other;
    // An offer made in between was addressed to the old id, or never sent.
    if (this.pc.signalingState === "have-local-offer" && !this.makingOffer) {
      this.sendDescription();
    }
  }

  /** @param {RTCIceCandidate | null} candidate null when there are no more */
  onIceCandidate(candidate) {
    if (candidate) {
      this.hasCandidate = true;
      this.send({ type: "rtc.candidate", candidate: plain(candidate) });
    } else if (!this.hasCandidate && this.pc.getConfiguration().iceTransportPolicy === "relay") {
      this.giveUp(); // the relay is down: the connection would stay "new"
    }
  }

  async onNegotiationNeeded() {
    // The called side makes no offer before it has received the caller's.
    if (!this.isCaller && !this.pc.remoteDescription) {
      return;
    }
    try {
      this.makingOffer = true;
      await this.pc.setLocalDescription();
      this.sendDescription();
    } catch (error) {
      this.logError(error);
    } finally {
      this.makingOffer = false;
    }
  }

  /** @param {IncomingSignal} signal from the other side */
  receive(signal) {
    this.queue = this.queue.then(() => this.handle(signal)).catch((error) => this.logError(error));
  }

  /** @param {IncomingSignal} signal */
  async handle(signal) {
    if (signal.type === "rtc.candidate") {
      this.ignoresOffer || (await this.pc.addIceCandidate(signal.candidate));
    } else if (signal.type === "rtc.answer") {
      if (this.pc.signalingState === "have-local-offer") {
        await this.pc.setRemoteDescription({ type: "answer", sdp: signal.sdp });
      }
    } else {
      await this.onOffer(signal.sdp);
    }
  }

  /** @param {string} sdp */
  async onOffer(sdp) {
    const collides = this.makingOffer || this.pc.signalingState !== "stable";
    this.ignoresOffer = collides && !this.polite;
    if (this.ignoresOffer) {
      return;
    }
    const isFirst = !this.pc.remoteDescription;
    await this.pc.setRemoteDescription({ type: "offer", sdp });
    if (isFirst) {
      useOfferedTransceivers(this.pc, this.media);
    }
    await this.pc.setLocalDescription();
    this.sendDescription();
  }

  /** @param {MediaStreamTrack} track */
  onTrack(track) {
    this.stream.addTrack(track);
    track.onmute = track.onunmute = () => this.owner.onPairChange(this);
    this.owner.onPairChange(this);
  }

  onConnectionStateChange() {
    clearTimeout(this.timer);
    if (this.state === "failed") {
      this.giveUp();
      return;
    }
    if (this.state === "connected") {
      this.onConnected();
    } else if (this.state === "disconnected") {
      this.timer = setTimeout(() => this.pc.restartIce(), RESTART_AFTER);
    }
    if (this.wasConnected) {
      this.startDeadline();
    }
    this.owner.onPairChange(this);
  }

  onConnected() {
    this.stopTimers();
    this.wasConnected = true;
    this.isGivenUp = this.isStalled = false;
    this.timer = setTimeout(() => sendFullSize(this.pc), FULL_SIZE_AFTER);
  }

  /** @param {boolean} isStalled no media arrives any more although it should */
  setStalled(isStalled) {
    if (isStalled !== this.isStalled) {
      this.isStalled = isStalled;
      this.owner.onPairChange(this);
    }
  }

  /** The local description: an offer or an answer. */
  sendDescription() {
    const { type, sdp } = this.pc.localDescription ?? {};
    if (sdp !== undefined) {
      this.send({ type: type === "answer" ? "rtc.answer" : "rtc.offer", sdp });
    }
  }

  /** @param {OutgoingSignal} signal */
  send(signal) {
    this.owner.signaling.signal(this, signal);
  }

  /** A signal that arrives while the connection is being closed is no error. @param {unknown} error */
  logError(error) {
    if (this.pc.signalingState !== "closed") {
      console.warn("signaling", error);
    }
  }

  close() {
    this.stopTimers();
    this.pc.onconnectionstatechange = this.pc.onicecandidate = this.pc.ontrack = null;
    this.pc.onnegotiationneeded = null;
    this.pc.close();
  }
}

/** @param {RTCIceCandidate} candidate */
function plain({ candidate, sdpMid, sdpMLineIndex, usernameFragment }) {
  return { candidate, sdpMid, sdpMLineIndex, usernameFragment };
}
