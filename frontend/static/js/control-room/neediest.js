// The meeting most in need of help, large: what is wrong, since when, and the press that helps.

import { due } from "./tiles.js";
import { clocks, inLanguage, t } from "../lib/language.js";
import { sentence, set } from "./tile.js";

/** @typedef {import("./tiles.js").Tile} Tile */

/**
 * @param {Element} card
 * @param {Tile | undefined} tile nothing when all is well
 * @param {number} now
 * @param {string} meetings where the pages of meetings are
 */
export function showNeediest(card, tile, now, meetings) {
  const need = tile && due(tile, now)[0];
  card.toggleAttribute("data-quiet", !tile);
  card.querySelector("[data-acts]")?.toggleAttribute("hidden", !tile);
  write(card, "[data-wrong]", tile && need ? sentence(tile, need) : t("All is well"));
  write(card, "[data-since]", need ? lasting(now - Date.parse(need.since)) : "");
  write(card, "[data-when]", need ? t("since %(clock)s", { clock: clocks(need.since) }) : "");
  const names = tile ? [tile.exhibitor, tile.buyer].map((side) => inLanguage(side.company)) : [];
  write(card, "[data-who]", names.join(" · "));
  const page = tile ? `${meetings}${tile.meeting}/` : "";
  card.querySelector("[data-enter]")?.setAttribute("href", `${page}room/`);
  card.querySelector("[data-brief]")?.setAttribute("href", page);
}

/** @param {Element} card @param {string} selector @param {string} text */
function write(card, selector, text) {
  const place = card.querySelector(selector);
  place instanceof HTMLElement && set(place, text);
}

/** Minutes and seconds, counting. @param {number} milliseconds */
function lasting(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
