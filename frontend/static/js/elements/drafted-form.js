// <fair-drafted-form data-url="…/typed/"><form>…</form></fair-drafted-form>: sends each input to the draft as it is typed,
// with the text that it was typed over. Where somebody else has changed that meanwhile, the person chooses between both.
// With the attribute `topic`, what colleagues type arrives as it is saved, and it is shown who has the page open too.
// Inside a <fair-kept-form>, which keeps what could not be sent: the hidden input `typed-seen` has what it was typed over.

import { Backoff } from "../lib/backoff.js";
import { actionOf, find, setText } from "../lib/dom.js";
import { showOthers } from "../lib/others.js";
import { socket } from "../lib/socket.js";
import { topicOf } from "../lib/topic.js";
import { Refusal } from "../lib/transfer.js";
import { sendTyped } from "../lib/typed.js";

/**
 * @import { Subscription, TopicEvent } from "../../../types/topics.d.ts"
 */

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Input */

const PAUSE = 800; // milliseconds without a key before what was typed is sent

class DraftedForm extends HTMLElement {
  static events = ["input", "change", "click"];
  /** What each input had when it was last known to be saved, by its name. @type {Map<string, string>} */
  bases = new Map();
  /** The inputs that somebody has to choose a text for. @type {Set<string>} */
  conflicts = new Set();
  /** The texts that the server refuses, which are not sent again, by the names of their inputs. @type {Map<string, string>} */
  refused = new Map();
  /** @type {Subscription<"office"> | undefined} */
  topic;
  me = Number(document.documentElement.dataset.person);
  backoff = new Backoff();
  timer = 0;
  isSending = false;

  connectedCallback() {
    this.form = /** @type {HTMLFormElement} */ (find(this, "form"));
    this.seen = /** @type {HTMLInputElement} */ (find(this, "[name=typed-seen]"));
    const kept = Object.entries(JSON.parse(this.seen.value || "{}"));
    this.bases = new Map([...this.inputs.map(rendered), .../** @type {[string, string][]} */ (kept)]);
    for (const name of DraftedForm.events) {
      this.addEventListener(name, this);
    }
    globalThis.addEventListener("online", this);
    this.wait(0);
    if (this.hasAttribute("topic")) {
      this.topic = socket.join(topicOf(this, "office"), {
        onSnapshot: ({ inputs, here }) => {
          this.take(inputs, this.me);
          showOthers(this, here);
        },
        onEvent: (event) => this.onEvent(event),
      });
    }
  }

