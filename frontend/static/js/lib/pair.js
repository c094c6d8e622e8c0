// One line to one other connection: a peer connection with perfect negotiation (WebRTC 1.0, §10.7).

/**
 * @typedef {import("./media.js").LocalMedia} LocalMedia
 * @typedef {{
 *   signal: (type: string, pair: Pair, fields: object) => void,
 *   changed: (pair: Pair) => void,
 *   failed: (pair: Pair) => void,
 * }} Owner
 * @typedef {{ connection_id: string, person: { id: number, name: Record<string, string>, company: Record<string, string> },
 *   part: string, side: string, connected: boolean }} Connection
 * @typedef {{ id: string, other: Connection, polite: boolean, isCaller: boolean, rtc: RTCConfiguration }} Terms
 */

const KINDS = /** @type {const} */ (["audio", "video"]);
const PATIENCE = 3000; // a line that is gone for longer wants other paths

export class Pair {
  /** The other side's sound and picture. */
  stream = new MediaStream();
  makingOffer = false;
  ignoresOffer = false;
  /** The state the room was told last. @type {string} */
  reported = "";
  timer = 0;
  /** Messages of the other side are taken in one after the other. @type {Promise<void>} */
  inbox = Promise.resolve();

  /**
   * `id` names the attempt on both sides; `other` may come back under a new connection's name.
   * @param {Terms} terms
   * @param {LocalMedia} media
   * @param {Owner} owner
   */
  constructor({ id, other, polite, isCaller, rtc }, media, owner) {
    this.id = id;
    this.other = other;
    this.polite = polite;
    this.isCaller = isCaller;
    this.media = media;
    this.owner = owner;
    this.line = new RTCPeerConnection(rtc);
    this.line.onnegotiationneeded = () => this.offer();
    this.line.onicecandidate = ({ candidate }) => candidate && this.tell("rtc.candidate", { candidate: plain(candidate) });
    this.line.ontrack = ({ track }) => this.gain(track);
    this.line.onconnectionstatechange = () => this.heed();
    if (isCaller) {
      this.addSenders();
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

  /** Both kinds from the start, with or without a track: later changes need no negotiation. */
  addSenders() {
    for (const kind of KINDS) {
      const transceiver = this.line.addTransceiver(kind, { streams: [this.media.stream] });
      void transceiver.sender.replaceTrack(this.media.track(kind));
    }
  }

  /** The called side sends on what the offer has prepared. */
  useSenders() {
    for (const transceiver of this.line.getTransceivers()) {
      const kind = /** @type {"audio" | "video"} */ (transceiver.receiver.track.kind);
      transceiver.direction = "sendrecv";
      transceiver.sender.setStreams?.(this.media.stream);
      void transceiver.sender.replaceTrack(this.media.track(kind));
    }
  }

  /** Sends what is given now in place of what was given before. */
  refreshTracks() {
    for (const { sender, receiver } of this.line.getTransceivers()) {
      const track = this.media.track(/** @type {"audio" | "video"} */ (receiver.track.kind));
      if (sender.track !== track) {
        void sender.replaceTrack(track);
      }
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
      this.useSenders();
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
    if (this.state === "disconnected") {
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
