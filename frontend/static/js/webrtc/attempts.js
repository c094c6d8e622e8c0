// What is known of the attempts to reach each person: how many came to nothing, and which are over.

export class Attempts {
  /** In a row, by person. @type {Map<number, number>} */
  failures = new Map();
  /** What still comes of them begins no new one. @type {Set<string>} */
  ended = new Set();

  /** @param {number} person */
  fail(person) {
    this.failures.set(person, this.failed(person) + 1);
  }

  /** @param {number} person */
  failed(person) {
    return this.failures.get(person) ?? 0;
  }

  /** @param {number} person */
  succeed(person) {
    this.failures.delete(person);
  }

  /** Neither the direct paths nor the relay may be the only hope: they take turns. @param {number} person */
  wantsRelay(person) {
    return this.failed(person) % 2 === 1;
  }

  clear() {
    this.failures.clear();
    this.ended.clear();
  }
}
