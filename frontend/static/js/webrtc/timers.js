// Things to be done after a while, at most one for each person.

export class Timers {
  /** @type {Map<number, number>} */
  running = new Map();

  /**
   * One that is waiting already goes on waiting.
   * @param {number} person
   * @param {number} wait
   * @param {() => void} act
   */
  set(person, wait, act) {
    if (!this.running.has(person)) {
      const timer = setTimeout(() => {
        this.running.delete(person);
        act();
      }, wait);
      this.running.set(person, timer);
    }
  }

  /** @param {number} person */
  clear(person) {
    clearTimeout(this.running.get(person));
    this.running.delete(person);
  }
}
