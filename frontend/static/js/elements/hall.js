// <fair-hall topic="hall:5">: on the plan and in the table of a hall's booths, who of the staff are there now and how many
// signed-in visitors.

import { setText } from "../lib/dom.js";
import { inLanguage, number, t, tn } from "../lib/language.js";
import { socket } from "../lib/socket.js";
import { topicOf } from "../lib/topic.js";

/**
 * @import { BoothHeadcount } from "../../../types/socket.d.ts"
 * @import { Subscription } from "../../../types/topics.d.ts"
 */

const LETTER = 6.4; // pixels that one takes on the plan (booths/floor_plan.py)

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

  /** @param {BoothHeadcount[]} booths all with somebody there: the others are empty by now */
  onSnapshot(booths) {
    for (const booth of this.attended) {
      this.show({ booth, staff: [], visitors: 0 });
    }
    booths.forEach((booth) => this.show(booth));
  }

  /** @param {BoothHeadcount} headcount */
  show({ booth, staff, visitors }) {
    this.attended[staff.length || visitors ? "add" : "delete"](booth);
    const names = staff.map((person) => inLanguage(person.name)).filter(Boolean);
    const words = [
      ...(names.length ? [t("staff online: %(names)s", { names })] : staff.length ? [t("staff online")] : []),
      ...(visitors ? [tn("%(count)s signed-in visitor", "%(count)s signed-in visitors", visitors)] : []),
    ].join(" · ");
    for (const place of this.querySelectorAll(`[data-booth="${booth}"]`)) {
      place.setAttribute("data-present", staff.length ? "1" : "0");
      setText(place.querySelector("[data-live]"), [staff.length ? "●" : "", visitors ? number(visitors) : ""].join(" ").trim());
      setText(place.querySelector("[data-live-words]"), words);
      setText(place.querySelector("title"), [place.getAttribute("data-name"), words].filter(Boolean).join(" · "));
      const line = place.querySelector("[data-live-staff]");
      setText(line, shortened(names, Number(line?.getAttribute("data-live-staff")) / LETTER));
    }
  }
}

/**
 * The first name, and how many more there are, in so many letters; a Chinese one takes the room of two.
 * @param {string[]} names
 * @param {number} room
 */
function shortened([first = "", ...others], room) {
  const more = others.length ? ` +${others.length}` : "";
  let width = more.length;
  const letters = [...first].filter((letter) => (width += letter > "\u2e7f" ? 2 : 1) < room);
  return `${letters.join("")}${width < room ? "" : "…"}${more}`;
}

customElements.define("fair-hall", Hall);
