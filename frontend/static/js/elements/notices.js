// <fair-notices>: what has just happened, said over whichever page is open.

import { inLanguage, languageOf, t } from "../lib/language.js";
import { icon, make } from "../lib/dom.js";
import { me } from "../lib/me.js";

const SHOWN = 12_000;
const AT_MOST = 3;
const UNANSWERED = ["htmx:sendError", "htmx:timeout"];
const BY_HAND = new Set(["submit", "change", "click"]);

/** @typedef {import("../lib/topic.js").TopicEvent} TopicEvent */

class Notices extends HTMLElement {
  /** Where the keyboard was before it came to a toast. @type {Element | null} */
  cameFrom = null;

  connectedCallback() {
    this.addEventListener("focusin", (event) => this.remember(/** @type {Element | null} */ (event.relatedTarget)));
    me.addEventListener("happened", this);
    me.listen();
    UNANSWERED.forEach((name) => document.addEventListener(name, this.miss));
  }

  disconnectedCallback() {
    me.removeEventListener("happened", this);
    UNANSWERED.forEach((name) => document.removeEventListener(name, this.miss));
  }

  /** Somebody has asked for something, and no answer comes; what a page asks for by itself, it asks for again. @param {Event} event */
  miss = (event) => {
    const began = /** @type {CustomEvent} */ (event).detail.requestConfig.triggeringEvent?.type;
    if (BY_HAND.has(began) && !event.defaultPrevented) {
      this.toast([t("The fair did not answer. What you typed is still here; please try again.")], "");
    }
  };

  /** @param {Event} happened */
  handleEvent(happened) {
    const event = /** @type {CustomEvent<TopicEvent>} */ (happened).detail;
    if (event.type === "notice.created") {
      this.toast([inLanguage(event.text)], event.path, () => me.topic?.send("notice.read", { notice: event.id }));
    } else if (event.type === "message.arrived" && !isOpenHere(`chat:${event.conversation}`)) {
      const said = [isolated(inLanguage(event.author.name)), ": ", isolated(event.opening)];
      this.toast(said, `/fairs/${event.fair}/messages/${event.conversation}/`);
    } else if (event.type === "visit.started" && location.pathname !== event.path) {
      const [name, company] = [inLanguage(event.visitor.name), inLanguage(event.visitor.company)];
      const says = company
        ? t("%(name)s (%(company)s) has come to your booth", { name, company })
        : t("%(name)s has come to your booth", { name });
      this.toast([says], event.path);
    }
  }

  /**
   * @param {(Node | string)[]} said in the page's direction; other people's words are isolated in it
   * @param {string} path the page it is about
   * @param {() => void} [opened]
   */
  toast(said, path, opened) {
    const words = path ? make("a", { href: path }, ...said) : make("span", {}, ...said);
    const close = make("button", { type: "button", "aria-label": t("Close") }, icon("close"));
    const toast = make("div", { class: "toast" }, words, close);
    let timer = setTimeout(() => this.close(toast), SHOWN);
    // Whoever reads it, with the mouse or the keyboard, may take their time.
    toast.onmouseenter = toast.onfocus = () => clearTimeout(timer);
    toast.onmouseleave = () => (timer = setTimeout(() => this.close(toast), SHOWN / 2));
    toast.addEventListener("focusin", () => clearTimeout(timer));
    close.onclick = () => this.close(toast);
    words.onclick = () => opened?.();
    this.append(toast);
    while (this.firstElementChild && this.children.length > AT_MOST) {
      this.close(this.firstElementChild);
    }
  }

  /** @param {Element | null} from */
  remember(from) {
    if (!this.contains(from)) {
      this.cameFrom = from;
    }
  }

  /** Takes a toast away; the keyboard goes back to where it came from, or to the page's content. @param {Element} toast */
  close(toast) {
    const hadFocus = toast.contains(document.activeElement);
    toast.remove();
    if (hadFocus) {
      const before = this.cameFrom?.checkVisibility() ? this.cameFrom : document.querySelector("main");
      /** @type {HTMLElement | null} */ (before)?.focus();
    }
  }
}

/** @param {string} words somebody's */
function isolated(words) {
  return make("bdi", { lang: languageOf(words) }, words);
}

/** Shown on this page, in front or behind another tab: whoever comes back finds the message there. @param {string} topic */
function isOpenHere(topic) {
  return document.querySelector(`fair-chat[topic="${topic}"]`)?.checkVisibility() ?? false;
}

customElements.define("fair-notices", Notices);
