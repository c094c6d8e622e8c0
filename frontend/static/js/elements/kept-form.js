// <fair-kept-form><p data-kept hidden>…<button>…</button></p><form>…</form></fair-kept-form>: keeps what is typed
// until it has been saved, over a lost connection, a reload and the browser's own error page.
// The attribute `refused`: the form has come back from the server with what was typed.

import { find } from "../lib/dom.js";
import { Drafts } from "../lib/drafts.js";

/** @typedef {import("../lib/drafts.js").Entries} Entries */

// Django's: another one with each page.
const TOKEN = "csrfmiddlewaretoken";
// Other with each page too, but what a draft was typed against: it is kept, and does not count as a change.
const SEEN = "seen";

const path = location.pathname;
const drafts = new Drafts(sessionStorage, document.documentElement.dataset.person ?? "");
drafts.arrive(path);

class KeptForm extends HTMLElement {
  connectedCallback() {
    this.form = /** @type {HTMLFormElement} */ (find(this, "form"));
    this.note = find(this, "[data-kept]");
    this.addEventListener("input", this);
    this.addEventListener("submit", this);
    this.note.addEventListener("click", this);
    if (this.hasAttribute("refused")) {
      drafts.forget(path);
    } else {
      this.restore();
    }
  }

  disconnectedCallback() {
    this.removeEventListener("input", this);
    this.removeEventListener("submit", this);
    this.note?.removeEventListener("click", this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event.type === "input") {
      drafts.keep(path, this.entries());
    } else if (event.type === "submit") {
      drafts.send(path, this.entries());
    } else if (event.target instanceof Element && event.target.closest("button")) {
      drafts.forget(path);
      location.reload();
    }
  }

  restore() {
    const kept = drafts.kept(path);
    if (!kept || !this.note) {
      return;
    }
    if (JSON.stringify(typed(kept)) === JSON.stringify(typed(this.entries()))) {
      drafts.forget(path);
      return;
    }
    this.fill(kept);
    this.note.hidden = false;
  }

  /** @param {Entries} entries */
  fill(entries) {
    for (const field of this.form?.elements ?? []) {
      const values = entries.filter(([name]) => name === field.getAttribute("name")).map(([, value]) => value);
      if (field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio")) {
        field.checked = values.includes(field.value);
      } else if (
        values[0] !== undefined &&
        (field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement)
      ) {
        field.value = values[0];
      }
    }
  }

  /** @returns {Entries} */
  entries() {
    /** @type {Entries} */
    const found = [];
    for (const [name, value] of new FormData(this.form)) {
      if (name !== TOKEN && typeof value === "string") {
        found.push([name, value]);
      }
    }
    return found;
  }
}

/** What a person has typed or chosen. @param {Entries} entries */
function typed(entries) {
  return entries.filter(([name]) => name !== SEEN).map(([name, value]) => [name, value.replaceAll("\r\n", "\n")]);
}

customElements.define("fair-kept-form", KeptForm);
