// <fair-chat topic="chat:42">: a conversation. Messages stay in the browser's storage until the server has stored them.

import { Compose } from "../chat/compose.js";
import { Delivery } from "../chat/delivery.js";
import { ChatLog } from "../chat/log.js";
import { Outbox } from "../chat/outbox.js";
import { Participants } from "../chat/participants.js";
import { make, setText } from "../lib/dom.js";
import { t } from "../lib/language.js";
import { socket } from "../lib/socket.js";
import { topicOf } from "../lib/topic.js";

/**
 * @import { ChatSnapshot } from "../../../types/socket.d.ts"
 * @import { Refusal, Subscription, TopicEvent } from "../../../types/topics.d.ts"
 * @import { ChatMessage } from "../chat/log.js"
 */

const NEAR_THE_END = 80; // pixels
const NEAR_THE_TOP = 40;
const READ_AFTER = 400; // milliseconds

class Chat extends HTMLElement {
  /** @type {Subscription<"chat"> | undefined} */
  topic;
  /** The elements and helpers it consists of, built once. @type {ReturnType<Chat["build"]> | undefined} */
  parts;
  participants = new Participants((sentence) => setText(this.parts?.status ?? null, sentence));
  /** The conversation as loaded; null before that and while disconnected. @type {ChatLog | null} */
  log = null;
  me = 0;
  newest = 0;
  readUpTo = 0;
  isLoading = false;
  readTimer = 0;

  connectedCallback() {
    const name = topicOf(this, "chat");
    const isFirst = this.parts === undefined;
    this.parts ??= this.build(name);
    this.topic = socket.join(name, {
      logged: true,
      onSnapshot: (snapshot) => this.onSnapshot(snapshot),
      onEvent: (event) => this.onEvent(event),
      onRefused: (refusal) => this.showStatus(refusal.detail),
      onStatus: (status) => status === "waiting" && this.showStatus(t("Connection lost. Your draft is kept.")),
    });
    document.addEventListener("visibilitychange", this);
    if (isFirst && this.hasAttribute("data-focus")) {
      this.parts.compose.text.focus();
    }
  }

  disconnectedCallback() {
    this.topic?.leave();
    this.participants.stop();
    this.parts?.delivery.stop();
    this.log = null;
    document.removeEventListener("visibilitychange", this);
    clearTimeout(this.readTimer);
  }

  /** Builds the chat in place of the content of the template. @param {string} name */
  build(name) {
    const list = this.querySelector("ol") ?? make("ol");
    // A screen reader needs the log and the list in it as two elements.
    const scroller = make("div", { class: "chat__log", role: "log", tabindex: "0", "aria-label": t("Messages") }, list);
    const status = make("p", { class: "chat__typing" });
    const button = make("button", { class: "button button--small", type: "button" }, t("Show older messages"));
    const older = make("li", { class: "chat__event", "data-earlier": "" }, button);
    const outbox = new Outbox(name);
    const compose = new Compose(outbox, (body) => this.post(body), async () => this.topic?.send({ type: "typing.report" }));
    const delivery = new Delivery(outbox, ({ client_id, body }) => this.send(client_id, body));
    const isTyping = compose.takeOver(this.querySelector("textarea"));
    this.classList.add("chat");
    list.className = "chat__messages";
    list.onclick = (event) => event.target instanceof Element && this.resend(event.target);
    button.onclick = () => this.loadOlder();
    scroller.onscroll = () => scroller.scrollTop < NEAR_THE_TOP && this.loadOlder();
    this.replaceChildren(scroller, status, compose.form);
    isTyping && compose.text.focus();
    return { list, scroller, status, older, outbox, compose, delivery };
  }

  /** @param {string} clientId @param {string} body */
  send(clientId, body) {
    const topic = /** @type {Subscription<"chat">} */ (this.topic);
    return topic.send({ type: "message.post", client_id: clientId, body });
  }

