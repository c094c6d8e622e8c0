// <fair-booth topic="booth:5">: who of the exhibitor's people is here now, and how many visitors; names for its staff.

import { inLanguage, t, tn } from "../lib/language.js";
import { make } from "../lib/dom.js";
import { socket } from "../lib/socket.js";

/** @typedef {{ id: number, name: Record<string, string>, company: Record<string, string> }} Person */

class Booth extends HTMLElement {
  /** @type {import("../lib/socket.js").Joined | null} */
  topic = null;
  isStaff = false;

  connectedCallback() {
    this.topic = socket.join(this.getAttribute("topic") ?? "", {
      onSnapshot: (snapshot) => this.begin(snapshot),
      onEvent: (event) => event.type === "presence.changed" && this.show(event.staff_here, event.visitors),
    });
  }

  disconnectedCallback() {
    this.topic?.leave();
  }

  /** @param {{ staff_here: number[], visitors: number, visitors_here: Person[] | null }} snapshot */
  begin(snapshot) {
    this.isStaff = snapshot.visitors_here !== null;
    this.show(snapshot.staff_here, snapshot.visitors);
  }

  /** @param {number[]} staff @param {number} visitors */
  show(staff, visitors) {
    for (const row of this.querySelectorAll("[data-staff]")) {
      const isHere = staff.includes(Number(row.getAttribute("data-staff")));
      row.setAttribute("data-present", isHere ? "1" : "0");
      const word = row.querySelector("[data-word]");
      if (word) {
        word.textContent = isHere ? t("here now") : t("away");
      }
    }
    const count = this.querySelector("[data-visitors]");
    if (count) {
      count.textContent = visitors
        ? tn("%(count)s visitor is at this booth now", "%(count)s visitors are at this booth now", visitors)
        : t("No visitor is at this booth now");
    }
    if (this.isStaff) {
      this.name();
    }
  }

  /** Visitors' names are told to the staff alone, so they are asked for. */
  async name() {
    const list = this.querySelector("[data-visitor-list]");
    const answer = list && (await this.topic?.send("visitors.load").catch(() => null));
    if (!answer) {
      return;
    }
    const rows = answer.snapshot.visitors_here.map((/** @type {Person} */ person) =>
      make(
        "li",
        { class: "presence", "data-present": "1" },
        make("bdi", {}, inLanguage(person.name)),
        make("bdi", { class: "soft" }, inLanguage(person.company)),
      ),
    );
    list.replaceChildren(...rows);
  }
}

customElements.define("fair-booth", Booth);
