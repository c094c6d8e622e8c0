// A scripted RTCPeerConnection (WebRTC 1.0): its states follow the paths that a test opens and closes, in the test's own time.

const LOOK_EVERY = 100;
const STANDS_AFTER = 200; // checks have been answered
const MISSED_AFTER = 5000; // what Chromium waits before it says "disconnected" and "failed"
const FAILS_AFTER = 20_000;
const RELAY_SOUGHT_FOR = 8000;

/** Which paths there are between any two lines. */
export class Paths {
  direct = true;
  relay = true;
  /** Whether the computer at this end has any network at all. @type {(line: ScriptedConnection) => boolean} */
  hasNetwork = () => true;
  /** @type {Map<string, ScriptedConnection>} */
  lines = new Map();
  made = 0;

  constructor() {
    const paths = this;
    /** The platform's class, as the page's code finds it. */
    this.RTCPeerConnection = class extends ScriptedConnection {
      /** @param {RTCConfiguration} configuration */
      constructor(configuration) {
        super(paths, configuration);
      }
    };
    setInterval(() => this.lines.forEach((line) => line.look(LOOK_EVERY)), LOOK_EVERY);
  }

  /** @param {ScriptedConnection} a @param {ScriptedConnection} b */
  reach(a, b) {
    const mayBeDirect = a.policy !== "relay" && b.policy !== "relay";
    const mayBeRelayed = a.configuration.iceServers.length > 0 || b.configuration.iceServers.length > 0;
    return [a, b].every((line) => line.found && this.hasNetwork(line)) && ((this.direct && mayBeDirect) || (this.relay && mayBeRelayed));
  }
}

class ScriptedConnection {
  signalingState = "stable";
  connectionState = "new";
  localDescription = null;
  remoteDescription = null;
  /** What is in force: set when an offer and its answer have met. */
  agreed = { local: "", remote: "" };
  transceivers = [];
  wantsRestart = false;
  wantsOffer = false;
  generation = 0;
  bytes = 0;
  missing = 0;
  sought = 0;
  /** There were candidates when they were sought: without a network there are none, and none are added later. */
  found = false;
  stands = 0;
  /** The other side sends; a test may stop it. */
  isFed = true;

  constructor(paths, configuration) {
    this.paths = paths;
    this.configuration = { iceServers: [], ...configuration };
    this.name = `line${paths.made++}`;
    paths.lines.set(this.name, this);
  }

  get policy() {
    return this.configuration.iceTransportPolicy ?? "all";
  }

  getConfiguration() {
    return { iceTransportPolicy: "all", ...this.configuration };
  }

  setConfiguration(configuration) {
    this.configuration = configuration;
  }

  addTransceiver(kind) {
    const sender = { track: null, replaceTrack: async () => {}, getParameters: () => ({}), setParameters: async () => {} };
    const transceiver = { sender, receiver: { track: { kind } }, direction: "sendrecv" };
    this.transceivers.push(transceiver);
    this.need();
    return transceiver;
  }

  getTransceivers() {
    return this.transceivers;
  }

  getSenders() {
    return this.transceivers.map(({ sender }) => sender);
  }

  restartIce() {
    this.wantsRestart = true;
    this.need();
  }

  need() {
    this.wantsOffer = true;
    queueMicrotask(() => {
      if (this.wantsOffer && this.signalingState === "stable" && this.connectionState !== "closed") {
        this.wantsOffer = false;
        this.onnegotiationneeded?.();
      }
    });
  }

  async setLocalDescription() {
    await null;
    this.must(this.connectionState !== "closed");
    const type = this.signalingState === "have-remote-offer" ? "answer" : "offer";
    const isAnswered = this.signalingState === "have-remote-offer";
    const renews = this.wantsRestart || (isAnswered && this.remoteDescription.sdp !== this.agreed.remote);
    this.generation += renews || this.generation === 0 ? 1 : 0;
    this.wantsRestart = false;
    this.wantsOffer = isAnswered && this.wantsOffer;
    this.localDescription = { type, sdp: `${this.name}/${this.generation}` };
    this.sought = renews || this.generation === 1 ? 0 : this.sought;
    if (isAnswered) {
      this.agree();
    } else {
      this.signalingState = "have-local-offer";
    }
  }

