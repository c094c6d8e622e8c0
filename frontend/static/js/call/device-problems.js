// What is wrong with one's own microphone or camera during the call: in words, with the act that mends it.

import { sentence } from "../webrtc/devices.js";
import { find } from "./parts.js";

/** @typedef {import("../elements/call.js").CallElement} CallElement */
/** @typedef {import("../webrtc/devices.js").Kind} Kind */

export class CallTrouble {
  /** What failed since one came in; with what failed in the lobby one has come to terms. @type {Set<Kind>} */
  kinds = new Set();

  /** @param {CallElement} call */
  constructor(call) {
    this.call = call;
    this.root = find(call, ".call__trouble");
    this.words = find(this.root, "span");
    this.root.addEventListener("click", (event) => this.act(/** @type {Element} */ (event.target)));
    call.media.addEventListener("trouble", (event) => {
      call.room.isInside && this.kinds.add(/** @type {CustomEvent} */ (event).detail);
    });
  }

  /** @param {Element} target */
  act(target) {
    const what = target.closest("[data-act]")?.getAttribute("data-act");
    if (what === "again") {
      void this.call.media.start([...this.kinds]);
    } else if (what === "dismiss") {
      this.kinds.clear();
      this.show();
    }
  }

  show() {
    const { failures } = this.call.media;
    const sentences = [];
    for (const kind of this.kinds) {
      const failure = failures.get(kind);
      failure ? sentences.push(sentence(kind, failure)) : this.kinds.delete(kind);
    }
    const words = sentences.join(" ");
    if (this.words.textContent !== words) {
      this.words.textContent = words;
    }
    const hadFocus = this.root.contains(document.activeElement);
    this.root.hidden = words === "" || !this.call.room.isInside;
    if (hadFocus && this.root.hidden) {
      find(this.call, '.call__bar [data-act="microphone"]').focus();
    }
  }
}
