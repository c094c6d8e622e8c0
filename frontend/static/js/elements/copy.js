// <fair-copy><p>…</p><button>…</button></fair-copy>: the button copies the text of the paragraph.

import { setText } from "../lib/dom.js";
import { t } from "../lib/language.js";

const SHOWN_FOR = 3000;

class Copy extends HTMLElement {
  timer = 0;
  /** The button's own text, while it shows the result. @type {string | null} */
  label = null;

  connectedCallback() {
    this.addEventListener("click", this);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
    clearTimeout(this.timer);
    this.showLabel();
  }

  /** @param {Event} event */
  async handleEvent(event) {
    const text = this.querySelector("p");
    if (!text || !(event.target instanceof Element && event.target.closest("button"))) {
      return;
    }
    try {
      await navigator.clipboard.writeText(text.textContent ?? "");
      this.showResult(t("Copied"));
    } catch {
      // Without the permission the text is selected, ready to be copied with the keyboard.
      getSelection()?.selectAllChildren(text);
      this.showResult(t("Selected. Copy it with the keyboard or a long press."));
    }
  }

  /** @param {string} result */
  showResult(result) {
    const label = this.querySelector("button span");
    this.label ??= label?.textContent ?? "";
    setText(label, result);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.showLabel(), SHOWN_FOR);
  }

  showLabel() {
    if (this.label !== null) {
      setText(this.querySelector("button span"), this.label);
      this.label = null;
    }
  }
}

customElements.define("fair-copy", Copy);
