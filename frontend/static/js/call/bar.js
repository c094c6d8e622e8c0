// The bar of a call: microphone, camera, screen, the balance between original and interpreter, the panel, leaving.

import { actionOf, find } from "../lib/dom.js";

/** @import { Call } from "./call.js" */

export class CallBar {
  /** @param {Call} call */
  constructor(call) {
    this.call = call;
    this.root = find(call.element, ".call__bar");
    this.balance = find(this.root, ".call__balance");
    const slider = /** @type {HTMLInputElement} */ (find(this.balance, "input"));
    slider.addEventListener("input", () => call.stage.setBalance(Number(slider.value)), { signal: call.signal });
    this.root.addEventListener("click", (event) => this.onClick(event), { signal: call.signal });
    if (!navigator.mediaDevices?.getDisplayMedia) {
      find(this.root, '[data-action="screen"]').hidden = true;
    }
  }

  /** @param {Event} event */
  onClick(event) {
    const { media, panel } = this.call;
    switch (actionOf(event)) {
      case "microphone":
        void media.toggleMicrophone();
        break;
      case "camera":
        void media.toggleCamera();
        break;
      case "screen":
        void media.toggleScreen();
        break;
      case "panel":
        panel.toggle();
    }
  }

  show() {
    const { mic, camera, screen } = this.call.media.state;
    this.setPressed("microphone", mic);
    this.setPressed("camera", camera);
    this.setPressed("screen", screen);
    this.balance.hidden = !this.call.stage.hasInterpreter;
  }

  /**
   * @param {string} action
   * @param {boolean} isPressed
   */
  setPressed(action, isPressed) {
    find(this.root, `[data-action="${action}"]`).setAttribute("aria-pressed", String(isPressed));
  }
}
