// Elements that find any selector, and a count of the listeners, timers and topics that a page has started.

import "./scripted-page.js";

/** Stands in for the platform's HTMLElement. A selector finds an element of its own; `querySelectorAll` finds none. */
export class ScriptedElement extends EventTarget {
  attributes = {};
  matches = {};
  textContent = "";
  hidden = false;
  value = "";
  children = [];
  classList = { add() {}, remove() {}, toggle() {} };
  isConnected = true;
  dataset = new Proxy(this.attributes, {
    get: (attributes, name) => attributes[`data-${name}`],
    set: (attributes, name, value) => Boolean((attributes[`data-${name}`] = value)),
  });

  getAttribute(name) {
    return this.attributes[name] ?? null;
  }

  setAttribute(name, value) {
    this.attributes[name] = value;
  }

  hasAttribute(name) {
    return name in this.attributes;
  }

  removeAttribute(name) {
    delete this.attributes[name];
  }

  toggleAttribute(name, isOn) {
    isOn ? this.setAttribute(name, "") : this.removeAttribute(name);
  }

  querySelector(selector) {
    return (this.matches[selector] ??= new ScriptedElement());
  }

  querySelectorAll() {
    return [];
  }

  contains() {
    return false;
  }

  closest() {
    return null;
  }

  checkVisibility() {
    return true;
  }

  getClientRects() {
    return [];
  }

  append() {}
  prepend() {}
  replaceChildren() {}
  remove() {}
  focus() {}
  scrollTo() {}
}

/** The fields of a scripted form: it has none. */
globalThis.FormData = class extends Map {
  constructor() {
    super();
  }
};

const listeners = new Set();
const timers = new Set();
const platform = { add: EventTarget.prototype.addEventListener, remove: EventTarget.prototype.removeEventListener };

/** Counts the listeners of everything but abort signals, which end the others. */
EventTarget.prototype.addEventListener = function (type, listener, options) {
  if (!(this instanceof AbortSignal)) {
    const entry = { target: this, type, listener };
    const isKnown = [...listeners].some((each) => each.target === this && each.type === type && each.listener === listener);
    isKnown || listeners.add(entry);
    options?.signal && platform.add.call(options.signal, "abort", () => listeners.delete(entry));
  }
  platform.add.call(this, type, listener, options);
};
EventTarget.prototype.removeEventListener = function (type, listener, options) {
  for (const entry of listeners) {
    if (entry.target === this && entry.type === type && entry.listener === listener) {
      listeners.delete(entry);
    }
  }
  platform.remove.call(this, type, listener, options);
};

for (const kind of ["Timeout", "Interval"]) {
  const { [`set${kind}`]: set, [`clear${kind}`]: clear } = globalThis;
  globalThis[`set${kind}`] = (call, delay) => {
    const timer = set(() => {
      kind === "Timeout" && timers.delete(timer);
      call();
    }, delay);
    timers.add(timer);
    return timer;
  };
  globalThis[`clear${kind}`] = (timer) => {
    timers.delete(timer);
    clear(timer);
  };
}

/** How many listeners there are of each type, and how many timers and listeners of topics. */
export function running(socket) {
  const counts = { timers: timers.size };
  for (const { type } of listeners) {
    counts[`on ${type}`] = (counts[`on ${type}`] ?? 0) + 1;
  }
  for (const [name, topic] of socket.topics) {
    counts[name] = topic.listeners.size;
  }
  return counts;
}

/** Element classes by their names. @type {Map<string, typeof ScriptedElement>} */
export const defined = new Map();

const unavailable = async () => {
  throw new DOMException("", "NotFoundError");
};
const mediaDevices = Object.assign(new EventTarget(), { getUserMedia: unavailable, enumerateDevices: async () => [] });
Object.assign(globalThis, {
  HTMLElement: ScriptedElement,
  Element: ScriptedElement,
  MediaStream: class {},
  customElements: { define: (name, kind) => defined.set(name, kind) },
  localStorage: { getItem: () => null, setItem() {}, removeItem() {} },
  sessionStorage: { getItem: () => null, setItem() {}, removeItem() {} },
  requestAnimationFrame: (call) => setTimeout(call, 16),
  cancelAnimationFrame: (frame) => clearTimeout(frame),
  matchMedia: () => ({ matches: false }),
});
navigator.mediaDevices = mediaDevices;
performance.getEntriesByType = () => [];
document.body = new ScriptedElement();
document.createElement = document.createElementNS = () => new ScriptedElement();
document.querySelectorAll = () => [];
