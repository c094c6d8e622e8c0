// Keeps the screen on during a call. The browser releases the lock whenever the page is hidden, so it is requested again.

export class WakeLock {
  isWanted = false;
  /** @type {WakeLockSentinel | null} */
  sentinel = null;

  /** @param {AbortSignal} signal ends it */
  constructor(signal) {
    document.addEventListener("visibilitychange", () => this.update(), { signal });
    signal.addEventListener("abort", () => this.release());
  }

  request() {
    this.isWanted = true;
    void this.update();
  }

  release() {
    this.isWanted = false;
    void this.sentinel?.release();
    this.sentinel = null;
  }

  async update() {
    const isHeld = this.sentinel && !this.sentinel.released;
    if (!this.isWanted || document.visibilityState !== "visible" || isHeld) {
      return;
    }
    this.sentinel = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
    // The call may have ended while the browser was asked.
    if (!this.isWanted) {
      this.release();
    }
  }
}
