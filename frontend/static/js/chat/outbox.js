// What a person has written to a conversation and the server has not stored yet. It outlives the page.

import { serverNow } from "../lib/time.js";

/** @typedef {{ client_id: string, body: string, sent_at: string }} Unsent */

export class Outbox {
  /** @param {string} topic */
  constructor(topic) {
    // Several people may use one computer of a hall: nobody finds another person's words.
    const person = document.documentElement.dataset.person ?? "";
    this.key = `fair.unsent.${person}.${topic}`;
    this.draftKey = `fair.draft.${person}.${topic}`;
    /** @type {Unsent[]} */
    this.letters = JSON.parse(read(this.key) || "[]");
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
    const letter = { client_id: crypto.randomUUID?.() ?? randomUUID(), body, sent_at: sentAt };
    this.letters.push(letter);
    this.keep();
    return letter;
  }

  /** @param {string} clientId */
  remove(clientId) {
    const before = this.letters.length;
    this.letters = this.letters.filter((letter) => letter.client_id !== clientId);
    if (this.letters.length < before) {
      this.keep();
    }
  }

  keep() {
    write(this.key, this.letters.length ? JSON.stringify(this.letters) : "");
  }
}

/** @param {string} key */
function read(key) {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return ""; // a browser that stores nothing still writes and sends
  }
}

/** @param {string} key @param {string} text */
function write(key, text) {
  try {
    text ? localStorage.setItem(key, text) : localStorage.removeItem(key);
  } catch {
    // As above: a full or closed store costs only what a reload would lose.
  }
}

/** RFC 9562 version 4, for pages that are not served over TLS. */
function randomUUID() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
