// The panel beside a call, with tabs for brief, outcome and chat; on a narrow screen it is a sheet that opens and closes.

import { actionOf, find } from "../lib/dom.js";
import { keepFocus } from "../lib/focus.js";

/** @import { Call } from "./call.js" */

const NARROW = "(max-width: 59.99rem)";

export class CallPanel {
  /** The focused element when the sheet was opened. @type {Element | null} */
  opener = null;

  /** @param {Call} call */
  constructor(call) {
    const { signal } = call;
    this.call = call;
    this.root = find(call.element, ".call__panel");
    /** @type {NodeListOf<HTMLElement>} */
    const tabs = this.root.querySelectorAll('[role="tab"]');
    this.tabs = [...tabs];
    this.button = find(call.element, '.call__bar [data-action="panel"]');
    this.closeButton = find(this.root, '[data-action="close-panel"]');
    this.root.addEventListener("click", (event) => this.onClick(event), { signal });
    find(this.root, '[role="tablist"]').addEventListener("keydown", (event) => this.onKeyDown(event), { signal });
    call.element.addEventListener("keydown", (event) => event.key === "Escape" && this.close(), { signal });
  }

  /** On a wide screen the panel is always open. */
  get isSheet() {
    return this.closeButton.checkVisibility();
  }

  get isOpen() {
    return this.call.element.getAttribute("data-panel") !== "closed";
  }

  /** @param {Event} event */
  onClick(event) {
    const tab = event.target instanceof Element ? event.target.closest('[role="tab"]') : null;
    if (tab) {
      this.open(tab.getAttribute("data-panel") ?? "brief");
    } else if (actionOf(event) === "close-panel") {
      this.close();
    }
  }

  /** Arrow keys move from tab to tab, in the direction of reading. @param {KeyboardEvent} event */
  onKeyDown(event) {
    const isRightToLeft = document.documentElement.dir === "rtl";
    const [forward, backward] = isRightToLeft ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
    const step = { [forward]: 1, [backward]: -1 }[event.key];
    const shown = this.tabs.filter((tab) => tab.checkVisibility());
    const index = shown.findIndex((tab) => tab === document.activeElement);
    if (step && index >= 0) {
      const next = shown[(index + step + shown.length) % shown.length];
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

  /** Opens it and moves the focus into it. @param {string} name */
  enter(name) {
    this.opener = document.activeElement;
    this.open(name);
    this.tabs.find((tab) => tab.getAttribute("data-panel") === name)?.focus();
  }

  /** @param {string} name */
  open(name) {
    this.call.element.setAttribute("data-panel", name);
    this.button.setAttribute("aria-expanded", "true");
    for (const tab of this.tabs) {
      const isSelected = tab.getAttribute("data-panel") === name;
      tab.setAttribute("aria-selected", String(isSelected));
      tab.tabIndex = isSelected ? 0 : -1;
    }
    for (const body of this.root.querySelectorAll(".call__panel-body")) {
      body.toggleAttribute("hidden", body.id !== `panel-${name}`);
    }
    if (name === "outcome") {
      this.call.outcome.load();
    }
  }

  /** @param {boolean} hasOutcome whether the outcome can be stated now; otherwise the panel is closed */
  onCallEnd(hasOutcome) {
    if (!hasOutcome) {
      this.call.element.setAttribute("data-panel", "closed");
      return;
    }
    // Loaded on a narrow screen too, where the sheet stays closed: the buttons at the end depend on it.
    this.call.outcome.load();
    if (!matchMedia(NARROW).matches) {
      this.open("outcome");
    }
    find(this.root, "#panel-outcome").scrollTop = 0;
  }

  close() {
    if (this.isSheet) {
      keepFocus(this.root, () => this.hide(), this.opener, this.button);
    }
  }

  hide() {
    this.call.element.setAttribute("data-panel", "closed");
    this.button.setAttribute("aria-expanded", "false");
  }
}
