// <fair-hs-picker><input …><div class="hs-picker__found">…</div></fair-hs-picker>: an HS code chosen from what htmx
// fetches for the typed word or number, by keyboard (the WAI-ARIA pattern of a combobox with a listbox) or by mouse.

import { find } from "../lib/dom.js";

class HsPicker extends HTMLElement {
  connectedCallback() {
    this.input = /** @type {HTMLInputElement} */ (find(this, "input"));
    this.found = find(this, ".hs-picker__found");
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-expanded", "false"],
      ["aria-controls", `${this.input.id}_codes`],
    ]) {
      this.input.setAttribute(name, value);
    }
    for (const name of HsPicker.events) {
      this.addEventListener(name, this);
    }
  }

  disconnectedCallback() {
    for (const name of HsPicker.events) {
      this.removeEventListener(name, this);
    }
  }

  static events = ["htmx:configRequest", "htmx:afterSwap", "keydown", "focusout", "mousedown", "click"];

  /** @param {Event} event */
  handleEvent(event) {
    if (event.type === "htmx:configRequest") {
      /** @type {CustomEvent} */ (event).detail.parameters = this.asked;
    } else if (event.type === "htmx:afterSwap") {
      this.open(document.activeElement === this.input);
    } else if (event.type === "keydown") {
      this.onKey(/** @type {KeyboardEvent} */ (event));
    } else if (event.type === "focusout") {
      this.open(false);
    } else {
      this.onMouse(event);
    }
  }

  get asked() {
    const { value = "", name = "", id = "" } = this.input ?? {};
    return { q: value, name, id };
  }

  get list() {
    return this.querySelector("[role=listbox]");
  }

  get options() {
    return [...this.querySelectorAll("[role=option]")];
  }

  get active() {
    return this.options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  }

  /** @param {boolean} isOpen */
  open(isOpen) {
    this.list?.toggleAttribute("hidden", !isOpen);
    this.input?.setAttribute("aria-expanded", String(Boolean(this.list) && isOpen));
    this.activate(-1);
  }

  get isOpen() {
    return this.input?.getAttribute("aria-expanded") === "true";
  }

  /** @param {number} at */
  activate(at) {
    this.options.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
    const option = this.options[at];
    if (option) {
      this.input?.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.input?.removeAttribute("aria-activedescendant");
    }
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const number = this.options.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!number) {
        return;
      }
      const before = this.active;
      this.isOpen || this.open(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.activate(before < 0 ? (step > 0 ? 0 : number - 1) : (before + step + number) % number);
      event.preventDefault();
    } else if (event.key === "Enter" && this.isOpen && this.active >= 0) {
      this.choose(this.options[this.active]);
      event.preventDefault();
    } else if (event.key === "Escape" && this.isOpen) {
      this.open(false);
      event.preventDefault();
    }
  }

  /** @param {Event} event pressing an option must not take the focus from the input */
  onMouse(event) {
    const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
    if (option && event.type === "mousedown") {
      event.preventDefault();
    } else if (option) {
      this.choose(option);
    }
  }

  /** The title of what was chosen is fetched as if it had been typed. @param {Element | undefined} option */
  choose(option) {
    if (this.input && option) {
      this.input.value = option.getAttribute("data-code") ?? "";
      this.open(false);
      this.input.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

customElements.define("fair-hs-picker", HsPicker);
