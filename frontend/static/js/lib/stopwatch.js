// Measures how long ago something was, also across a sleep of the computer.

export class Stopwatch {
  wall = Date.now();
  monotonic = performance.now();

  /** Milliseconds since it was made: the longer of two, as one clock may be set back and the other may stop during sleep. */
  get elapsed() {
    return Math.max(Date.now() - this.wall, performance.now() - this.monotonic);
  }
}
