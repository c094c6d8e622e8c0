// <fair-upload begin="…" list="…"><form>…<input type="file">…</form><ul data-uploads></ul><p data-said></p></fair-upload>:
// files that are chosen, dropped or pasted are sent in parts, two at a time, each with its progress; the element with
// the id `list` is fetched again when one has arrived. Without it the form sends one file as it is.
// The attribute `single`: one file replaces the one before. Where the server answers with a page, it is opened.

import { find, icon, make, setText } from "../lib/dom.js";
import { number, t } from "../lib/language.js";
import { Refusal, Transfer } from "../lib/transfer.js";

const AT_ONCE = 2;

/** @typedef {{transfer: Transfer, row: HTMLElement, state: HTMLElement, bar: HTMLProgressElement}} Sending */

class Upload extends HTMLElement {
  static events = ["change", "dragover", "dragleave", "drop", "paste", "submit"];
  /** @type {Sending[]} */
  waiting = [];
  atWork = 0;

  connectedCallback() {
    this.input = /** @type {HTMLInputElement} */ (find(this, "input[type=file]"));
    this.input.multiple = !this.hasAttribute("single");
    find(this, "[data-plain]").hidden = true;
    find(this, "[data-hint]").hidden = false;
    this.tabIndex = -1; // so that it can be clicked, and a picture pasted into it
    for (const type of Upload.events) {
      this.addEventListener(type, this);
    }
  }

  disconnectedCallback() {
    for (const type of Upload.events) {
      this.removeEventListener(type, this);
    }
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event.type === "change" || event.type === "submit") {
      event.preventDefault();
      this.send(this.input?.files);
      if (this.input) {
        this.input.value = "";
      }
    } else if (event instanceof ClipboardEvent) {
      this.take(event, event.clipboardData);
    } else if (event instanceof DragEvent && event.type === "drop") {
      this.toggleAttribute("over", false);
      this.take(event, event.dataTransfer);
    } else if (event instanceof DragEvent && event.dataTransfer?.types.includes("Files")) {
      event.preventDefault();
      this.toggleAttribute("over", event.type === "dragover");
    }
  }

  /** @param {Event} event @param {DataTransfer | null} carried */
  take(event, carried) {
    if (carried?.files.length) {
      event.preventDefault();
      this.send(carried.files);
    }
  }

  /** @param {FileList | null | undefined} files */
  send(files) {
    const chosen = [...(files ?? [])];
    for (const file of this.hasAttribute("single") ? chosen.slice(0, 1) : chosen) {
      this.waiting.push(this.sending(file));
    }
    this.next();
  }

  /** A file with its row. @param {File} file @returns {Sending} */
  sending(file) {
    const token = /** @type {HTMLInputElement} */ (find(this, "[name=csrfmiddlewaretoken]")).value;
    const place = /** @type {HTMLInputElement} */ (find(this, "[name=place]")).value;
    const transfer = new Transfer(file, this.getAttribute("begin") ?? "", place, token);
    const name = make("bdi", { class: "upload__name" }, file.name);
    const bar = make("progress", { max: "1", "aria-label": file.name });
    bar.value = 0;
    const state = make("span", { class: "small soft" }, t("Waiting"));
    const cancel = make("button", { type: "button", class: "button button--small" }, icon("close", "icon--small"), t("Cancel"));
    cancel.setAttribute("aria-label", t("Cancel: %(name)s", { name: file.name }));
    const row = make("li", { class: "upload__row" }, name, bar, state, cancel);
    const sending = { transfer, row, state, bar };
    transfer.changed = () => this.show(sending);
    cancel.addEventListener("click", () => this.cancel(sending));
    find(this, "[data-uploads]").append(row);
    return sending;
  }

  next() {
    while (this.atWork < AT_ONCE) {
      const sending = this.waiting.shift();
      if (!sending) {
        return;
      }
      this.atWork += 1;
      this.run(sending).finally(() => {
        this.atWork -= 1;
        this.next();
      });
    }
  }

  /** @param {Sending} sending */
  async run(sending) {
    const { transfer, row } = sending;
    const { name } = transfer.file;
    this.say(t("Uploading: %(name)s", { name }));
    this.show(sending);
    let done;
    try {
      done = await transfer.run();
    } catch (failure) {
      if (!transfer.cancelled.signal.aborted) {
        this.refuse(sending, failure instanceof Refusal ? failure.sentence || sentenceFor(failure.code) : sentenceFor(""));
      }
      return;
    }
    const hadFocus = row.contains(document.activeElement);
    row.remove();
    this.say(t("Uploaded: %(name)s", { name }));
    if (done?.page) {
      location.assign(done.page);
      return;
    }
    if (hadFocus) {
      this.input?.focus();
    }
    this.refresh();
  }

  /** @param {Sending} sending */
  show({ transfer, state, bar }) {
    const { received, isWaiting, file } = transfer;
    const share = file.size ? received / file.size : 0;
    bar.value = share;
    const isWhole = share === 1;
    const percent = number(Math.floor(100 * share));
    setText(
      state,
      isWaiting ? t("No connection. It continues by itself.") : isWhole ? t("Processing") : t("%(percent)s%%", { percent }),
    );
  }

  /** The row says why, until it is closed. @param {Sending} sending @param {string} sentence */
  refuse({ transfer, row, state, bar }, sentence) {
    bar.remove();
    setText(state, sentence);
    state.classList.add("upload__refused");
    const button = find(row, "button");
    button.replaceChildren(icon("close", "icon--small"), t("Close"));
    button.setAttribute("aria-label", t("Close: %(name)s", { name: transfer.file.name }));
    this.say(`${transfer.file.name}: ${sentence}`);
    this.refresh();
  }

  /** @param {Sending} sending */
  cancel(sending) {
    this.waiting = this.waiting.filter((other) => other !== sending);
    sending.transfer.cancel();
    sending.row.remove();
    this.say(t("Cancelled: %(name)s", { name: sending.transfer.file.name }));
    this.input?.focus();
  }

  refresh() {
    document.getElementById(this.getAttribute("list") ?? "")?.dispatchEvent(new Event("refresh"));
  }

  /** @param {string} sentence */
  say(sentence) {
    setText(find(this, "[data-said]"), sentence);
  }
}

/** @param {string} code */
function sentenceFor(code) {
  return code === "unreadable"
    ? t("This file cannot be read. Choose it again.")
    : t("The upload was refused. Reload the page and try again.");
}

customElements.define("fair-upload", Upload);
