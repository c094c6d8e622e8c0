// <fair-chat topic="chat:42">: a conversation. Nothing written is lost: it waits in the browser until it is stored.

import { ChatLog } from "../lib/chat-log.js";
import { Company } from "../lib/company.js";
import { Compose } from "../lib/compose.js";
import { t } from "../lib/language.js";
import { make } from "../lib/make.js";
import { Outbox } from "../lib/outbox.js";
import { socket } from "../lib/socket.js";

const NEAR_THE_END = 80;
const NEAR_THE_TOP = 40;
const READ_AFTER = 400;

/**
 * @typedef {import("../lib/chat-log.js").ChatMessage} ChatMessage
 * @typedef {import("../lib/socket.js").Refusal} Refusal
 * @typedef {import("../lib/outbox.js").Unsent} Unsent
 */

class Chat extends HTMLElement {
  list = this.querySelector("ol") ?? make("ol");
  state = make("p", { class: "chat__typing" });
  older = make("li", { class: "chat__event", "data-earlier": "" });
  company = new Company((sentence) => this.say(sentence));
  newest = 0;
  read = 0;
  isFlushing = false;
  isLoading = false;
  readTimer = 0;
  /** @type {ChatLog | null} */
  log = null;

  connectedCallback() {
    const name = this.getAttribute("topic") ?? "";
    this.outbox = new Outbox(name);
    this.compose = new Compose(
      this.outbox,
      (body) => this.post(body),
      () => this.topic?.send("typing.report").catch(() => {}),
    );
    this.build(this.compose.form);
    this.topic = socket.join(name, {
      logged: true,
      onSnapshot: (snapshot) => this.begin(snapshot),
      onEvent: (event) => this.receive(event),
      onRefused: (refusal) => this.say(refusal.detail),
    });
    document.addEventListener("visibilitychange", this);
  }

  disconnectedCallback() {
    this.topic?.leave();
    this.company.leave();
    this.log = null;
    document.removeEventListener("visibilitychange", this);
    clearTimeout(this.readTimer);
  }

  /** @param {HTMLFormElement} form */
  build(form) {
    this.classList.add("chat");
    this.list.className = "chat__messages";
    Object.assign(this.list, { role: "log", tabIndex: 0, ariaLabel: t("Messages"), ariaLive: "polite" });
    const button = make("button", { class: "button button--small", type: "button" }, t("Show older messages"));
    button.onclick = () => this.loadOlder();
    this.older.replaceChildren(button);
    this.list.onclick = (event) => event.target instanceof Element && this.resend(event.target);
    this.list.onscroll = () => this.list.scrollTop < NEAR_THE_TOP && this.loadOlder();
    this.replaceChildren(this.list, this.state, form);
  }

  /** @param {any} snapshot */
  begin(snapshot) {
    this.me = snapshot.me;
    this.read = Math.max(this.read, snapshot.read_up_to);
    this.compose?.form.toggleAttribute("hidden", !snapshot.may_write);
    if (snapshot.messages || !this.log) {
      this.show(snapshot.messages ?? [], snapshot.earlier);
    }
    this.company.begin(snapshot);
    this.markRead();
    this.flush();
  }

  /** @param {ChatMessage[]} messages @param {boolean} earlier */
  show(messages, earlier) {
    this.log = new ChatLog(this.list, this.me ?? 0);
    this.older.remove();
    this.log.begin(messages);
    if (earlier) {
      this.list.prepend(this.older);
    }
    for (const message of messages) {
      this.newest = Math.max(this.newest, message.seq);
      this.forget(message);
    }
    this.outbox?.letters.forEach((letter) => this.log?.unsent(letter, "sending"));
    this.toEnd();
  }

  /** @param {import("../lib/topic.js").TopicEvent} event */
  receive(event) {
    if (event.type === "message.posted") {
      this.hear(/** @type {any} */ (event));
    } else if (event.type === "typing.started") {
      this.company.type(event.person);
    } else if (event.type === "presence.changed") {
      this.company.come(event.here);
    }
  }

