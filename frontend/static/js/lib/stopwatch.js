// Measures how long ago something was, also across a sleep of the computer.

export class Stopwatch {
  wall = Date.now();
  monotonic = performance.now();

  /** Milliseconds since it was made. The wall clock may be set back, the monotonic one may stop during sleep: the longer counts. */
  get elapsed() {
    return Math.max(Date.now() - this.wall, performance.now() - this.monotonic);
  }
}
