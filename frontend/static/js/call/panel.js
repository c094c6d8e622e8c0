// The panel beside a call: brief, outcome and chat; on phones a sheet that can be closed.

import { find } from "./parts.js";

/** @typedef {import("../elements/call.js").CallElement} CallElement */

const NARROW = "(max-width: 59.99rem)";

export class CallPanel {
  /** What the sheet was opened from, and where the keyboard goes back to. @type {HTMLElement | null} */
  opener = null;

  /** @param {CallElement} call */
  constructor(call) {
    this.call = call;
    this.root = find(call, ".call__panel");
    /** @type {NodeListOf<HTMLElement>} */
    const tabs = this.root.querySelectorAll('[role="tab"]');
    this.tabs = [...tabs];
    this.button = find(call, '.call__bar [data-act="panel"]');
    this.closer = find(this.root, '[data-act="close-panel"]');
    this.root.addEventListener("click", (event) => this.press(/** @type {Element} */ (event.target)));
    find(this.root, '[role="tablist"]').addEventListener("keydown", (event) => this.move(event));
    call.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
  }

  /** Only a sheet is opened and closed; a wide page has the panel beside the call. */
  get isSheet() {
    return this.closer.checkVisibility();
  }

  get isOpen() {
    return this.call.getAttribute("data-panel") !== "closed";
  }

  /** @param {Element} target */
  press(target) {
    const tab = target.closest('[role="tab"]');
    if (tab) {
      this.open(tab.getAttribute("data-panel") ?? "brief");
    } else if (target.closest('[data-act="close-panel"]')) {
      this.close();
    }
  }

  /** Arrow keys go from tab to tab, in the direction of reading. @param {KeyboardEvent} event */
  move(event) {
    const forth = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = document.documentElement.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
    const step = { [forth]: 1, [back]: -1 }[event.key];
    const shown = this.tabs.filter((tab) => tab.checkVisibility());
    const at = shown.findIndex((tab) => tab === document.activeElement);
    if (step && at >= 0) {
      const next = shown[(at + step + shown.length) % shown.length];
      this.open(next.getAttribute("data-panel") ?? "brief");
      next.focus();
    }
  }

  toggle() {
    if (this.isOpen) {
      this.close();
    } else {
      this.enter(this.root.querySelector("fair-chat") ? "chat" : "brief");
    }
  }

  /** Opens it and goes into it. @param {string} name */
  enter(name) {
    this.opener = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    this.open(name);
    this.tabs.find((tab) => tab.getAttribute("data-panel") === name)?.focus();
  }

  /** @param {string} name */
  open(name) {
    this.call.setAttribute("data-panel", name);
    this.button.setAttribute("aria-expanded", "true");
    for (const tab of this.tabs) {
      const isChosen = tab.getAttribute("data-panel") === name;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
    }
    for (const body of this.root.querySelectorAll(".call__panel-body")) {
      /** @type {HTMLElement} */ (body).hidden = body.id !== `panel-${name}`;
    }
    if (name === "outcome") {
      this.call.outcome.want();
    }
  }

  /** At the end of a call it holds the outcome, or nothing. On a phone it does not come up by itself. @param {boolean} hasOutcome */
  give(hasOutcome) {
    if (!hasOutcome) {
      this.call.setAttribute("data-panel", "closed");
      return;
    }
    // Read on a phone too: what is offered at the end depends on it.
    this.call.outcome.want();
    if (!matchMedia(NARROW).matches) {
      this.open("outcome");
    }
    find(this.root, "#panel-outcome").scrollTop = 0;
  }

  close() {
    if (!this.isSheet) {
      return;
    }
    const hadFocus = this.root.contains(document.activeElement);
    this.call.setAttribute("data-panel", "closed");
    this.button.setAttribute("aria-expanded", "false");
    if (hadFocus) {
      (this.opener?.checkVisibility() ? this.opener : this.button).focus();
    }
  }
}
