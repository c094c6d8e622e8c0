// Timers, at most one for each person.

export class PersonTimers {
  /** @type {Map<number, number>} */
  running = new Map();

  /**
   * Does nothing while that person's timer is running.
   * @param {number} person
   * @param {number} delay milliseconds
   * @param {() => void} call
   */
  set(person, delay, call) {
    if (!this.running.has(person)) {
      const timer = setTimeout(() => {
        this.running.delete(person);
        call();
      }, delay);
      this.running.set(person, timer);
    }
  }

  /** @param {number} person */
  clear(person) {
    clearTimeout(this.running.get(person));
    this.running.delete(person);
  }
}
