// <fair-suggestions data-from="…">: around a search form; below its input a list of what the words typed may begin. It is
// the combobox of WAI-ARIA's practices with a list box: the focus stays in the input, arrows choose, Enter opens.

import { activate, press } from "../lib/combobox.js";
import { make } from "../lib/dom.js";
import { t } from "../lib/language.js";

const TYPED_FOR = 200; // milliseconds without a key before the server is asked
const SHORTEST = 2; // letters; in Chinese one character says enough
const HAN = /\p{Script=Han}/u;

/** Whether it is worth asking for. @param {string} words */
function isEnough(words) {
  return words.trim().length >= (HAN.test(words) ? 1 : SHORTEST);
}

class Suggestions extends HTMLElement {
  static events = ["input", "compositionend", "keydown", "focusout", "pointerdown", "click"];
  timer = 0;
  /** @type {AbortController | null} */
  asked = null;
  /** @type {HTMLInputElement | null} */
  input = null;
  list = make("ul", { class: "suggestions", role: "listbox", id: "suggestions", hidden: "" });
  status = make("p", { class: "hidden-text", role: "status" });

  connectedCallback() {
    this.input = this.querySelector("input[type=search]");
    if (!this.input) {
      return;
    }
    this.list.setAttribute("aria-label", t("Suggestions"));
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": "suggestions" })) {
      this.input.setAttribute(name, value);
    }
    this.append(this.list, this.status);
    for (const type of Suggestions.events) {
      this.addEventListener(type, this);
    }
    this.open(false);
  }

  disconnectedCallback() {
    for (const type of Suggestions.events) {
      this.removeEventListener(type, this);
    }
    clearTimeout(this.timer);
    this.asked?.abort();
    this.list.remove();
    this.status.remove();
  }

  /** @param {Event} event */
  handleEvent(event) {
    const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
    if (event instanceof KeyboardEvent) {
      event.type === "keydown" && press(event, this);
    } else if (event.type === "pointerdown") {
      option && event.preventDefault(); // the focus stays in the input
    } else if (event.type === "click") {
      option && this.choose(option);
    } else if (event.type === "focusout") {
      this.open(false);
    } else if (!(event instanceof InputEvent && event.isComposing)) {
      this.typed();
    }
  }

  typed() {
    clearTimeout(this.timer);
    this.asked?.abort();
    const words = this.input?.value ?? "";
    if (isEnough(words)) {
      this.timer = setTimeout(() => this.ask(words), TYPED_FOR);
    } else {
      this.open(false);
    }
  }

  /** @param {string} words */
  async ask(words) {
    const { signal } = (this.asked = new AbortController());
    try {
      const response = await fetch(`${this.dataset.from}?${new URLSearchParams({ q: words })}`, { signal });
      response.ok && this.show(await response.text());
    } catch {
      signal.aborted || this.open(false); // no connection: the form works without suggestions
    }
  }

  /** @param {string} html the server's own */
  show(html) {
    if (!this.contains(document.activeElement)) {
      return;
    }
    this.list.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.children);
    this.open(true);
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /** Shows what was fetched, or ends that it is asked for. @param {boolean} isOpen */
  open(isOpen) {
    const number = isOpen ? this.options.length : 0;
    if (!number) {
      clearTimeout(this.timer);
      this.asked?.abort();
      this.list.replaceChildren();
    }
    this.list.hidden = !number;
    this.status.textContent = number ? t("Suggestions: %(number)s", { number }) : "";
    this.input?.setAttribute("aria-expanded", String(number > 0));
    activate(this, -1);
  }

  /** @param {Element} option */
  choose(option) {
    location.assign(option.getAttribute("data-url") ?? "");
  }
}

customElements.define("fair-suggestions", Suggestions);
