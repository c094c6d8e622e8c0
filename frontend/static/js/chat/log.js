// The lines of a conversation: each message once, in the order of its number, what is unsent at the end.

import { day, inLanguage, isSameDay, languageOf, stamp, t } from "../lib/language.js";
import { make } from "../lib/dom.js";

/**
 * @typedef {{ id: number, name: Record<string, string>, company: Record<string, string> }} Person
 * @typedef {{ seq: number, client_id: string, author: Person, on_behalf_of?: Person | null, body: string,
 *   sent_at: string }} ChatMessage
 */

const AT_THE_END = 4;
const SAME_BREATH = 5 * 60_000; // messages of one person within five minutes stand under one name

export class ChatLog {
  /**
   * @param {HTMLElement} list
   * @param {number} me
   */
  constructor(list, me) {
    this.list = list;
    this.me = me;
    /** @type {WeakMap<Element, ChatMessage>} */
    this.messages = new WeakMap();
  }

  /** @param {ChatMessage[]} messages */
  begin(messages) {
    this.list.replaceChildren(...this.list.querySelectorAll("[data-earlier]"));
    messages.forEach((message) => this.place(message));
  }

  /** Puts a stored message where its number belongs; takes the place of its unsent line. @param {ChatMessage} message */
  place(message) {
    this.find(message.client_id, message.author.id)?.remove();
    const line = this.line(message);
    let before = this.list.lastElementChild;
    while (before && this.numberOf(before) > message.seq) {
      before = before.previousElementSibling;
    }
    if (before && this.numberOf(before) === message.seq) {
      before.replaceWith(line);
    } else {
      before ? before.after(line) : this.list.prepend(line);
    }
    this.arrange(line);
    this.arrange(this.neighbour(line, "nextElementSibling"));
    return line;
  }

  /**
   * A line that is on its way or was not sent.
   * @param {{ client_id: string, body: string, sent_at: string }} letter
   * @param {"sending" | "failed"} state
   * @param {string} [reason]
   */
  unsent(letter, state, reason = "") {
    const old = this.find(letter.client_id, this.me);
    if (old && this.messages.has(old)) {
      return;
    }
    const line = make(
      "li",
      { class: "chat__message", "data-mine": "", "data-state": state, "data-client": letter.client_id },
      body(letter),
    );
    if (state === "failed") {
      const says = reason ? `${reason} ${t("Tap to resend.")}` : t("Not sent, tap to resend");
      line.append(make("button", { class: "chat__resend", type: "button" }, says));
    }
    const scroller = this.list.parentElement;
    const fromEnd = scroller ? scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight : 0;
    old ? old.replaceWith(line) : this.list.append(line);
    if (scroller && fromEnd < AT_THE_END) {
      scroller.scrollTop = scroller.scrollHeight;
    }
  }

  /** @param {string} clientId @param {number} author */
  find(clientId, author) {
    const lines = this.list.querySelectorAll(`[data-client="${CSS.escape(clientId)}"]`);
    return [...lines].find((line) => (this.messages.get(line)?.author.id ?? this.me) === author);
  }

  /** Whether my message of this key stands here as a stored one. @param {string} clientId */
  has(clientId) {
    const line = this.find(clientId, this.me);
    return line !== undefined && this.messages.has(line);
  }

  get oldest() {
    return Math.min(...[...this.list.children].map((line) => this.messages.get(line)?.seq ?? Infinity));
  }

  /** Unsent lines come last, everything that is no message first. @param {Element} line */
  numberOf(line) {
    const isUnsent = line instanceof HTMLElement && line.dataset.state !== undefined;
    return this.messages.get(line)?.seq ?? (isUnsent ? Infinity : dayNumber(line));
  }

  /** @param {ChatMessage} message */
  line(message) {
    const isMine = message.author.id === this.me;
    const line = make(
      "li",
      { class: "chat__message", "data-mine": isMine ? "" : null, "data-client": message.client_id },
      body(message),
    );
    this.messages.set(line, message);
    return line;
  }

  /** The name above a line, and the date above that, where the line before has another. @param {Element | null} line */
  arrange(line) {
    const message = line && this.messages.get(line);
    if (!message || !line) {
      return;
    }
    const before = this.neighbour(line, "previousElementSibling");
    const last = before && this.messages.get(before);
    const isNewDay = !last || !isSameDay(last.sent_at, message.sent_at);
    this.date(line, isNewDay ? message : null);
    line.querySelector(".chat__author")?.remove();
    if (isNewDay || !last || last.author.id !== message.author.id || gap(last, message) > SAME_BREATH) {
      line.prepend(this.author(message));
    }
  }

  /** @param {Element} line @param {ChatMessage | null} message */
  date(line, message) {
    const above = line.previousElementSibling;
    if (above?.classList.contains("chat__day")) {
      above.remove();
    }
    if (message) {
      const date = make("li", { class: "chat__day", "data-before": String(message.seq) }, day(message.sent_at));
      line.before(date);
    }
  }

  /** @param {ChatMessage} message */
  author(message) {
    const time = stamp(message.sent_at);
    const line = make("span", { class: "chat__author" });
    if (message.author.id !== this.me) {
      const company = inLanguage(message.author.company);
      const name = inLanguage(message.author.name);
      line.append(make("bdi", { title: company, lang: languageOf(name) }, name));
    }
    if (message.on_behalf_of) {
      line.append(t("for %(name)s", { name: inLanguage(message.on_behalf_of.name) }));
    }
    line.append(time);
    return line;
  }

  /**
   * The next message, dates and notes left out.
   * @param {Element} line
   * @param {"previousElementSibling" | "nextElementSibling"} direction
   */
  neighbour(line, direction) {
    let next = line[direction];
    while (next && !this.messages.has(next)) {
      next = next[direction];
    }
    return next;
  }
}

/** What was written, in the direction and the language it was written in. @param {{ body: string }} message */
function body({ body }) {
  return make("span", { class: "chat__body", dir: "auto", lang: languageOf(body) }, body);
}

/** A date stands just before the message it was made for; other notes stand at the very top. @param {Element} line */
function dayNumber(line) {
  const before = line instanceof HTMLElement ? line.dataset.before : undefined;
  return before === undefined ? -1 : Number(before) - 0.5;
}

/** @param {ChatMessage} a @param {ChatMessage} b */
function gap(a, b) {
  return Date.parse(b.sent_at) - Date.parse(a.sent_at);
}
