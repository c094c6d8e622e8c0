// <fair-figures topic="fair:pk2020">: the public figures of a fair in its [data-figure] elements, updated by events.

import { setText } from "../lib/dom.js";
import { socket } from "../lib/socket.js";
import { topicOf } from "../lib/topic.js";

/**
 * @import { PublicFigures } from "../../../types/socket.d.ts"
 * @import { Subscription } from "../../../types/topics.d.ts"
 */

class Figures extends HTMLElement {
  /** @type {Subscription<"fair"> | undefined} */
  topic;
  /** Agreed outcomes as last announced; undefined before the first snapshot. @type {number | undefined} */
  agreed;

  connectedCallback() {
    this.topic = socket.join(topicOf(this, "fair"), {
      onSnapshot: (figures) => this.show(figures),
      onEvent: (figures) => this.show(figures),
    });
  }

  disconnectedCallback() {
    this.topic?.leave();
  }

  /** @param {PublicFigures} figures */
  show(figures) {
    for (const name of /** @type {const} */ (["firms", "held", "running"])) {
      this.setFigure(name, String(figures[name]));
    }
    if (figures.lead_purchasers) {
      const percent = Math.round((1000 * figures.chief_executives) / figures.lead_purchasers) / 10;
      this.setFigure("chiefs", `${percent}%`);
    }
    /** @type {HTMLProgressElement | null} */
    const bar = this.querySelector("[data-figure-bar='held']");
    if (bar) {
      bar.max = figures.planned || 1;
      bar.value = figures.held;
    }
    if (this.agreed !== undefined && this.agreed !== figures.agreed) {
      document.body.dispatchEvent(new CustomEvent("agreed")); // htmx fetches the list of agreed outcomes again
    }
    this.agreed = figures.agreed;
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  setFigure(name, text) {
    setText(this.querySelector(`[data-figure='${name}']`), text);
  }
}

customElements.define("fair-figures", Figures);
