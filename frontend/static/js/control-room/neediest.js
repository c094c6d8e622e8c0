// The card of the meeting most in need of help: what is wrong, since when, and a link into its room.

import { setText } from "../lib/dom.js";
import { minutesAndSeconds } from "../lib/duration.js";
import { clocks, inLanguage, joined, t } from "../lib/language.js";
import { needSentence } from "./tile.js";
import { due } from "./tiles.js";

/** @import { Tile } from "../../../types/socket.d.ts" */

/**
 * @param {Element} card
 * @param {Tile | undefined} tile undefined when all is well
 * @param {number} now
 */
export function showNeediest(card, tile, now) {
  const need = tile && due(tile, now)[0];
  card.toggleAttribute("data-quiet", !tile);
  card.querySelector("[data-actions]")?.toggleAttribute("hidden", !tile);
  setText(card.querySelector("[data-wrong]"), tile && need ? needSentence(tile, need) : t("No issues"));
  setText(card.querySelector("[data-since]"), need ? elapsed(now - Date.parse(need.since)) : "");
  setText(card.querySelector("[data-when]"), need ? t("since %(clock)s", { clock: clocks(need.since) }) : "");
  const names = tile ? [tile.exhibitor, tile.buyer].map((side) => inLanguage(side.company)) : [];
  setText(card.querySelector("[data-who]"), joined(names));
  card.querySelector("[data-enter]")?.setAttribute("href", tile?.room_path ?? "");
  card.querySelector("[data-brief]")?.setAttribute("href", tile?.path ?? "");
}

/** @param {number} milliseconds */
function elapsed(milliseconds) {
  return minutesAndSeconds(Math.max(0, Math.floor(milliseconds / 1000)), 1);
}
