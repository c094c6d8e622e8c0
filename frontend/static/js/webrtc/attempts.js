// The attempts to connect to each person: how many have failed in a row, and which are over.

export class Attempts {
  /** Failures in a row, by person. @type {Map<number, number>} */
  failures = new Map();
  /** Ids of attempts that are over: a late signal of one of them starts no new one. @type {Set<string>} */
  ended = new Set();

  /** @param {number} person */
  fail(person) {
    this.failures.set(person, (this.failures.get(person) ?? 0) + 1);
  }

  /** @param {number} person */
  succeed(person) {
    this.failures.delete(person);
  }

  /** Direct paths and the relay alone are tried in turn, as either may be down. @param {number} person */
  usesRelayOnly(person) {
    return (this.failures.get(person) ?? 0) % 2 === 1;
  }

  clear() {
    this.failures.clear();
    this.ended.clear();
  }
}
