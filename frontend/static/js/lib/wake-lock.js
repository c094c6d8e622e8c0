// Keeps the screen on while somebody is in a call. A browser lets go of it whenever the page is hidden.

export class Awake {
  isWanted = false;
  /** @type {WakeLockSentinel | null} */
  lock = null;

  constructor() {
    document.addEventListener("visibilitychange", () => this.ask());
  }

  hold() {
    this.isWanted = true;
    this.ask();
  }

  release() {
    this.isWanted = false;
    void this.lock?.release();
    this.lock = null;
  }

  async ask() {
    if (!this.isWanted || document.visibilityState !== "visible" || (this.lock && !this.lock.released)) {
      return;
    }
    const lock = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
    this.lock = lock;
    // The call may have ended while the browser was asked.
    if (!this.isWanted) {
      this.release();
    }
  }
}
