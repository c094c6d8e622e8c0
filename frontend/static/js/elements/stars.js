// <fair-stars keys="…/favourites/keys/">: around what may be marked. Asks once which stars are marked; pressing one shows
// it at once, and puts it back where the server does not agree. Without a script each star is a link to a page of its own.

import { make } from "../lib/dom.js";
import { t } from "../lib/language.js";

/** @typedef {{booths: number[], products: number[]}} Keys */

class Stars extends HTMLElement {
  /** The marked ones, as `booth-12`; null until they are known. @type {Set<string> | null} */
  marked = null;
  status = make("p", { class: "stars-status", role: "status" });

  connectedCallback() {
    if (!document.documentElement.dataset.person) {
      return; // the link leads to the page where one signs in
    }
    this.addEventListener("click", this);
    this.addEventListener("keydown", this);
    this.addEventListener("htmx:afterSettle", this);
    void this.load();
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
    this.removeEventListener("keydown", this);
    this.removeEventListener("htmx:afterSettle", this);
  }

  async load() {
    try {
      const response = await fetch(this.getAttribute("keys") ?? "");
      const { booths, products } = /** @type {Keys} */ (await response.json());
      this.marked = new Set([...booths.map((key) => `booth-${key}`), ...products.map((key) => `product-${key}`)]);
      this.show();
    } catch {
      this.marked = null; // the stars stay links
    }
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event.type === "htmx:afterSettle") {
      this.show();
      return;
    }
    const star = event.target instanceof Element ? event.target.closest(".star") : null;
    const isPressed = event.type === "click" || (event instanceof KeyboardEvent && event.key === " ");
    if (this.marked && isPressed && star instanceof HTMLAnchorElement) {
      event.preventDefault();
      void this.press(star);
    }
  }

  /** @param {HTMLAnchorElement} star */
  async press(star) {
    const name = star.dataset.star ?? "";
    const isMarked = !this.marked?.has(name);
    this.set(name, isMarked);
    this.status.remove();
    try {
      const response = await fetch(star.href, {
        method: "POST",
        keepalive: true, // who goes on to another page at once has marked it nevertheless
        body: new URLSearchParams({ marked: isMarked ? "1" : "0" }),
        headers: { ...JSON.parse(document.body.dataset.hxHeaders ?? "{}"), "x-requested-with": "fetch" },
      });
      if (!response.ok || response.redirected) {
        throw new Error(String(response.status));
      }
      this.set(name, (await response.json()).marked);
    } catch {
      this.set(name, !isMarked);
      this.say(t("This could not be saved. Try again."));
    }
  }

  /** @param {string} sentence */
  say(sentence) {
    if (!this.status.isConnected) {
      this.append(this.status);
    }
    this.status.textContent = sentence;
  }

  /**
   * @param {string} name
   * @param {boolean} isMarked
   */
  set(name, isMarked) {
    this.marked?.[isMarked ? "add" : "delete"](name);
    this.show();
  }

  show() {
    const { marked } = this;
    for (const star of marked ? this.querySelectorAll(".star") : []) {
      star.setAttribute("role", "button");
      star.setAttribute("aria-pressed", String(marked?.has(star.getAttribute("data-star") ?? "")));
    }
  }
}

customElements.define("fair-stars", Stars);
