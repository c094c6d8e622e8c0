// The messages of a conversation, each once and in the order of their numbers; unsent ones come last.

import { make } from "../lib/dom.js";
import { day, inLanguage, isSameDay, languageOf, stamp, t } from "../lib/language.js";

/**
 * @import { NumberedMessage } from "../../../types/socket.d.ts"
 * @import { Unsent } from "./outbox.js"
 */

/** @typedef {Pick<NumberedMessage, "seq" | "client_id" | "author" | "on_behalf_of" | "body" | "sent_at">} ChatMessage */

const AT_THE_END = 4; // pixels
const GROUPED_WITHIN = 5 * 60_000; // messages of one person within five minutes have one heading

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
  start(messages) {
    this.list.replaceChildren(...this.list.querySelectorAll("[data-earlier]"));
    messages.forEach((message) => this.insert(message));
  }

  /** Inserts a stored message by its number, in place of the unsent item with its key. @param {ChatMessage} message */
  insert(message) {
    this.find(message.client_id, message.author.id)?.remove();
    const item = this.makeItem(message);
    let before = this.list.lastElementChild;
    while (before && this.numberOf(before) > message.seq) {
      before = before.previousElementSibling;
    }
    if (before && this.numberOf(before) === message.seq) {
      before.replaceWith(item);
    } else {
      before ? before.after(item) : this.list.prepend(item);
    }
    this.updateHeading(item);
    this.updateHeading(this.neighbour(item, "nextElementSibling"));
  }

  /**
   * Shows a message that is being sent or could not be sent.
   * @param {Unsent} message
   * @param {"sending" | "failed"} state
   * @param {string} [reason] a sentence of the server
   */
  showUnsent(message, state, reason = "") {
    const old = this.find(message.client_id, this.me);
    if (old && this.messages.has(old)) {
      return;
    }
    const item = make(
      "li",
      { class: "chat__message", "data-mine": "", "data-state": state, "data-client": message.client_id },
      makeBody(message),
    );
    if (state === "failed") {
      const label = reason ? `${reason} ${t("Select to resend.")}` : t("Not sent. Select to resend.");
      item.append(make("button", { class: "chat__resend", type: "button" }, label));
    }
    const scroller = this.list.parentElement;
    const fromEnd = scroller ? scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight : 0;
    old ? old.replaceWith(item) : this.list.append(item);
    if (scroller && fromEnd < AT_THE_END) {
      scroller.scrollTop = scroller.scrollHeight;
    }
  }

  /** The item of a message. Keys are unique for each author. @param {string} clientId @param {number} author */
  find(clientId, author) {
    const items = this.list.querySelectorAll(`[data-client="${CSS.escape(clientId)}"]`);
    return [...items].find((item) => (this.messages.get(item)?.author.id ?? this.me) === author);
  }

  /** Whether the reader's own message with this key is shown as stored. @param {string} clientId */
  has(clientId) {
    const item = this.find(clientId, this.me);
    return item !== undefined && this.messages.has(item);
  }

  /** The number of the oldest message shown. */
  get oldest() {
    return Math.min(...[...this.list.children].map((item) => this.messages.get(item)?.seq ?? Infinity));
  }

  /** The sort key of an item: a message's number, infinity for unsent messages. @param {Element} item */
  numberOf(item) {
    const isUnsent = item instanceof HTMLElement && item.dataset.state !== undefined;
    return this.messages.get(item)?.seq ?? (isUnsent ? Infinity : dayNumber(item));
  }

  /** @param {ChatMessage} message */
  makeItem(message) {
    const isMine = message.author.id === this.me;
    const item = make(
      "li",
      { class: "chat__message", "data-mine": isMine ? "" : null, "data-client": message.client_id },
      makeBody(message),
    );
    this.messages.set(item, message);
    return item;
  }

  /** The author and the date above a message, where they differ from the one before. @param {Element | null} item */
  updateHeading(item) {
    const message = item && this.messages.get(item);
    if (!message || !item) {
      return;
    }
    const before = this.neighbour(item, "previousElementSibling");
    const last = before && this.messages.get(before);
    const isNewDay = !last || !isSameDay(last.sent_at, message.sent_at);
    this.updateDate(item, isNewDay ? message : null);
    item.querySelector(".chat__author")?.remove();
    if (isNewDay || !last || last.author.id !== message.author.id || gap(last, message) > GROUPED_WITHIN) {
      item.prepend(this.makeAuthor(message));
    }
  }

  /** @param {Element} item @param {ChatMessage | null} message */
  updateDate(item, message) {
    const above = item.previousElementSibling;
    if (above?.classList.contains("chat__day")) {
      above.remove();
    }
    if (message) {
      const date = make("li", { class: "chat__day", "data-before": String(message.seq) }, day(message.sent_at));
      item.before(date);
    }
  }

  /** @param {ChatMessage} message */
  makeAuthor(message) {
    const time = stamp(message.sent_at);
    const author = make("span", { class: "chat__author" });
    if (message.author.id !== this.me) {
      const company = inLanguage(message.author.company);
      const name = inLanguage(message.author.name);
      author.append(make("bdi", { title: company, lang: languageOf(name) }, name));
    }
    if (message.on_behalf_of) {
      author.append(t("on behalf of %(name)s", { name: inLanguage(message.on_behalf_of.name) }));
    }
    author.append(time);
    return author;
  }

  /**
   * The item of the next message; dates and notes are skipped.
   * @param {Element} item
   * @param {"previousElementSibling" | "nextElementSibling"} direction
   */
  neighbour(item, direction) {
    let next = item[direction];
    while (next && !this.messages.has(next)) {
      next = next[direction];
    }
    return next;
  }
}

/** The text, marked with its own direction and language. @param {{ body: string }} message */
function makeBody({ body }) {
  return make("span", { class: "chat__body", dir: "auto", lang: languageOf(body) }, body);
}

/** The sort key of a date is just below that of its message; other notes come first. @param {Element} item */
function dayNumber(item) {
  const before = item instanceof HTMLElement ? item.dataset.before : undefined;
  return before === undefined ? -1 : Number(before) - 0.5;
}

/** Milliseconds between two messages. @param {ChatMessage} a @param {ChatMessage} b */
function gap(a, b) {
  return Date.parse(b.sent_at) - Date.parse(a.sent_at);
}
