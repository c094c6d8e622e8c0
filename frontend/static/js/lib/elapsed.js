// An instant, of which the age is told.

/** A computer's clock may be set back, and the steady one may sleep with the computer: the older of the two is believed. */
export class Moment {
  wall = Date.now();
  steady = performance.now();

  /** Milliseconds since. */
  get age() {
    return Math.max(Date.now() - this.wall, performance.now() - this.steady);
  }
}
