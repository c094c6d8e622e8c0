// <fair-suggestions data-from="…">: around a search form; below its input a list of what the words typed may begin. It is
// the combobox of WAI-ARIA's practices with a list box: the focus stays in the input, arrows choose, Enter opens.

import { make } from "../lib/dom.js";
import { t } from "../lib/language.js";

const TYPED_FOR = 200; // milliseconds without a key before the server is asked
const SHORTEST = 2; // letters; in Chinese one character says enough
const HAN = /\p{Script=Han}/u;

/** Whether it is worth asking for. @param {string} words */
export function isEnough(words) {
  return words.trim().length >= (HAN.test(words) ? 1 : SHORTEST);
}

class Suggestions extends HTMLElement {
  static events = ["input", "compositionend", "keydown", "focusout", "pointerdown", "click"];
  timer = 0;
  /** @type {AbortController | null} */
  asked = null;
  /** The input, and what was last asked for. @type {HTMLInputElement | null} */
  input = null;
  words = "";
  chosen = -1;
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
    this.close();
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
      event.type === "keydown" && !event.isComposing && this.press(event);
    } else if (event.type === "pointerdown") {
      option && event.preventDefault(); // the focus stays in the input
    } else if (event.type === "click") {
      option && this.open(option);
    } else if (event.type === "focusout") {
      this.close();
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
      this.close();
    }
  }

  /** @param {string} words */
  async ask(words) {
    this.asked = new AbortController();
    try {
      const response = await fetch(`${this.dataset.from}?${new URLSearchParams({ q: words })}`, { signal: this.asked.signal });
      response.ok && this.show(await response.text());
    } catch {
      this.close(); // another key, or no connection: the form works without suggestions
    }
  }

  /** @param {string} html the server's own */
  show(html) {
    if (!this.contains(document.activeElement)) {
      return;
    }
    this.list.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.children);
    this.chosen = -1;
    this.input?.removeAttribute("aria-activedescendant");
    const number = this.options.length;
    this.list.hidden = !number;
    this.input?.setAttribute("aria-expanded", String(number > 0));
    this.status.textContent = number ? t("Suggestions: %(number)s", { number }) : "";
  }

  get options() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  close() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.list.hidden = true;
    this.list.replaceChildren();
    this.status.textContent = "";
    this.chosen = -1;
    this.input?.setAttribute("aria-expanded", "false");
    this.input?.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const number = this.options.length;
    if (event.key === "Escape" && number) {
      event.preventDefault(); // which would empty the input
      this.close();
    } else if (event.key === "ArrowDown" && number) {
      event.preventDefault();
      this.choose((this.chosen + 1) % number);
    } else if (event.key === "ArrowUp" && number) {
      event.preventDefault();
      this.choose(this.chosen <= 0 ? number - 1 : this.chosen - 1);
    } else if (event.key === "Enter" && this.options[this.chosen]) {
      event.preventDefault();
      this.open(this.options[this.chosen]);
    }
  }

  /** @param {number} at */
  choose(at) {
    this.chosen = at;
    for (const [number, option] of this.options.entries()) {
      option.setAttribute("aria-selected", String(number === at));
      if (number === at) {
        option.scrollIntoView({ block: "nearest" });
        this.input?.setAttribute("aria-activedescendant", option.id);
      }
    }
  }

  /** @param {Element} option */
  open(option) {
    location.assign(option.getAttribute("data-url") ?? "");
  }
}

customElements.define("fair-suggestions", Suggestions);
