// <fair-halls topic="halls:pk2020">: on the plan of a fair's halls, how many booths of each have staff there now, and how
// many visitors all of them have.

import { setText } from "../lib/dom.js";
import { tn } from "../lib/language.js";
import { socket } from "../lib/socket.js";
import { topicOf } from "../lib/topic.js";

/**
 * @import { HallHeadcount } from "../../../types/socket.d.ts"
 * @import { Subscription } from "../../../types/topics.d.ts"
 */

class Halls extends HTMLElement {
  /** @type {Subscription<"halls"> | undefined} */
  topic;
  /** What each hall's place is called without what is there now, by key. @type {Map<number, string>} */
  names = new Map();

  connectedCallback() {
    this.topic = socket.join(topicOf(this, "halls"), {
      onSnapshot: ({ halls }) => this.onSnapshot(halls),
      onEvent: ({ hall }) => this.show(hall),
    });
  }

  disconnectedCallback() {
    this.topic?.leave();
  }

  /** @param {HallHeadcount[]} halls all with somebody there: the others are empty by now */
  onSnapshot(halls) {
    for (const place of this.querySelectorAll("[data-hall]")) {
      const hall = Number(place.getAttribute("data-hall"));
      this.show(halls.find((one) => one.hall === hall) ?? { hall, staffed: 0, visitors: 0 });
    }
  }

  /** @param {HallHeadcount} headcount */
  show({ hall, staffed, visitors }) {
    const place = this.querySelector(`[data-hall="${hall}"]`);
    place?.setAttribute("data-present", staffed ? "1" : "0");
    const booths = staffed ? tn("%(count)s booth with staff", "%(count)s booths with staff", staffed) : "";
    const people = visitors ? tn("%(count)s signed-in visitor", "%(count)s signed-in visitors", visitors) : "";
    setText(place?.querySelector("[data-live]") ?? null, booths);
    setText(place?.querySelector("[data-live-visitors]") ?? null, people);
    const title = place?.querySelector("title");
    this.names.set(hall, this.names.get(hall) ?? title?.textContent ?? "");
    setText(title ?? null, [this.names.get(hall), booths, people].filter(Boolean).join(" · "));
  }
}

customElements.define("fair-halls", Halls);
