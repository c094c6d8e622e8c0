// The panel beside a call: brief, outcome and chat; on phones a sheet that can be closed.

import { find } from "./call-parts.js";

/** @typedef {import("./call.js").CallElement} CallElement */

export class CallPanel {
  /** @param {CallElement} call */
  constructor(call) {
    this.call = call;
    this.root = find(call, ".call__panel");
    this.tabs = [...this.root.querySelectorAll('[role="tab"]')];
    this.opener = find(call, '.call__bar [data-act="panel"]');
    this.root.addEventListener("click", (event) => this.press(/** @type {Element} */ (event.target)));
    find(this.root, '[role="tablist"]').addEventListener("keydown", (event) => this.move(event));
    call.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
  }

  /** @param {Element} target */
  press(target) {
    const tab = target.closest('[role="tab"]');
    if (tab) {
      this.open(tab.getAttribute("data-panel") ?? "brief");
    } else if (target.closest('[data-act="close-panel"]')) {
      this.close();
      this.opener.focus();
    }
  }

  /** Arrow keys go from tab to tab, in the direction of reading. @param {KeyboardEvent} event */
  move(event) {
    const forth = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = document.documentElement.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
    const step = { [forth]: 1, [back]: -1 }[event.key];
    const at = this.tabs.findIndex((tab) => tab === document.activeElement);
    if (step && at >= 0) {
      const next = /** @type {HTMLElement} */ (this.tabs[(at + step + this.tabs.length) % this.tabs.length]);
      next.focus();
      this.open(next.getAttribute("data-panel") ?? "brief");
    }
  }

  toggle() {
    if (this.call.getAttribute("data-panel") === "closed") {
      this.open(this.root.querySelector("fair-chat") ? "chat" : "brief");
    } else {
      this.close();
    }
  }

  /** @param {string} name */
  open(name) {
    this.call.setAttribute("data-panel", name);
    this.opener.setAttribute("aria-expanded", "true");
    for (const tab of this.tabs) {
      tab.setAttribute("aria-selected", String(tab.getAttribute("data-panel") === name));
    }
    for (const body of this.root.querySelectorAll(".call__panel-body")) {
      /** @type {HTMLElement} */ (body).hidden = body.id !== `panel-${name}`;
    }
  }

  close() {
    this.call.setAttribute("data-panel", "closed");
    this.opener.setAttribute("aria-expanded", "false");
  }
}
