// A scripted RTCPeerConnection (WebRTC 1.0): its states follow the paths that a test opens and closes, in the test's own time.

const STEP = 100;
const CONNECTED_AFTER = 200; // the connectivity checks have been answered
const DISCONNECTED_AFTER = 5000; // as in Chromium, as the next one
const FAILED_AFTER = 20_000;
const GATHERING_TAKES = 8000;

/** Which paths there are between any two peer connections. */
export class Paths {
  direct = true;
  relay = true;
  /** Whether the computer at this end has any network at all. @type {(pc: ScriptedPeerConnection) => boolean} */
  hasNetwork = () => true;
  /** By name. @type {Map<string, ScriptedPeerConnection>} */
  connections = new Map();
  made = 0;

  constructor() {
    const paths = this;
    /** Stands in for the platform's class. */
    this.RTCPeerConnection = class extends ScriptedPeerConnection {
      /** @param {RTCConfiguration} configuration */
      constructor(configuration) {
        super(paths, configuration);
      }
    };
    setInterval(() => this.connections.forEach((pc) => pc.step(STEP)), STEP);
  }

  /** @param {ScriptedPeerConnection} a @param {ScriptedPeerConnection} b */
  reach(a, b) {
    const mayBeDirect = a.policy !== "relay" && b.policy !== "relay";
    const mayBeRelayed = a.configuration.iceServers.length > 0 || b.configuration.iceServers.length > 0;
    return [a, b].every((pc) => pc.hasCandidates && this.hasNetwork(pc)) && ((this.direct && mayBeDirect) || (this.relay && mayBeRelayed));
  }
}

class ScriptedPeerConnection {
  signalingState = "stable";
  connectionState = "new";
  localDescription = null;
  remoteDescription = null;
  /** The descriptions in force: those of the last offer and its answer. */
  agreed = { local: "", remote: "" };
  transceivers = [];
  needsRestart = false;
  needsOffer = false;
  generation = 0;
  bytes = 0;
  /** Milliseconds for which there has been no path, and for which there has been one. */
  unreachableFor = 0;
  reachableFor = 0;
  gatheredFor = 0;
  /** There was a network when gathering began: candidates are not added later. */
  hasCandidates = false;
  /** Whether the other side sends media. */
  receivesMedia = true;

  constructor(paths, configuration) {
    this.paths = paths;
    this.configuration = { iceServers: [], ...configuration };
    this.name = `pc${paths.made++}`;
    paths.connections.set(this.name, this);
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
    this.negotiationNeeded();
    return transceiver;
  }

  getTransceivers() {
    return this.transceivers;
  }

  getSenders() {
    return this.transceivers.map(({ sender }) => sender);
  }

  restartIce() {
    this.needsRestart = true;
    this.negotiationNeeded();
  }

  negotiationNeeded() {
    this.needsOffer = true;
    queueMicrotask(() => {
      if (this.needsOffer && this.signalingState === "stable" && this.connectionState !== "closed") {
        this.needsOffer = false;
        this.onnegotiationneeded?.();
      }
    });
  }

  async setLocalDescription() {
    await null;
    this.check(this.connectionState !== "closed");
    const type = this.signalingState === "have-remote-offer" ? "answer" : "offer";
    const isAnswered = this.signalingState === "have-remote-offer";
    const renews = this.needsRestart || (isAnswered && this.remoteDescription.sdp !== this.agreed.remote);
    this.generation += renews || this.generation === 0 ? 1 : 0;
    this.needsRestart = false;
    this.needsOffer = isAnswered && this.needsOffer;
    this.localDescription = { type, sdp: `${this.name}/${this.generation}` };
    this.gatheredFor = renews || this.generation === 1 ? 0 : this.gatheredFor;
    if (isAnswered) {
      this.agree();
    } else {
      this.signalingState = "have-local-offer";
    }
  }

  async setRemoteDescription({ type, sdp }) {
    await null;
    this.check(this.connectionState !== "closed");
    if (type === "answer") {
      this.check(this.signalingState === "have-local-offer");
      this.remoteDescription = { type, sdp };
      this.agree();
      return;
    }
    if (this.signalingState === "have-local-offer") {
      // The standard's implicit rollback: the negotiation that was given up is needed again.
      this.needsRestart = this.needsOffer = this.agreed.local !== "";
    }
    this.remoteDescription = { type, sdp };
    this.signalingState = "have-remote-offer";
    if (this.transceivers.length === 0) {
      this.addTransceiver("audio");
      this.addTransceiver("video");
      this.needsOffer = false;
    }
  }

  async addIceCandidate() {
    this.check(this.remoteDescription !== null);
  }

  check(holds) {
    if (!holds) {
      throw new DOMException(`${this.name} is ${this.signalingState}`, "InvalidStateError");
    }
  }

  agree() {
    this.signalingState = "stable";
    const isNew = this.agreed.remote !== this.remoteDescription.sdp || this.agreed.local !== this.localDescription.sdp;
    this.agreed = { local: this.localDescription.sdp, remote: this.remoteDescription.sdp };
    if (isNew && this.connectionState === "failed") {
      this.setState("connecting");
    }
    this.unreachableFor = isNew ? 0 : this.unreachableFor;
    this.needsOffer && this.negotiationNeeded();
  }

  /** The other end, if each of the two has the description of the other. */
  get far() {
    const far = this.paths.connections.get(this.agreed.remote.split("/")[0]);
    const isMutual = far?.agreed.local === this.agreed.remote && far?.agreed.remote === this.agreed.local;
    return isMutual && far.connectionState !== "closed" ? far : undefined;
  }

  /** Time has passed. */
  step(passed) {
    this.gather(passed);
    const { far } = this;
    const isReachable = far && this.paths.reach(this, far);
    this.unreachableFor = isReachable ? 0 : this.unreachableFor + passed;
    this.reachableFor = isReachable ? this.reachableFor + passed : 0;
    if (isReachable && this.connectionState !== "failed") {
      this.bytes += this.receivesMedia ? 1000 : 0;
      this.reachableFor >= CONNECTED_AFTER && this.setState("connected");
    } else if (this.connectionState === "connected" && this.unreachableFor >= DISCONNECTED_AFTER) {
      this.setState("disconnected");
    } else if (this.hasPaths && this.connectionState === "new" && this.agreed.local) {
      this.setState("connecting");
    } else if (["disconnected", "connecting"].includes(this.connectionState) && this.unreachableFor >= FAILED_AFTER) {
      this.setState("failed");
    }
  }

  get hasPaths() {
    return this.paths.hasNetwork(this) && (this.paths.relay || this.policy !== "relay");
  }

  /** Finds a candidate at once, or none after a while. */
  gather(passed) {
    if (!this.localDescription || this.gatheredFor > GATHERING_TAKES) {
      return;
    }
    if (this.gatheredFor === 0) {
      this.hasCandidates = this.hasPaths;
      this.hasCandidates && this.onicecandidate?.({ candidate: { candidate: this.localDescription.sdp } });
    }
    this.gatheredFor += passed;
    this.gatheredFor > GATHERING_TAKES && this.onicecandidate?.({ candidate: null });
  }

  setState(state) {
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
    this.paths.connections.delete(this.name);
  }
}
