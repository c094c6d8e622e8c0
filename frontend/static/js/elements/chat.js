// <fair-chat topic="chat:42">: a conversation. Nothing written is lost: it waits in the browser until it is stored.

import { ChatLog } from "../chat/log.js";
import { Company } from "../chat/participants.js";
import { Compose } from "../chat/compose.js";
import { Delivery } from "../chat/delivery.js";
import { t } from "../lib/language.js";
import { make } from "../lib/dom.js";
import { Outbox } from "../chat/outbox.js";
import { socket } from "../lib/socket.js";

const NEAR_THE_END = 80;
const NEAR_THE_TOP = 40;
const READ_AFTER = 400;

/**
 * @typedef {import("../chat/log.js").ChatMessage} ChatMessage
 * @typedef {import("../lib/socket.js").Refusal} Refusal
 */

class Chat extends HTMLElement {
  list = this.querySelector("ol") ?? make("ol");
  /** What scrolls: the log is one thing to a reader of the screen, the list in it another. */
  scroller = make("div", { class: "chat__log", role: "log", tabindex: "0", "aria-label": t("Messages") });
  state = make("p", { class: "chat__typing" });
  older = make("li", { class: "chat__event", "data-earlier": "" });
  company = new Company((sentence) => this.say(sentence));
  /** @type {ChatLog | null} */
  log = null;
  newest = 0;
  read = 0;
  isLoading = false;
  readTimer = 0;

  connectedCallback() {
    const name = this.getAttribute("topic") ?? "";
    const topic = socket.join(name, {
      logged: true,
      onSnapshot: (snapshot) => this.begin(snapshot),
      onEvent: (event) => this.receive(event),
      onRefused: (refusal) => this.say(refusal.detail),
      onStatus: (status) => status === "waiting" && this.say(t("No connection; what you type is kept.")),
    });
    this.topic = topic;
    this.outbox = new Outbox(name);
    this.delivery = new Delivery(this.outbox, ({ client_id, body }) => topic.send("message.post", { client_id, body }));
    const compose = new Compose(
      this.outbox,
      (body) => this.post(body),
      () => topic.send("typing.report"),
    );
    const isWriting = compose.takeOver(this.querySelector("textarea"));
    this.build(compose.form);
    if (isWriting || this.hasAttribute("data-focus")) {
      compose.text.focus();
    }
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
    this.form = form;
    this.classList.add("chat");
    this.list.className = "chat__messages";
    const button = make("button", { class: "button button--small", type: "button" }, t("Show older messages"));
    button.onclick = () => this.loadOlder();
    this.older.replaceChildren(button);
    this.list.onclick = (event) => event.target instanceof Element && this.resend(event.target);
    this.scroller.onscroll = () => this.scroller.scrollTop < NEAR_THE_TOP && this.loadOlder();
    this.scroller.replaceChildren(this.list);
    this.replaceChildren(this.scroller, this.state, form);
  }

  /** @param {any} snapshot */
  begin(snapshot) {
    this.me = snapshot.me;
    this.read = Math.max(this.read, snapshot.read_up_to);
    this.form?.toggleAttribute("hidden", !snapshot.may_write);
    if (snapshot.messages || !this.log) {
      this.show(snapshot.messages ?? [], snapshot.earlier);
    }
    this.company.begin(snapshot);
    this.delivery?.begin(/** @type {ChatLog} */ (this.log), this.company.members.get(snapshot.me));
    this.markRead();
  }

  /** @param {ChatMessage[]} messages @param {boolean} earlier */
  show(messages, earlier) {
    this.log = new ChatLog(this.list, this.me ?? 0);
    this.older.remove();
    this.log.begin(messages);
    if (earlier) {
      this.list.prepend(this.older);
    }
    messages.forEach((message) => this.settle(message));
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
    this.settle(message);
    this.company.rest(message.author.id);
    if (follows) {
      this.toEnd();
    }
    this.markRead();
  }

  /** What is stored waits no longer, and whoever wrote it has read it. @param {ChatMessage} message */
  settle(message) {
    this.newest = Math.max(this.newest, message.seq);
    if (message.author.id === this.me) {
      this.outbox?.remove(message.client_id);
      this.read = Math.max(this.read, message.seq);
    }
  }

  /** @param {string} body */
  post(body) {
    this.delivery?.post(body);
    this.toEnd();
  }

  /** @param {Element} pressed */
  resend(pressed) {
    if (pressed.closest(".chat__resend")) {
      socket.connect();
      this.delivery?.retry();
    }
  }

  async loadOlder() {
    if (this.isLoading || !this.older.isConnected || !this.log) {
      return;
    }
    this.isLoading = true;
    const fromEnd = this.scroller.scrollHeight - this.scroller.scrollTop;
    try {
      const page = (await this.topic?.send("messages.load", { before: this.log.oldest }))?.snapshot;
      page.messages.reverse().forEach((/** @type {ChatMessage} */ message) => this.log?.place(message));
      if (!page.earlier) {
        this.older.remove();
      }
      this.scroller.scrollTop = this.scroller.scrollHeight - fromEnd;
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
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < NEAR_THE_END;
  }

  toEnd() {
    this.scroller.scrollTo(0, this.scroller.scrollHeight);
  }
}

customElements.define("fair-chat", Chat);
