// Who of a conversation has it open now, and who is typing.

import { inLanguage, t } from "../lib/language.js";

/** @import { ChatSnapshot, Person } from "../../../types/socket.d.ts" */

const TYPING_SHOWN_FOR = 5000;

export class Participants {
  /** @type {Map<number, Person>} */
  members = new Map();
  /** Ids of those who have it open. @type {number[]} */
  here = [];
  /** Timers that end a typing notice, by person. @type {Map<number, number>} */
  typing = new Map();
  me = 0;

  /** @param {(sentence: string) => void} show */
  constructor(show) {
    this.show = show;
  }

  /** @param {ChatSnapshot} snapshot */
  start(snapshot) {
    this.me = snapshot.me;
    this.members = new Map(snapshot.members.map((member) => [member.id, member]));
    this.setHere(snapshot.here);
  }

  /** @param {number[]} here */
  setHere(here) {
    this.here = here;
    this.update();
  }

  /** @param {number} person */
  onTyping(person) {
    clearTimeout(this.typing.get(person));
    this.typing.set(person, setTimeout(() => this.endTyping(person), TYPING_SHOWN_FOR));
    this.update();
  }

  /** @param {number} person */
  endTyping(person) {
    clearTimeout(this.typing.get(person));
    this.typing.delete(person);
    this.update();
  }

  stop() {
    this.typing.forEach((timer) => clearTimeout(timer));
    this.typing.clear();
  }

  update() {
    const typing = this.names(this.typing.keys());
    const here = this.names(this.here);
    if (typing.length) {
      this.show(t("Typing: %(names)s", { names: typing }));
    } else if (here.length) {
      this.show(t("Also viewing: %(names)s", { names: here }));
    } else {
      this.show(t("Nobody else is viewing this conversation now. They can read your messages later."));
    }
  }

  /** @param {Iterable<number>} ids */
  names(ids) {
    const others = [...ids].filter((id) => id !== this.me && this.members.has(id));
    return others.map((id) => inLanguage(this.members.get(id)?.name));
  }
}
