// During a call: problems of one's own microphone or camera, with a button to try again.

import { actionOf, find, setText } from "../lib/dom.js";
import { keepFocus } from "../lib/focus.js";
import { failureSentence } from "../webrtc/devices.js";

/**
 * @import { Call } from "./call.js"
 * @import { Kind } from "../webrtc/devices.js"
 */

export class DeviceProblems {
  /** Devices that failed after the person entered; the lobby shows earlier failures. @type {Set<Kind>} */
  kinds = new Set();

  /** @param {Call} call */
  constructor(call) {
    const { signal } = call;
    this.call = call;
    this.root = find(call.element, ".call__trouble");
    this.sentences = find(this.root, "span");
    this.root.addEventListener("click", (event) => this.onClick(event), { signal });
    const onFailure = (/** @type {Event} */ event) => this.onFailure(/** @type {CustomEvent<Kind>} */ (event).detail);
    call.media.addEventListener("failure", onFailure, { signal });
  }

  /** @param {Kind} kind */
  onFailure(kind) {
    this.call.room.isInside && this.kinds.add(kind);
  }

  /** @param {Event} event */
  onClick(event) {
    const action = actionOf(event);
    if (action === "again") {
      void this.call.media.start([...this.kinds]);
    } else if (action === "dismiss") {
      this.kinds.clear();
      this.show();
    }
  }

  show() {
    const { failures } = this.call.media;
    const sentences = [];
    for (const kind of this.kinds) {
      const failure = failures.get(kind);
      failure ? sentences.push(failureSentence(kind, failure)) : this.kinds.delete(kind);
    }
    setText(this.sentences, sentences.join(" "));
    const isHidden = sentences.length === 0 || !this.call.room.isInside;
    const microphone = this.call.element.querySelector('.call__bar [data-action="microphone"]');
    keepFocus(this.root, () => (this.root.hidden = isHidden), microphone);
  }
}