  async setRemoteDescription({ type, sdp }) {
    await null;
    this.must(this.connectionState !== "closed");
    if (type === "answer") {
      this.must(this.signalingState === "have-local-offer");
      this.remoteDescription = { type, sdp };
      this.agree();
      return;
    }
    if (this.signalingState === "have-local-offer") {
      // The standard's implicit rollback: what was asked for is asked for again.
      this.wantsRestart = this.wantsOffer = this.agreed.local !== "";
    }
    this.remoteDescription = { type, sdp };
    this.signalingState = "have-remote-offer";
    if (this.transceivers.length === 0) {
      this.addTransceiver("audio");
      this.addTransceiver("video");
      this.wantsOffer = false;
    }
  }

  async addIceCandidate() {
    this.must(this.remoteDescription !== null);
  }

  must(holds) {
    if (!holds) {
      throw new DOMException(`${this.name} is ${this.signalingState}`, "InvalidStateError");
    }
  }

  agree() {
    this.signalingState = "stable";
    const isNew = this.agreed.remote !== this.remoteDescription.sdp || this.agreed.local !== this.localDescription.sdp;
    this.agreed = { local: this.localDescription.sdp, remote: this.remoteDescription.sdp };
    if (isNew && this.connectionState === "failed") {
      this.turn("connecting");
    }
    this.missing = isNew ? 0 : this.missing;
    this.wantsOffer && this.need();
  }

  /** The line at the other end, if both mean each other. */
  get far() {
    const far = this.paths.lines.get(this.agreed.remote.split("/")[0]);
    const isMutual = far?.agreed.local === this.agreed.remote && far?.agreed.remote === this.agreed.local;
    return isMutual && far.connectionState !== "closed" ? far : undefined;
  }

  /** Time has passed. */
  look(passed) {
    this.seek(passed);
    const { far } = this;
    const isReached = far && this.paths.reach(this, far);
    this.missing = isReached ? 0 : this.missing + passed;
    this.stands = isReached ? this.stands + passed : 0;
    if (isReached && this.connectionState !== "failed") {
      this.bytes += this.isFed ? 1000 : 0;
      this.stands >= STANDS_AFTER && this.turn("connected");
    } else if (this.connectionState === "connected" && this.missing >= MISSED_AFTER) {
      this.turn("disconnected");
    } else if (this.hasPaths && this.connectionState === "new" && this.agreed.local) {
      this.turn("connecting");
    } else if (["disconnected", "connecting"].includes(this.connectionState) && this.missing >= FAILS_AFTER) {
      this.turn("failed");
    }
  }

  get hasPaths() {
    return this.paths.hasNetwork(this) && (this.paths.relay || this.policy !== "relay");
  }

  /** Finds candidates, or after a while none. */
  seek(passed) {
    if (!this.localDescription || this.sought > RELAY_SOUGHT_FOR) {
      return;
    }
    if (this.sought === 0) {
      this.found = this.hasPaths;
      this.found && this.onicecandidate?.({ candidate: { candidate: this.localDescription.sdp } });
    }
    this.sought += passed;
    this.sought > RELAY_SOUGHT_FOR && this.onicecandidate?.({ candidate: null });
  }

  turn(state) {
    if (state !== this.connectionState) {
      this.connectionState = state;
      this.onconnectionstatechange?.();
    }
  }

  async getStats() {
    return new Map([["in", { type: "inbound-rtp", kind: "video", bytesReceived: this.bytes }]]);
  }

  close() {
    this.connectionState = this.signalingState = "closed";
    this.paths.lines.delete(this.name);
  }
}