  /** @param {ChatMessage} message */
  hear(message) {
    const follows = this.isAtEnd() || message.author.id === this.me;
    this.log?.place(message);
    this.newest = message.seq;
    this.forget(message);
    this.company.rest(message.author.id);
    if (follows) {
      this.toEnd();
    }
    this.markRead();
  }

  /** What is stored no longer waits. @param {ChatMessage} message */
  forget(message) {
    if (message.author.id === this.me) {
      this.outbox?.remove(message.client_id);
      this.read = Math.max(this.read, message.seq);
    }
  }

  /** @param {string} body */
  post(body) {
    if (this.outbox) {
      this.log?.unsent(this.outbox.add(body), "sending");
      this.toEnd();
      this.flush();
    }
  }

  /** Sends what waits, one after the other, so that the order stays. */
  async flush() {
    if (this.isFlushing || !this.log) {
      return;
    }
    this.isFlushing = true;
    const failed = new Set();
    const next = () => this.outbox?.letters.find((letter) => !failed.has(letter.client_id));
    for (let letter = next(); letter; letter = next()) {
      const refusal = await this.deliver(letter);
      if (refusal) {
        failed.add(letter.client_id);
        const isLine = refusal.code === "no_connection" || refusal.code === "no_answer";
        this.log?.unsent(letter, "failed", isLine ? "" : refusal.detail);
      }
    }
    this.isFlushing = false;
  }

  /** @param {Unsent} letter @returns {Promise<Refusal | null>} null when it is stored */
  async deliver(letter) {
    try {
      const answer = await this.topic?.send("message.post", { client_id: letter.client_id, body: letter.body });
      this.outbox?.remove(letter.client_id);
      const me = this.company.members.get(this.me ?? 0);
      // Acknowledged: the line takes its number at once; the echo, with the server's time, replaces it.
      if (me && answer?.seq && !this.log?.has(letter.client_id)) {
        this.log?.place({ ...letter, seq: answer.seq, author: me });
      }
      return null;
    } catch (refusal) {
      return /** @type {Refusal} */ (refusal);
    }
  }

  /** @param {Element} pressed */
  resend(pressed) {
    if (pressed.closest(".chat__resend")) {
      this.outbox?.letters.forEach((letter) => this.log?.unsent(letter, "sending"));
      socket.connect();
      this.flush();
    }
  }

  async loadOlder() {
    if (this.isLoading || !this.older.isConnected || !this.log) {
      return;
    }
    this.isLoading = true;
    const fromEnd = this.list.scrollHeight - this.list.scrollTop;
    try {
      const page = (await this.topic?.send("messages.load", { before: this.log.oldest }))?.snapshot;
      page.messages.reverse().forEach((/** @type {ChatMessage} */ message) => this.log?.place(message));
      if (!page.earlier) {
        this.older.remove();
      }
      this.list.scrollTop = this.list.scrollHeight - fromEnd;
    } catch (refusal) {
      this.say(/** @type {Refusal} */ (refusal).detail);
    }
    this.isLoading = false;
  }

  /** @param {string} text */
  say(text) {
    if (this.state.textContent !== text) {
      this.state.textContent = text;
    }
  }

  handleEvent() {
    this.markRead();
  }

  /** What stands on a screen somebody looks at counts as read. */
  markRead() {
    clearTimeout(this.readTimer);
    this.readTimer = setTimeout(() => {
      if (!document.hidden && this.offsetParent && this.newest > this.read) {
        this.read = this.newest;
        this.topic?.send("read.mark", { up_to: this.newest }).catch(() => {});
      }
    }, READ_AFTER);
  }

  isAtEnd() {
    return this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR_THE_END;
  }

  toEnd() {
    this.list.scrollTo(0, this.list.scrollHeight);
  }
}

customElements.define("fair-chat", Chat);
