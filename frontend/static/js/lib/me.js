// What happens to the person whose page this is: one subscription for everything that counts or announces it.

import { socket } from "./socket.js";
import { setServerTime } from "./time.js";

/** @typedef {import("./topic.js").TopicEvent} TopicEvent */

class Me extends EventTarget {
  /** Unread notices. */
  notices = 0;
  /** Unread messages of each conversation. @type {Map<number, number>} */
  messages = new Map();
  /** @type {import("./socket.js").Joined | null} */
  topic = null;

  /** Begins to listen; without a person there is nothing to hear. */
  listen() {
    if (!this.topic && document.documentElement.dataset.person) {
      this.topic = socket.join("me", {
        onSnapshot: (snapshot) => this.begin(snapshot),
        onEvent: (event) => this.receive(event),
      });
    }
  }

  get unread() {
    return [...this.messages.values()].reduce((sum, count) => sum + count, 0);
  }

  begun = false;

  /** @param {{ now: string, notices: number, messages: Record<string, number> }} snapshot */
  begin(snapshot) {
    setServerTime(snapshot.now);
    this.notices = snapshot.notices;
    this.messages = new Map(Object.entries(snapshot.messages).map(([key, count]) => [Number(key), count]));
    this.dispatchEvent(new Event("change"));
    if (this.begun) {
      // A second snapshot makes up for events that never came.
      this.dispatchEvent(new Event("missed"));
    }
    this.begun = true;
  }

  /** @param {TopicEvent} event */
  receive(event) {
    if (event.type === "notice.created") {
      this.notices += 1;
    } else if (event.type === "notices.read") {
      this.notices = event.unread;
    } else if (event.type === "message.arrived") {
      this.messages.set(event.conversation, (this.messages.get(event.conversation) ?? 0) + 1);
    } else if (event.type === "conversation.read") {
      this.messages.set(event.conversation, event.unread);
    }
    this.dispatchEvent(new CustomEvent("happened", { detail: event }));
    this.dispatchEvent(new Event("change"));
  }
}

export const me = new Me();
