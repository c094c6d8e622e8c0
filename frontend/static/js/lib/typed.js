// Sends what somebody has typed into one input, with the text that it was typed over.

import { Refusal } from "./transfer.js";

const SAVED = 204;
const TRY_AGAIN = new Set([408, 429]); // as after a lost connection

/**
 * Resolves to null when it is saved, or to the piece of the page by which the person chooses between two texts.
 * Rejects with a Refusal when the server will never take it, and with another error when it is worth another attempt.
 * @param {string} address
 * @param {{name: string, text: string, seen: string}} typed
 * @param {Record<string, string>} headers
 * @returns {Promise<string | null>}
 */
export async function sendTyped(address, typed, headers) {
  // A redirect leads to the page on which one signs in.
  const reply = await fetch(address, { method: "POST", body: new URLSearchParams(typed), headers, redirect: "manual" });
  if (reply.ok) {
    return reply.status === SAVED ? null : await reply.text();
  }
  const isRefused = reply.type === "opaqueredirect" || (reply.status >= 400 && reply.status < 500);
  if (!isRefused || TRY_AGAIN.has(reply.status)) {
    throw new Error(`not saved: ${reply.status}`);
  }
  const said = await reply.json().catch(() => null);
  throw new Refusal(said?.code ?? "", said?.sentence ?? "");
}