  disconnectedCallback() {
    this.topic?.leave();
    for (const name of DraftedForm.events) {
      this.removeEventListener(name, this);
    }
    globalThis.removeEventListener("online", this);
    clearTimeout(this.timer);
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event.type === "click") {
      this.choose(event);
    } else {
      this.note();
      this.wait(event.type === "online" ? 0 : PAUSE);
    }
  }

  /** What is typed into and published. @returns {Input[]} */
  get inputs() {
    return [...(this.form?.elements ?? [])].filter(isTyped);
  }

  /** @returns {Input[]} */
  get unsaved() {
    return this.inputs.filter(
      ({ name, value }) => value !== this.bases.get(name) && value !== this.refused.get(name) && !this.conflicts.has(name),
    );
  }

  /** Writes down what the unsaved inputs were typed over, for the form that is kept. */
  note() {
    const changed = this.inputs.filter((input) => input.value !== this.bases.get(input.name));
    const seen = Object.fromEntries(changed.map((input) => [input.name, this.bases.get(input.name) ?? ""]));
    if (this.seen) {
      this.seen.value = changed.length ? JSON.stringify(seen) : "";
    }
    return changed.length;
  }

  /** @param {number} pause */
  wait(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.send(), pause);
  }

  async send() {
    if (this.isSending) {
      return;
    }
    this.isSending = true;
    for (let [input] = this.unsaved; input; [input] = this.unsaved) {
      this.show("saving");
      if (!(await this.sendOne(input))) {
        this.show("failed");
        this.wait(this.backoff.next(0));
        break;
      }
      this.backoff.reset();
      this.showLeft();
    }
    this.isSending = false;
  }

  /** Whether the server has taken it, or said why not. @param {Input} input */
  async sendOne(input) {
    const { name, value: text } = input;
    const headers = { ...JSON.parse(document.body.dataset.hxHeaders ?? "{}"), "hx-request": "true" };
    try {
      const conflict = await sendTyped(this.dataset.url ?? "", { name, text, seen: this.bases.get(name) ?? "" }, headers);
      if (conflict === null) {
        this.settle(input, text);
      } else {
        this.conflicts.add(name);
        input.insertAdjacentHTML("afterend", conflict);
      }
    } catch (failure) {
      if (!(failure instanceof Refusal)) {
        return false;
      }
      this.refused.set(name, text);
      const said = find(this, "[data-state=refused]");
      setText(said, failure.sentence || said.dataset.otherwise || "");
    }
    return true;
  }

  /** Says what still is not saved, if anything is. */
  showLeft() {
    if (this.inputs.some(({ name, value }) => value === this.refused.get(name))) {
      this.show("refused");
    } else if (this.conflicts.size) {
      this.show("conflict");
    }
  }

  /** @param {Input} input @param {string} base what is saved of it */
  settle(input, base) {
    this.bases.set(input.name, base);
    this.refused.delete(input.name);
    if (!this.note() && !this.conflicts.size) {
      this.show("saved");
      this.dispatchEvent(new CustomEvent("drafted", { bubbles: true }));
    }
  }

  /** @param {Event} event */
  choose(event) {
    const action = actionOf(event);
    const box = event.target instanceof Element ? event.target.closest(".draft-conflict") : null;
    const input = box?.previousElementSibling;
    if (!box || !isTyped(input)) {
      return;
    }
    const theirs = box.getAttribute("data-theirs") ?? "";
    this.conflicts.delete(input.name);
    if (action === "theirs") {
      input.value = theirs;
    }
    box.remove();
    input.focus();
    this.settle(input, theirs);
    this.wait(0);
  }

  /** @param {TopicEvent<"office">} event */
  onEvent(event) {
    if (event.type === "draft.changed") {
      this.take(event.inputs, event.by);
    } else {
      showOthers(this, event.here);
    }
  }

  /**
   * Shows what is saved in the inputs that this person has not changed; in the others they will have to choose.
   * @param {Record<string, string>} inputs
   * @param {number} by whose text it is
   */
  take(inputs, by) {
    const changed = this.inputs.filter((input) => {
      const text = inputs[input.name];
      return text !== undefined && text !== input.value && input.value === this.bases.get(input.name);
    });
    for (const input of changed) {
      input.value = inputs[input.name] ?? "";
      this.bases.set(input.name, input.value);
    }
    if (changed.length) {
      by === this.me || this.show("arrived");
      this.dispatchEvent(new CustomEvent("preview", { bubbles: true }));
    }
  }

  /** @param {string} state */
  show(state) {
    for (const word of this.querySelectorAll("[data-state]")) {
      word.toggleAttribute("hidden", word.getAttribute("data-state") !== state);
    }
  }
}

/** @param {unknown} element @returns {element is Input} */
function isTyped(element) {
  return (
    (element instanceof HTMLInputElement && !["hidden", "radio", "checkbox", "file", "submit"].includes(element.type)) ||
    element instanceof HTMLTextAreaElement ||
    element instanceof HTMLSelectElement
  );
}

/** An input's name, and its value as the page came. @param {Input} input @returns {[string, string]} */
function rendered(input) {
  if (input instanceof HTMLSelectElement) {
    const chosen = [...input.options].find((option) => option.defaultSelected) ?? input.options[0];
    return [input.name, chosen?.value ?? ""];
  }
  return [input.name, input.defaultValue];
}

customElements.define("fair-drafted-form", DraftedForm);
