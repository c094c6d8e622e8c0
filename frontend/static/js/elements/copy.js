// <fair-copy><p>…</p><button>…</button></fair-copy>: the button copies the words of the paragraph.

import { t } from "../lib/language.js";

const SAID_FOR = 3000;

class Copy extends HTMLElement {
  timer = 0;

  connectedCallback() {
    this.querySelector("button")?.addEventListener("click", this);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async handleEvent() {
    const words = this.querySelector("p");
    if (!words) {
      return;
    }
    try {
      await navigator.clipboard.writeText(words.textContent ?? "");
      this.say(t("Copied"));
    } catch {
      // Without the permission the words are at least chosen, so that one key copies them.
      getSelection()?.selectAllChildren(words);
      this.say(t("Selected; copy it with your keyboard or a long press"));
    }
  }

  /** @param {string} done */
  say(done) {
    const label = this.querySelector("button span");
    if (label) {
      const before = label.getAttribute("data-label") ?? label.textContent ?? "";
      label.setAttribute("data-label", before);
      label.textContent = done;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => (label.textContent = before), SAID_FOR);
    }
  }
}

customElements.define("fair-copy", Copy);
