// <fair-colleagues topic="office:5-files">: which colleagues have this page of the booth office open too.

import { showOthers } from "../lib/others.js";
import { socket } from "../lib/socket.js";
import { topicOf } from "../lib/topic.js";

/** @import { Subscription } from "../../../types/topics.d.ts" */

class Colleagues extends HTMLElement {
  /** @type {Subscription<"office"> | undefined} */
  topic;

  connectedCallback() {
    this.topic = socket.join(topicOf(this, "office"), {
      onSnapshot: ({ here }) => showOthers(this, here),
      onEvent: (event) => {
        if (event.type === "presence.changed") {
          showOthers(this, event.here);
        }
      },
    });
  }

  disconnectedCallback() {
    this.topic?.leave();
  }
}

customElements.define("fair-colleagues", Colleagues);
