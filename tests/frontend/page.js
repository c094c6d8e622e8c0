// What a page of the browser has: a window, a document, and a WebSocket whose other end is the test. Its time is the test's.

import { mock } from "node:test";

/** The platform's class, whose other end is the test. */
export class ScriptedWebSocket {
  static OPEN = 1;
  /** Every one that the page has opened. @type {ScriptedWebSocket[]} */
  static all = [];
  readyState = 0;
  sent = [];

  constructor(address) {
    this.address = String(address);
    ScriptedWebSocket.all.push(this);
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.readyState = 3;
  }

  opens() {
    this.readyState = 1;
    this.onopen();
  }

  breaks(code = 1006) {
    this.readyState = 3;
    this.onclose({ code });
  }

  says(frame) {
    this.onmessage({ data: JSON.stringify(frame) });
  }
}

/** What the window is told. */
export const page = new EventTarget();
mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
Object.assign(globalThis, {
  WebSocket: ScriptedWebSocket,
  addEventListener: page.addEventListener.bind(page),
  location: { href: "https://fair.test/en/", reloads: 0, reload: () => location.reloads++ },
  document: Object.assign(new EventTarget(), {
    documentElement: { lang: "en", dataset: {} },
    querySelector: () => null,
    hidden: false,
  }),
});
Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });

/** The socket that the page opened last. */
export const current = () => ScriptedWebSocket.all.at(-1);

/** A new day for the page: nothing waits, nobody listens. */
export function renew(socket) {
  socket.topics.clear();
  socket.drop("");
  Object.assign(socket, { status: "waiting", reason: "", tries: 0, away: 0, isOld: false });
  location.reloads = 0;
  ScriptedWebSocket.all = [];
}
