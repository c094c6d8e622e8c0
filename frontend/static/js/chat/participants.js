// Who else is in a conversation now, and who of them is writing.

import { inLanguage, joined, t } from "../lib/language.js";

const TYPING_SHOWN = 5000;

/** @typedef {import("./log.js").Person} Person */

export class Company {
  /** @type {Map<number, Person>} */
  members = new Map();
  /** @type {number[]} */
  here = [];
  /** Who is writing, and the timer that forgets it. @type {Map<number, number>} */
  typing = new Map();
  me = 0;

  /** @param {(sentence: string) => void} say */
  constructor(say) {
    this.say = say;
  }

  /** @param {{ me: number, members: Person[], here: number[] }} snapshot */
  begin(snapshot) {
    this.me = snapshot.me;
    this.members = new Map(snapshot.members.map((member) => [member.id, member]));
    this.come(snapshot.here);
  }

  /** @param {number[]} here */
  come(here) {
    this.here = here;
    this.tell();
  }

  /** @param {number} person */
  type(person) {
    clearTimeout(this.typing.get(person));
    this.typing.set(person, setTimeout(() => this.rest(person), TYPING_SHOWN));
    this.tell();
  }

  /** @param {number} person */
  rest(person) {
    clearTimeout(this.typing.get(person));
    this.typing.delete(person);
    this.tell();
  }

  leave() {
    this.typing.forEach((timer) => clearTimeout(timer));
    this.typing.clear();
  }

  tell() {
    const writing = this.names(this.typing.keys());
    const present = this.names(this.here);
    if (writing) {
      this.say(t("%(names)s is typing", { names: writing }));
    } else if (present) {
      this.say(t("Reading along now: %(names)s", { names: present }));
    } else {
      this.say(t("Nobody else has this conversation open now. What you write waits for them."));
    }
  }

  /** @param {Iterable<number>} ids */
  names(ids) {
    const others = [...ids].filter((id) => id !== this.me && this.members.has(id));
    return joined(others.map((id) => inLanguage(this.members.get(id)?.name)));
  }
}
