// <fair-kept-form><div data-kept hidden>…<button>…</button></div><form>…</form><p data-held hidden>…</p></fair-kept-form>:
// keeps what is typed until the server says that it has saved the form: over a lost connection, a reload, the browser's
// own error page, another button of the page, and another language.
// A form that is sent while the server does not answer is held, and sent once it does, unless something is typed meanwhile.
// The attribute `refused`: the form has come back from the server with what was typed.

import { find } from "../lib/dom.js";
import { Drafts } from "../lib/drafts.js";
import { reachServer } from "../lib/reachable.js";

/** @typedef {import("../lib/drafts.js").Entries} Entries */

// Django's: another one with each page.
const TOKEN = "csrfmiddlewaretoken";
// Other with each page too, but what a draft was typed against: it is kept, and does not count as a change.
const SEEN = /(^|-)seen$/;
// Of a form whose inputs are saved one by one: which are not saved, and what each of them was typed over.
const UNSAVED = "typed-seen";

const drafts = new Drafts(sessionStorage, document.documentElement.dataset.person ?? "");
for (const said of document.querySelectorAll("[data-saved]")) {
  drafts.forget(said.getAttribute("data-saved") ?? "");
}

class KeptForm extends HTMLElement {
  isReached = false;
  /** Aborted when the form is no longer to be sent. */
  sending = new AbortController();

  connectedCallback() {
    this.form = /** @type {HTMLFormElement} */ (find(this, "form"));
    this.note = find(this, "[data-kept]");
    this.held = find(this, "[data-held]");
    const { pathname, search } = new URL(this.form.getAttribute("action") ?? "", location.href);
    this.address = pathname + search;
    this.rendered = this.entries();
    this.addEventListener("input", this);
    this.addEventListener("drafted", this);
    // Before anything else that is done with what is sent.
    this.addEventListener("submit", this, { capture: true });
    this.note.addEventListener("click", this);
    if (this.hasAttribute("refused")) {
      this.keep();
    } else {
      this.restore();
    }
  }

  disconnectedCallback() {
    this.removeEventListener("input", this);
    this.removeEventListener("drafted", this);
    this.removeEventListener("submit", this, { capture: true });
    this.release();
    this.note?.removeEventListener("click", this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event.type === "input") {
      this.release();
      this.keep();
    } else if (event instanceof SubmitEvent) {
      this.hold(event);
    } else if (event.type === "drafted") {
      drafts.forget(this.address ?? "");
    } else if (event.target instanceof Element && event.target.closest("button")) {
      this.discard();
    }
  }

  /** @param {SubmitEvent} event */
  hold(event) {
    if (this.isReached || event.target !== this.form) {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    void this.sendWhenReached(/** @type {HTMLElement | null} */ (event.submitter));
  }

  /** @param {HTMLElement | null} submitter the button */
  async sendWhenReached(submitter) {
    this.release();
    if (await reachServer(this.sending.signal, () => this.held?.removeAttribute("hidden"))) {
      this.release();
      this.isReached = true;
      this.form?.requestSubmit(submitter);
      this.isReached = false;
    }
  }

  /** Sends nothing any more that is still held. */
  release() {
    this.sending.abort();
    this.sending = new AbortController();
    this.held?.setAttribute("hidden", "");
  }

  keep() {
    drafts.keep(this.address ?? "", this.entries());
  }

  discard() {
    drafts.forget(this.address ?? "");
    this.fill(this.rendered ?? []);
    this.note?.setAttribute("hidden", "");
  }

  restore() {
    const kept = unsaved(drafts.kept(this.address ?? ""));
    if (!kept) {
      return;
    }
    const names = new Set(kept.map(([name]) => name));
    const now = this.entries().filter(([name]) => names.has(name));
    if (JSON.stringify(typed(kept)) === JSON.stringify(typed(now))) {
      drafts.forget(this.address ?? "");
      return;
    }
    this.fill(kept);
    this.note?.removeAttribute("hidden");
    this.closest("details")?.setAttribute("open", "");
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

/** What is not saved elsewhere: all, or the inputs that a form names. @param {Entries | null} kept */
function unsaved(kept) {
  const seen = kept?.find(([name]) => name === UNSAVED);
  if (!kept || !seen) {
    return kept;
  }
  const names = new Set(Object.keys(JSON.parse(seen[1] || "{}")));
  return kept.filter(([name]) => names.has(name) || SEEN.test(name));
}

/** What a person has typed or chosen. @param {Entries} entries */
function typed(entries) {
  return entries.filter(([name]) => !SEEN.test(name)).map(([name, value]) => [name, value.replaceAll("\r\n", "\n")]);
}

customElements.define("fair-kept-form", KeptForm);
