// The bar of a call: what one gives, the sound balance, leaving.

import { find } from "./parts.js";

/** @typedef {import("../elements/call.js").CallElement} CallElement */

export class CallBar {
  /** @param {CallElement} call */
  constructor(call) {
    this.call = call;
    this.root = find(call, ".call__bar");
    this.balance = find(this.root, ".call__balance");
    this.slider = /** @type {HTMLInputElement} */ (find(this.balance, "input"));
    this.slider.addEventListener("input", () => call.stage.mix(Number(this.slider.value)));
    this.root.addEventListener("click", (event) => this.act(/** @type {Element} */ (event.target)));
    if (!navigator.mediaDevices?.getDisplayMedia) {
      find(this.root, '[data-act="screen"]').hidden = true;
    }
  }

  /** @param {Element} target */
  act(target) {
    const { media } = this.call;
    switch (target.closest("[data-act]")?.getAttribute("data-act")) {
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
        this.call.panel.toggle();
    }
  }

  show() {
    const { mic, camera, screen } = this.call.media.state;
    this.press("microphone", mic);
    this.press("camera", camera);
    this.press("screen", screen);
    this.balance.hidden = !this.call.stage.hasInterpreter;
  }

  /**
   * @param {string} act
   * @param {boolean} isOn
   */
  press(act, isOn) {
    find(this.root, `[data-act="${act}"]`).setAttribute("aria-pressed", String(isOn));
  }
}
