// The box a message is written in.

import { t } from "../lib/language.js";
import { icon, make } from "../lib/dom.js";

const TYPING_SAID = 2500;
const WIDTH = 45; // letters in a line, roughly; more make the box grow
const MOST_LINES = 6;

export class Compose {
  saidTyping = 0;

  /**
   * @param {import("./outbox.js").Outbox} outbox keeps what is being written
   * @param {(body: string) => void} send
   * @param {() => Promise<unknown>} typing
   */
  constructor(outbox, send, typing) {
    this.outbox = outbox;
    this.send = send;
    this.typing = typing;
    this.text = make("textarea", { rows: "1", dir: "auto", maxlength: "4000", "aria-label": t("Message") });
    this.text.value = outbox.draft;
    this.text.oninput = () => this.write();
    this.text.onkeydown = (event) => this.press(event);
    const button = make("button", { class: "button button--act", "aria-label": t("Send") }, icon("send", "icon--mirrored"));
    this.form = make("form", { class: "chat__compose" }, this.text, button);
    this.form.onsubmit = (event) => this.submit(event);
    this.fit();
  }

  /**
   * Goes on with what was typed before the script had come; true when somebody is typing there.
   * @param {HTMLTextAreaElement | null} early
   */
  takeOver(early) {
    if (early?.value) {
      this.text.value = this.outbox.draft = early.value;
      this.fit();
    }
    return early !== null && early === document.activeElement;
  }

  /** @param {Event} event */
  submit(event) {
    event.preventDefault();
    const body = this.text.value.trim();
    if (body) {
      this.text.value = this.outbox.draft = "";
      this.saidTyping = 0;
      this.fit();
      this.send(body);
    }
  }

  write() {
    this.outbox.draft = this.text.value;
    this.fit();
    if (this.text.value && Date.now() - this.saidTyping > TYPING_SAID) {
      this.saidTyping = Date.now();
      this.typing().catch(() => (this.saidTyping = 0));
    }
  }

  /** Enter sends, but not while a Chinese word is being composed, and not on a telephone. @param {KeyboardEvent} event */
  press(event) {
    const isPlain = event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
    if (isPlain && !matchMedia("(pointer: coarse)").matches) {
      event.preventDefault();
      this.form.requestSubmit();
    }
  }

  fit() {
    const lines = this.text.value.split("\n").reduce((sum, line) => sum + 1 + Math.floor(line.length / WIDTH), 0);
    this.text.rows = Math.min(MOST_LINES, lines);
  }
}
