// Timers that end with the element that has set them.

/**
 * Calls at intervals until the signal is aborted.
 * @param {number} interval milliseconds
 * @param {() => void} call
 * @param {AbortSignal} signal
 */
export function every(interval, call, signal) {
  const timer = setInterval(call, interval);
  signal.addEventListener("abort", () => clearInterval(timer));
}
