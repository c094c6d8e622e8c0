// <fair-hall topic="hall:5">: on the plan and in the table of a hall's booths, which have staff there now and how many
// visitors.

import { setText } from "../lib/dom.js";
import { number, t, tn } from "../lib/language.js";
import { socket } from "../lib/socket.js";
import { topicOf } from "../lib/topic.js";

/**
 * @import { BoothAttendance } from "../../../types/socket.d.ts"
 * @import { Subscription } from "../../../types/topics.d.ts"
 */

class Hall extends HTMLElement {
  /** @type {Subscription<"hall"> | undefined} */
  topic;
  /** The booths that have somebody there, by their keys. @type {Set<number>} */
  attended = new Set();

  connectedCallback() {
    this.topic = socket.join(topicOf(this, "hall"), {
      onSnapshot: ({ booths }) => this.onSnapshot(booths),
      onEvent: ({ booths }) => booths.forEach((booth) => this.show(booth)),
    });
  }

  disconnectedCallback() {
    this.topic?.leave();
  }

  /** @param {BoothAttendance[]} booths all with somebody there: the others are empty by now */
  onSnapshot(booths) {
    for (const booth of this.attended) {
      this.show({ booth, staff: 0, visitors: 0 });
    }
    booths.forEach((booth) => this.show(booth));
  }

  /** @param {BoothAttendance} attendance */
  show({ booth, staff, visitors }) {
    this.attended[staff || visitors ? "add" : "delete"](booth);
    const words = [
      ...(staff ? [t("staff online")] : []),
      ...(visitors ? [tn("%(count)s visitor", "%(count)s visitors", visitors)] : []),
    ].join(" · ");
    for (const place of this.querySelectorAll(`[data-booth="${booth}"]`)) {
      place.setAttribute("data-present", staff ? "1" : "0");
      setText(place.querySelector("[data-live]"), [staff ? "●" : "", visitors ? number(visitors) : ""].join(" ").trim());
      setText(place.querySelector("[data-live-words]"), words);
      setText(place.querySelector("title"), [place.getAttribute("data-name"), words].filter(Boolean).join(" · "));
    }
  }
}

customElements.define("fair-hall", Hall);
