// The server's time: every countdown and clock of a page follows it, not the computer's own clock.

let ahead = ofThisPage(); // milliseconds the server is ahead of this computer

/** When the page was made, against when it began to arrive. */
function ofThisPage() {
  const made = document.querySelector('meta[name="server-time"]')?.getAttribute("content");
  const [arrival] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  // A page out of the browser's store says when it was stored, not what time it is.
  if (!made || !arrival || arrival.transferSize === 0 || arrival.type === "back_forward") {
    return 0;
  }
  return Date.parse(made) - (performance.timeOrigin + arrival.responseStart);
}

/** The instant it is at the server, in milliseconds since 1970. */
export function serverNow() {
  return Date.now() + ahead;
}

/** Says "change" when the clock has been set: whoever waits for an instant waits anew. */
export const serverTime = new EventTarget();

/** Sets the clock by what the server has just said. @param {string} iso */
export function setServerTime(iso) {
  ahead = Date.parse(iso) - Date.now();
  serverTime.dispatchEvent(new Event("change"));
}
