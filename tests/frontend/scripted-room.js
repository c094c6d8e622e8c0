// A scripted room: two pages with a socket each, which loses what is sent while it is down, and the server's list of who is in.

import { Peers } from "../../frontend/static/js/webrtc/peers.js";
import { Paths } from "./scripted-peer-connection.js";

const SILENCE = 28_000; // by then a page has noticed that its socket is dead, and the server too
const BACK_WITHIN = 4000;

export class ScriptedRoom {
  paths = new Paths();
  iceServers = [{ urls: "turn:relay.test" }];
  entered = 0;
  /** How many of the next signals are lost without an error. */
  signalsToLose = 0;
  /** Who is in, as far as the server knows: connections by person. */
  present = new Map();
  pages = [new Page(this, 1), new Page(this, 2)];

  constructor(random = () => 0.5) {
    this.random = random;
    this.paths.hasNetwork = (pc) => !this.pages.some((page) => page.isOffline && page.pair?.pc === pc);
    globalThis.RTCPeerConnection = this.paths.RTCPeerConnection;
    globalThis.MediaStream = class {
      addTrack() {}
    };
  }

  /** Milliseconds to and from the server, the same for all, so that messages keep their order. */
  latency = 50;

  /** Everybody who is in but the page's own person. */
  others(page) {
    return [...this.present.values()].filter(({ person }) => person.id !== page.person);
  }

  /** @returns {string} the id of a new connection */
  admit(page) {
    const connection_id = `c${this.random().toString(36).slice(2, 8)}-${this.entered++}`;
    this.present.set(page.person, { connection_id, person: { id: page.person }, part: "party", side: "" });
    this.publish();
    return connection_id;
  }

  /** The server has noticed that a socket is dead. */
  onSocketLost(page, connection) {
    if (this.present.get(page.person)?.connection_id === connection) {
      this.present.delete(page.person);
      this.publish();
    }
  }

  /** Tells every page who is in. */
  publish() {
    for (const page of this.pages) {
      const others = this.others(page);
      setTimeout(() => page.hasSocket && page.onPresence(others), this.latency);
    }
  }

  signal(from, message) {
    if (this.signalsToLose > 0) {
      this.signalsToLose--;
      return;
    }
    const isAddressee = (page) => page.connection === message.to && this.present.get(page.person)?.connection_id === message.to;
    const page = this.pages.find(isAddressee);
    const sender = from.connection;
    setTimeout(() => page?.hasSocket && page.connection === message.to && page.peers.receive({ ...message, from: sender }), this.latency);
  }
}

export class Page {
  hasSocket = true;
  isInside = false;
  /** The computer has no network. */
  isOffline = false;
  /** The commands the page has sent, in order. */
  sent = [];
  /** The id of its connection in the room. */
  connection = "";
  outage = 0;
  others = [];

  constructor(room, person) {
    this.room = room;
    this.person = person;
    this.load();
  }

  load() {
    const media = Object.assign(new EventTarget(), { stream: {}, track: () => null });
    this.lifetime = new AbortController();
    this.peers = new Peers(this.person, media, (command) => this.send(command), () => true, this.lifetime.signal);
    this.peers.addEventListener("change", () => this.sync());
  }

  /** The server has said who else is in. */
  onPresence(others) {
    this.others = others;
    this.sync();
  }

  /** As the page does after every change. */
  sync() {
    this.isInside && this.peers.sync(this.others, false);
  }

  async send(command) {
    this.sent.push(command);
    if (!this.hasSocket) {
      throw { code: "no_connection", detail: "" };
    }
    const { to } = command;
    const isPresent = this.room.present.get(this.person)?.connection_id === this.connection;
    const isPeerPresent = [...this.room.present.values()].some(({ connection_id }) => connection_id === to);
    if (to && isPresent && !isPeerPresent) {
      throw { code: "peer_gone", detail: "" };
    }
    to && this.room.signal(this, command);
  }

  /** Enters, or enters again under a new connection id. */
  enter() {
    this.connection = this.room.admit(this);
    this.others = this.room.others(this);
    const { connection } = this;
    setTimeout(() => {
      if (this.hasSocket && connection === this.connection) {
        this.peers.signaling.release();
        this.peers.onAdmitted(connection, this.room.iceServers, this.others);
        this.isInside = true;
      }
    }, this.room.latency);
  }

  /** The socket dies; page and server notice it at some later time. */
  loseSocket() {
    if (this.hasSocket) {
      this.hasSocket = this.isInside = false;
      const { connection } = this;
      setTimeout(() => this.room.onSocketLost(this, connection), this.room.random() * SILENCE);
    }
  }

  /** The socket is opened again some time later. */
  reconnect() {
    const outage = ++this.outage;
    setTimeout(() => {
      if (!this.hasSocket && !this.isOffline && outage === this.outage) {
        this.hasSocket = true;
        this.enter();
      }
    }, this.room.random() * BACK_WITHIN);
  }

  /** The attempt to open it again fails. */
  staysDisconnected() {
    this.outage++;
    this.loseSocket();
  }

  reload() {
    this.peers.close();
    this.lifetime.abort();
    this.staysDisconnected();
    this.load();
    this.reconnect();
  }

  /** The pair with the other page. */
  get pair() {
    return [...this.peers.pairs.values()][0];
  }

  get state() {
    return this.pair?.state ?? "none";
  }
}
