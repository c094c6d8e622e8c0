// Messages that the server has not stored yet, and the draft of the next one: in the browser's storage, so that they survive
// the page.

import { serverNow } from "../lib/time.js";

/** @typedef {{ client_id: string, body: string, sent_at: string }} Unsent */

export class Outbox {
  /** @param {string} topic */
  constructor(topic) {
    // One key per person: several people may use one computer.
    const person = document.documentElement.dataset.person ?? "";
    this.key = `fair.unsent.${person}.${topic}`;
    this.draftKey = `fair.draft.${person}.${topic}`;
    /** @type {Unsent[]} */
    this.messages = JSON.parse(read(this.key) || "[]");
  }

  get draft() {
    return read(this.draftKey);
  }

  set draft(text) {
    write(this.draftKey, text);
  }

  /** @param {string} body @returns {Unsent} */
  add(body) {
    const sentAt = new Date(serverNow()).toISOString();
    const message = { client_id: crypto.randomUUID?.() ?? randomUUID(), body, sent_at: sentAt };
    this.messages.push(message);
    this.save();
    return message;
  }

  /** @param {string} clientId */
  remove(clientId) {
    const before = this.messages.length;
    this.messages = this.messages.filter((message) => message.client_id !== clientId);
    if (this.messages.length < before) {
      this.save();
    }
  }

  save() {
    write(this.key, this.messages.length ? JSON.stringify(this.messages) : "");
  }
}

/** @param {string} key */
function read(key) {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return ""; // without storage messages are sent all the same
  }
}

/** @param {string} key @param {string} text */
function write(key, text) {
  try {
    text ? localStorage.setItem(key, text) : localStorage.removeItem(key);
  } catch {
    // Storage is full or forbidden: a message is lost only if the page is closed before it was sent.
  }
}

/** A UUID of version 4 (RFC 9562): browsers offer crypto.randomUUID only on pages that are served over TLS. */
function randomUUID() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
