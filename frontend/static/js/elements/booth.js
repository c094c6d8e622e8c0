// <fair-booth topic="booth:5">: which staff of a booth are here now, and how many signed-in visitors; for its staff also
// their names.

import { make, setText } from "../lib/dom.js";
import { inLanguage, t, tn } from "../lib/language.js";
import { socket } from "../lib/socket.js";
import { topicOf } from "../lib/topic.js";

/**
 * @import { BoothPresenceChanged, BoothSnapshot } from "../../../types/socket.d.ts"
 * @import { Subscription } from "../../../types/topics.d.ts"
 */

class Booth extends HTMLElement {
  /** @type {Subscription<"booth"> | undefined} */
  topic;
  /** The server names visitors to the booth's own staff alone. */
  isStaff = false;

  connectedCallback() {
    this.topic = socket.join(topicOf(this, "booth"), {
      onSnapshot: (snapshot) => this.onSnapshot(snapshot),
      onEvent: (event) => this.show(event),
    });
  }

  disconnectedCallback() {
    this.topic?.leave();
  }

  /** @param {BoothSnapshot} snapshot */
  onSnapshot(snapshot) {
    this.isStaff = snapshot.visitors_here !== null;
    this.show(snapshot);
  }

  /** @param {Pick<BoothPresenceChanged, "staff_here" | "visitors">} presence */
  show({ staff_here, visitors }) {
    for (const row of this.querySelectorAll("[data-staff]")) {
      const isHere = staff_here.includes(Number(row.getAttribute("data-staff")));
      row.setAttribute("data-present", isHere ? "1" : "0");
      setText(row.querySelector("[data-word]"), isHere ? t("online") : t("away"));
    }
    // Who comes next is for the time in which nobody is here.
    this.querySelector("[data-next]")?.toggleAttribute("hidden", staff_here.length > 0);
    const sentence = visitors
      ? tn("%(count)s signed-in visitor is at this booth now", "%(count)s signed-in visitors are at this booth now", visitors)
      : t("No signed-in visitors are at this booth now");
    setText(this.querySelector("[data-visitors]"), sentence);
    if (this.isStaff) {
      void this.loadVisitors();
    }
  }

  async loadVisitors() {
    const list = this.querySelector("[data-visitor-list]");
    const reply = list && (await this.topic?.send({ type: "visitors.load" }).catch(() => null));
    if (!reply) {
      return;
    }
    const rows = reply.snapshot.visitors_here.map((person) =>
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
