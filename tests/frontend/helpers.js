// Time in steps, and random numbers that can be repeated.

/** Lets time pass in small steps, so that what was promised is done in between. */
export async function pass(timers, milliseconds, step = 50) {
  for (let passed = 0; passed < milliseconds; passed += step) {
    timers.tick(step);
    await settled();
  }
}

/** Everything that follows without a timer has happened. */
export async function settled() {
  await new Promise((done) => setImmediate(done));
}

/** A generator of random numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
