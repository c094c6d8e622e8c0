// A scripted room: two pages, the seats that the server knows, and a socket each that loses what is said while it is away.

import { Peers } from "../../frontend/static/js/webrtc/peers.js";
import { Paths } from "./lines.js";

const SILENCE = 28_000; // a page notices by then that its socket is dead, the server too
const BACK_WITHIN = 4000;

/** Time goes by in small steps, so that what was promised is kept in between. */
export async function pass(timers, milliseconds, step = 50) {
  for (let gone = 0; gone < milliseconds; gone += step) {
    timers.tick(step);
    await settled();
  }
}

/** Everything that follows at once has followed. */
export async function settled() {
  await new Promise((done) => setImmediate(done));
}

/** Numbers by chance, the same for the same seed (mulberry32). */
export function chance(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export class ScriptedRoom {
  paths = new Paths();
  iceServers = [{ urls: "turn:relay.test" }];
  entered = 0;
  /** So many of the next signals are lost, and nobody is told. */
  swallows = 0;
  /** What the server believes: who has a seat, under which name. */
  seats = new Map();
  pages = [new Page(this, 1), new Page(this, 2)];

  constructor(random = () => 0.5) {
    this.random = random;
    this.paths.hasNetwork = (line) => !this.pages.some((page) => page.isOff && page.pair?.line === line);
    globalThis.RTCPeerConnection = this.paths.RTCPeerConnection;
    globalThis.MediaStream = class {
      addTrack() {}
    };
  }

  /** Milliseconds to and from the server, the same for all: what one says keeps its order. */
  latency = 50;

  /** Everybody who is in but this page's own person. */
  others(page) {
    return [...this.seats.values()].filter((seat) => seat.person.id !== page.person);
  }

  seat(page) {
    const connection_id = `c${this.random().toString(36).slice(2, 8)}-${this.entered++}`;
    this.seats.set(page.person, { connection_id, person: { id: page.person }, part: "party", side: "" });
    this.tell();
    return connection_id;
  }

  /** The server has noticed that a socket is dead. */
  miss(page, connection) {
    if (this.seats.get(page.person)?.connection_id === connection) {
      this.seats.delete(page.person);
      this.tell();
    }
  }

  /** Everybody who is in hears who is in. */
  tell() {
    for (const page of this.pages) {
      const others = this.others(page);
      setTimeout(() => page.hasSocket && page.hear(others), this.latency);
    }
  }

  signal(from, message) {
    if (this.swallows > 0) {
      this.swallows--;
      return;
    }
    const page = this.pages.find((one) => one.name === message.to && this.seats.get(one.person)?.connection_id === message.to);
    const sender = from.name;
    setTimeout(() => page?.hasSocket && page.name === message.to && page.peers.take({ ...message, from: sender }), this.latency);
  }
}

export class Page {
  hasSocket = true;
  isIn = false;
  /** This page's computer has no network. */
  isOff = false;
  /** What the page said, in order. */
  said = [];
  name = "";
  outage = 0;
  others = [];

  constructor(room, person) {
    this.room = room;
    this.person = person;
    this.load();
  }

  load() {
    const media = Object.assign(new EventTarget(), { stream: {}, track: () => null });
    this.peers = new Peers(this.person, media, (type, fields) => this.send(type, fields), () => true);
    this.peers.addEventListener("change", () => this.meet());
  }

  /** The room has told who else is in. */
  hear(others) {
    this.others = others;
    this.meet();
  }

  /** As the page does with every change. */
  meet() {
    this.isIn && this.peers.sync(this.others, false);
  }

  async send(type, fields) {
    this.said.push({ type, ...fields });
    if (!this.hasSocket) {
      throw { code: "no_connection", detail: "" };
    }
    const here = this.room.seats.get(this.person)?.connection_id === this.name;
    const there = [...this.room.seats.values()].some((seat) => seat.connection_id === fields.to);
    if (fields.to && here && !there) {
      throw { code: "peer_gone", detail: "" };
    }
    fields.to && this.room.signal(this, { type, ...fields });
  }

  /** Comes in, or back in under a new name. */
  enter() {
    this.name = this.room.seat(this);
    this.others = this.room.others(this);
    const { name } = this;
    setTimeout(() => {
      if (this.hasSocket && name === this.name) {
        this.peers.signals.release();
        this.peers.admitted(name, this.room.iceServers, this.others);
        this.isIn = true;
      }
    }, this.room.latency);
  }

  /** The socket dies; neither side is told, and each notices by itself. */
  loseSocket() {
    if (this.hasSocket) {
      this.hasSocket = this.isIn = false;
      const { name } = this;
      setTimeout(() => this.room.miss(this, name), this.room.random() * SILENCE);
    }
  }

  findSocket() {
    const outage = ++this.outage;
    setTimeout(() => {
      if (!this.hasSocket && !this.isOff && outage === this.outage) {
        this.hasSocket = true;
        this.enter();
      }
    }, this.room.random() * BACK_WITHIN);
  }

  /** It dies again before it was back. */
  staysAway() {
    this.outage++;
    this.loseSocket();
  }

  reload() {
    this.peers.close();
    this.staysAway();
    this.load();
    this.findSocket();
  }

  /** The one line to the other page, as this page sees it. */
  get pair() {
    return [...this.peers.pairs.values()][0];
  }

  get state() {
    return this.pair?.state ?? "none";
  }
}
