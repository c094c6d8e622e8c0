// Whether the server answers: a form that is sent without a connection is replaced by the browser's own error page.

const ADDRESS = "/healthz";
const PATIENCE = 8000; // milliseconds without an answer
const PAUSE = 2000; // milliseconds between two attempts, unless the browser says meanwhile that it is online again

/**
 * Asks until the server answers or the signal is aborted. Says whether it has answered.
 * @param {AbortSignal} signal
 * @param {() => void} onOutage called when there is no answer
 * @returns {Promise<boolean>}
 */
export async function reachServer(signal, onOutage) {
  while (!signal.aborted) {
    if (await answers()) {
      return !signal.aborted;
    }
    if (!signal.aborted) {
      onOutage();
      await pause(signal);
    }
  }
  return false;
}

async function answers() {
  try {
    const response = await fetch(ADDRESS, { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return response.ok;
  } catch {
    return false;
  }
}

/** @param {AbortSignal} signal @returns {Promise<void>} */
function pause(signal) {
  return new Promise((resolve) => {
    const over = new AbortController();
    const end = () => {
      over.abort();
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, PAUSE);
    globalThis.addEventListener("online", end, { signal: over.signal });
    signal.addEventListener("abort", end, { signal: over.signal });
  });
}
