// <fair-hs-picker><input …><div class="hs-picker__found">…</div></fair-hs-picker>: an HS code chosen from what htmx
// fetches for the typed word or number, by keyboard (the WAI-ARIA pattern of a combobox with a listbox) or by mouse.

import { activate, press } from "../lib/combobox.js";
import { find } from "../lib/dom.js";

class HsPicker extends HTMLElement {
  /** @type {HTMLInputElement | null} */
  input = null;

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
      press(/** @type {KeyboardEvent} */ (event), this);
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

  /** @param {boolean} isOpen */
  open(isOpen) {
    this.list?.toggleAttribute("hidden", !isOpen);
    this.input?.setAttribute("aria-expanded", String(Boolean(this.list) && isOpen));
    activate(this, -1);
  }

  get isOpen() {
    return this.input?.getAttribute("aria-expanded") === "true";
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

  /** The title of what was chosen is fetched as if it had been typed. @param {Element} option */
  choose(option) {
    if (this.input) {
      this.input.value = option.getAttribute("data-code") ?? "";
      this.open(false);
      this.input.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

customElements.define("fair-hs-picker", HsPicker);
