// The form in which a message is written.

import { icon, make } from "../lib/dom.js";
import { t } from "../lib/language.js";

/** @import { Outbox } from "./outbox.js" */

const REPORT_TYPING_EVERY = 2500;
const CHARACTERS_IN_A_ROW = 45; // roughly
const MOST_ROWS = 6;

export class Compose {
  typingReportedAt = 0;

  /**
   * @param {Outbox} outbox stores the draft
   * @param {(body: string) => void} send
   * @param {() => Promise<unknown>} reportTyping
   */
  constructor(outbox, send, reportTyping) {
    this.outbox = outbox;
    this.send = send;
    this.reportTyping = reportTyping;
    this.text = make("textarea", { rows: "1", dir: "auto", maxlength: "4000", "aria-label": t("Message") });
    this.text.value = outbox.draft;
    this.text.oninput = () => this.onInput();
    this.text.onkeydown = (event) => this.onKeyDown(event);
    const button = make("button", { class: "button button--action", "aria-label": t("Send") }, icon("send", "icon--mirrored"));
    this.form = make("form", { class: "chat__compose" }, this.text, button);
    this.form.onsubmit = (event) => this.onSubmit(event);
    this.fit();
  }

  /**
   * Copies the text that was typed into the template's field before the script was loaded.
   * @param {HTMLTextAreaElement | null} field
   * @returns {boolean} whether somebody is typing there
   */
  takeOver(field) {
    if (field?.value) {
      this.text.value = this.outbox.draft = field.value;
      this.fit();
    }
    return field !== null && field === document.activeElement;
  }

  /** @param {Event} event */
  onSubmit(event) {
    event.preventDefault();
    const body = this.text.value.trim();
    if (body) {
      this.text.value = this.outbox.draft = "";
      this.typingReportedAt = 0;
      this.fit();
      this.send(body);
    }
  }

  onInput() {
    this.outbox.draft = this.text.value;
    this.fit();
    if (this.text.value && Date.now() - this.typingReportedAt > REPORT_TYPING_EVERY) {
      this.typingReportedAt = Date.now();
      this.reportTyping().catch(() => (this.typingReportedAt = 0));
    }
  }

  /** Enter sends, but not within a word of an input method (key code 229) or on a touch screen. @param {KeyboardEvent} event */
  onKeyDown(event) {
    const isPlain = event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
    if (isPlain && !matchMedia("(pointer: coarse)").matches) {
      event.preventDefault();
      this.form.requestSubmit();
    }
  }

  /** As many rows as the text needs. */
  fit() {
    const rowsOf = (/** @type {string} */ line) => 1 + Math.floor(line.length / CHARACTERS_IN_A_ROW);
    const rows = this.text.value.split("\n").reduce((sum, line) => sum + rowsOf(line), 0);
    this.text.rows = Math.min(MOST_ROWS, rows);
  }
}