  /** @param {ChatSnapshot} snapshot */
  onSnapshot(snapshot) {
    this.me = snapshot.me;
    this.readUpTo = Math.max(this.readUpTo, snapshot.read_up_to);
    this.parts?.compose.form.toggleAttribute("hidden", !snapshot.may_write);
    const log = snapshot.messages || !this.log ? this.showMessages(snapshot.messages ?? [], snapshot.earlier) : this.log;
    this.participants.start(snapshot);
    this.parts?.delivery.start(log, this.participants.members.get(snapshot.me));
    this.markRead();
  }

  /** @param {ChatMessage[]} messages @param {boolean} earlier whether there are older ones */
  showMessages(messages, earlier) {
    const { list, older } = /** @type {NonNullable<Chat["parts"]>} */ (this.parts);
    this.log = new ChatLog(list, this.me);
    older.remove();
    this.log.start(messages);
    if (earlier) {
      list.prepend(older);
    }
    messages.forEach((message) => this.onStored(message));
    this.scrollToEnd();
    return this.log;
  }

  /** @param {TopicEvent<"chat">} event */
  onEvent(event) {
    if (event.type === "message.posted") {
      // Only ephemeral events have no number.
      this.onMessage({ ...event, seq: event.seq ?? 0 });
    } else if (event.type === "typing.started") {
      this.participants.onTyping(event.person);
    } else {
      this.participants.setHere(event.here);
    }
  }

  /** @param {ChatMessage} message */
  onMessage(message) {
    const follows = this.isAtEnd() || message.author.id === this.me;
    this.log?.insert(message);
    this.onStored(message);
    this.participants.endTyping(message.author.id);
    if (follows) {
      this.scrollToEnd();
    }
    this.markRead();
  }

  /** A stored message leaves the outbox and counts as read by its author. @param {ChatMessage} message */
  onStored(message) {
    this.newest = Math.max(this.newest, message.seq);
    if (message.author.id === this.me) {
      this.parts?.outbox.remove(message.client_id);
      this.readUpTo = Math.max(this.readUpTo, message.seq);
    }
  }

  /** @param {string} body */
  post(body) {
    this.parts?.delivery.post(body);
    this.scrollToEnd();
  }

  /** @param {Element} pressed */
  resend(pressed) {
    if (pressed.closest(".chat__resend")) {
      socket.connect();
      this.parts?.delivery.retry();
    }
  }

  async loadOlder() {
    const { log, parts } = this;
    if (this.isLoading || !log || !parts?.older.isConnected) {
      return;
    }
    this.isLoading = true;
    const { scroller } = parts;
    const fromEnd = scroller.scrollHeight - scroller.scrollTop;
    try {
      const page = (await this.topic?.send({ type: "messages.load", before: log.oldest }))?.snapshot;
      page?.messages.reverse().forEach((message) => log.insert(message));
      if (!page?.earlier) {
        parts.older.remove();
      }
      scroller.scrollTop = scroller.scrollHeight - fromEnd;
    } catch (refusal) {
      this.showStatus(/** @type {Refusal} */ (refusal).detail);
    }
    this.isLoading = false;
  }

  /** @param {string} text */
  showStatus(text) {
    setText(this.parts?.status ?? null, text);
  }

  handleEvent() {
    this.markRead();
  }

  /** Marks messages as read while they are shown on a visible page. */
  markRead() {
    clearTimeout(this.readTimer);
    this.readTimer = setTimeout(() => {
      if (!document.hidden && this.offsetParent && this.newest > this.readUpTo) {
        this.readUpTo = this.newest;
        this.topic?.send({ type: "read.mark", up_to: this.newest }).catch(() => {});
      }
    }, READ_AFTER);
  }

  isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = /** @type {NonNullable<Chat["parts"]>} */ (this.parts).scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
  }

  scrollToEnd() {
    const scroller = this.parts?.scroller;
    scroller?.scrollTo(0, scroller.scrollHeight);
  }
}

customElements.define("fair-chat", Chat);
