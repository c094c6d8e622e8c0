// The server's time: the clocks and countdowns of a page follow it, not the computer's own clock.

let offset = offsetOfThisPage(); // milliseconds that the server's clock is ahead of this computer's

/** The time at which the server made the page, compared with that at which it began to arrive. */
function offsetOfThisPage() {
  const made = document.querySelector('meta[name="server-time"]')?.getAttribute("content");
  const [navigation] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  // A page from the browser's cache has the time at which it was stored.
  if (!made || !navigation || navigation.transferSize === 0 || navigation.type === "back_forward") {
    return 0;
  }
  return Date.parse(made) - (performance.timeOrigin + navigation.responseStart);
}

/** The time at the server, in milliseconds since 1970. */
export function serverNow() {
  return Date.now() + offset;
}

/** Dispatches "change" when the clock has been set: timers that wait for an instant have to be set again. */
export const serverTime = new EventTarget();

/** @param {string} iso the time at the server now */
export function setServerTime(iso) {
  offset = Date.parse(iso) - Date.now();
  serverTime.dispatchEvent(new Event("change"));
}
