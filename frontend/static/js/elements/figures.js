/** The public figures of a fair, told anew whenever one of them changes. */

import { socket } from "../lib/socket.js";

/**
 * @typedef {object} Figures
 * @property {number} firms
 * @property {number} planned
 * @property {number} held
 * @property {number} running
 * @property {number} agreed
 * @property {number} chief_executives
 * @property {number} lead_purchasers
 */

/** `<fair-figures data-topic="fair:…">` around `[data-figure]` values and `[data-figure-bar]` lines. */
class FairFigures extends HTMLElement {
  /** @type {{ leave(): void } | undefined} */
  #topic;

  /** @type {number | undefined} */
  #agreed;

  connectedCallback() {
    this.#topic = socket.join(String(this.dataset.topic), {
      onSnapshot: (/** @type {Figures} */ figures) => this.#show(figures),
      onEvent: (event) => this.#show(/** @type {Figures} */ (/** @type {unknown} */ (event))),
    });
  }

  disconnectedCallback() {
    this.#topic?.leave();
  }

  /** @param {Figures} figures */
  #show(figures) {
    for (const name of /** @type {const} */ (["firms", "held", "running"])) {
      this.#write(name, String(figures[name]));
    }
    if (figures.lead_purchasers) {
      const share = Math.round((1000 * figures.chief_executives) / figures.lead_purchasers) / 10;
      this.#write("chiefs", `${share}%`);
    }
    /** @type {HTMLProgressElement | null} */
    const bar = this.querySelector("[data-figure-bar='held']");
    if (bar) {
      bar.max = figures.planned || 1;
      bar.value = figures.held;
    }
    if (this.#agreed !== undefined && this.#agreed !== figures.agreed) {
      document.body.dispatchEvent(new CustomEvent("agreed"));
    }
    this.#agreed = figures.agreed;
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  #write(name, text) {
    const place = this.querySelector(`[data-figure='${name}']`);
    if (place && place.textContent !== text) {
      place.textContent = text;
    }
  }
}

customElements.define("fair-figures", FairFigures);
