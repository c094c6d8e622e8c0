// The person's own topic: one subscription of the page for all counts and toasts.

import { socket } from "./socket.js";
import { setServerTime } from "./time.js";

/**
 * @import { MeSnapshot } from "../../../types/socket.d.ts"
 * @import { Subscription, TopicEvent } from "../../../types/topics.d.ts"
 */

/**
 * Dispatches "change" when a count changes, "happened" (detail: the event of the topic), and "missed" when events may
 * have been lost, so that the elements that show them have to load again.
 */
class Me extends EventTarget {
  /** Unread notices. */
  notices = 0;
  /** Unread messages by conversation. @type {Map<number, number>} */
  messages = new Map();
  /** @type {Subscription<"me"> | null} */
  topic = null;
  hasSnapshot = false;

  /** Subscribes on first use; a page without a signed-in person has no such topic. */
  join() {
    if (!this.topic && document.documentElement.dataset.person) {
      this.topic = socket.join("me", {
        onSnapshot: (snapshot) => this.onSnapshot(snapshot),
        onEvent: (event) => this.onEvent(event),
      });
    }
  }

  get unread() {
    return [...this.messages.values()].reduce((sum, count) => sum + count, 0);
  }

  /** @param {MeSnapshot} snapshot */
  onSnapshot(snapshot) {
    setServerTime(snapshot.now);
    this.notices = snapshot.notices;
    this.messages = new Map(Object.entries(snapshot.messages).map(([key, count]) => [Number(key), count]));
    this.dispatchEvent(new Event("change"));
    if (this.hasSnapshot) {
      // A later snapshot makes up for events that never arrived.
      this.dispatchEvent(new Event("missed"));
    }
    this.hasSnapshot = true;
  }

  /** @param {TopicEvent<"me">} event */
  onEvent(event) {
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
