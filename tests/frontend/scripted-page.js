// A scripted page: window, document, and a WebSocket whose server is the test; the test sets the time.

import { mock } from "node:test";

/** Stands in for the platform's WebSocket. */
export class ScriptedWebSocket {
  static OPEN = 1;
  /** Every one that the page has opened. @type {ScriptedWebSocket[]} */
  static all = [];
  readyState = 0;
  sent = [];

  constructor(url) {
    this.url = String(url);
    ScriptedWebSocket.all.push(this);
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.readyState = 3;
  }

  /** The server has accepted the connection. */
  opens() {
    this.readyState = 1;
    this.onopen();
  }

  /** The connection has ended. */
  breaks(code = 1006) {
    this.readyState = 3;
    this.onclose({ code });
  }

  /** The server sends a frame. */
  receives(frame) {
    this.onmessage({ data: JSON.stringify(frame) });
  }
}

/** Receives the events of the window. */
export const scriptedWindow = new EventTarget();
mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
Object.assign(globalThis, {
  WebSocket: ScriptedWebSocket,
  addEventListener: scriptedWindow.addEventListener.bind(scriptedWindow),
  removeEventListener: scriptedWindow.removeEventListener.bind(scriptedWindow),
  location: { href: "https://fair.test/en/", reloads: 0, reload: () => location.reloads++ },
  document: Object.assign(new EventTarget(), {
    documentElement: { lang: "en", dataset: {} },
    querySelector: () => null,
    hidden: false,
  }),
});
Object.defineProperty(globalThis, "navigator", { value: { onLine: true }, configurable: true });

/** The socket that the page has opened last. */
export const current = () => ScriptedWebSocket.all.at(-1);

/** The page as it was before anything has happened on it. */
export function reset(socket) {
  socket.topics.clear();
  socket.disconnect("");
  socket.backoff.reset();
  Object.assign(socket, { status: "waiting", reason: "", isRestored: false });
  location.reloads = 0;
  ScriptedWebSocket.all = [];
}
