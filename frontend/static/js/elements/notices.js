// <fair-notices>: toasts for the events of the person's own topic, on every page.

import { icon, make } from "../lib/dom.js";
import { keepFocus } from "../lib/focus.js";
import { inLanguage, languageOf, t } from "../lib/language.js";
import { me } from "../lib/me.js";

/** @import { TopicEvent } from "../../../types/topics.d.ts" */

const SHOWN_FOR = 12_000;
const AT_MOST = 3;
const NO_RESPONSE = ["htmx:sendError", "htmx:timeout"];
/** DOM events of a person's own request. Requests that a page makes by itself are repeated. */
const BY_HAND = new Set(["submit", "change", "click"]);

class Notices extends HTMLElement {
  /** Where the focus was before it moved to a toast. @type {Element | null} */
  focusedBefore = null;
  /** The timer that closes each toast. @type {Map<Element, number>} */
  timers = new Map();
  lifetime = new AbortController();

  connectedCallback() {
    this.lifetime = new AbortController();
    const { signal } = this.lifetime;
    this.addEventListener("focusin", (event) => this.onFocusIn(event.relatedTarget), { signal });
    me.addEventListener("happened", this, { signal });
    me.join();
    NO_RESPONSE.forEach((name) => document.addEventListener(name, (event) => this.onNoResponse(event), { signal }));
  }

  disconnectedCallback() {
    this.lifetime.abort();
    this.timers.forEach((timer) => clearTimeout(timer));
    this.timers.clear();
    this.replaceChildren();
  }

  /** @param {Event} event of htmx: a request without a response */
  onNoResponse(event) {
    const cause = /** @type {CustomEvent} */ (event).detail.requestConfig.triggeringEvent?.type;
    if (BY_HAND.has(cause) && !event.defaultPrevented) {
      this.toast([t("The server did not respond. Your entries are still here. Try again.")], "");
    }
  }

  /** @param {Event} happened */
  handleEvent(happened) {
    const event = /** @type {CustomEvent<TopicEvent<"me">>} */ (happened).detail;
    if (event.type === "notice.created") {
      this.toast([inLanguage(event.text)], event.path, () => me.topic?.send({ type: "notice.read", notice: event.id }));
    } else if (event.type === "message.arrived" && !isOpenHere(`chat:${event.conversation}`)) {
      const content = [isolated(inLanguage(event.author.name)), ": ", isolated(event.opening)];
      this.toast(content, `/fairs/${event.fair}/messages/${event.conversation}/`);
    } else if (event.type === "visit.started" && location.pathname !== event.path) {
      const [name, company] = [inLanguage(event.visitor.name), inLanguage(event.visitor.company)];
      const sentence = company
        ? t("%(name)s (%(company)s) is visiting your booth", { name, company })
        : t("%(name)s is visiting your booth", { name });
      this.toast([sentence], event.path);
    }
  }

  /**
   * @param {(Node | string)[]} content in the page's direction; what other people have written is isolated in it
   * @param {string} path of the page it is about; may be empty
   * @param {() => void} [onOpen]
   */
  toast(content, path, onOpen) {
    const text = path ? make("a", { href: path }, ...content) : make("span", {}, ...content);
    const close = make("button", { type: "button", "aria-label": t("Close") }, icon("close"));
    const toast = make("div", { class: "toast" }, text, close);
    this.closeAfter(toast, SHOWN_FOR);
    // A toast stays while the mouse or the focus is on it.
    toast.onmouseenter = () => clearTimeout(this.timers.get(toast));
    toast.onmouseleave = () => this.closeAfter(toast, SHOWN_FOR / 2);
    toast.addEventListener("focusin", () => clearTimeout(this.timers.get(toast)));
    close.onclick = () => this.close(toast);
    text.onclick = () => onOpen?.();
    this.append(toast);
    while (this.firstElementChild && this.children.length > AT_MOST) {
      this.close(this.firstElementChild);
    }
  }

  /** @param {Element} toast @param {number} delay milliseconds */
  closeAfter(toast, delay) {
    clearTimeout(this.timers.get(toast));
    this.timers.set(toast, setTimeout(() => this.close(toast), delay));
  }

  /** @param {EventTarget | null} from */
  onFocusIn(from) {
    const element = from instanceof Element ? from : null;
    if (!this.contains(element)) {
      this.focusedBefore = element;
    }
  }

  /** @param {Element} toast */
  close(toast) {
    clearTimeout(this.timers.get(toast));
    this.timers.delete(toast);
    keepFocus(toast, () => toast.remove(), this.focusedBefore, document.querySelector("main"));
  }
}

/** A text that a person has written, with its own direction and language. @param {string} text */
function isolated(text) {
  return make("bdi", { lang: languageOf(text) }, text);
}

/** Whether a conversation is shown on this page, also while the page is in the background. @param {string} topic */
function isOpenHere(topic) {
  return document.querySelector(`fair-chat[topic="${topic}"]`)?.checkVisibility() ?? false;
}

customElements.define("fair-notices", Notices);
