// One meeting on the wall: two names, each half of the border one side, the interpreter's dot, the minutes left.

import { due } from "./tiles.js";
import { inLanguage, joined, t, tn } from "../lib/language.js";
import { make } from "../lib/dom.js";

/** @typedef {import("./tiles.js").Tile} Tile */
/** @typedef {import("./tiles.js").Need} Need */

/** What is wrong, in a sentence. @param {Tile} tile @param {Need} need */
export function sentence(tile, need) {
  const company = need.side ? inLanguage(tile[need.side].company) : "";
  switch (need.code) {
    case "alone":
      return t("%(company)s is waiting alone", { company });
    case "interpreter":
      return t("The interpreter is missing");
    case "nobody":
      return t("Nobody is in the room");
    case "weak":
      return t("The line of %(company)s is weak", { company });
    default:
      return company ? t("%(company)s has lost the line", { company }) : t("The two sides do not see or hear each other");
  }
}

/** in, missing or weak. @param {import("./tiles.js").Side} side */
function half(side) {
  return side.since === null ? "missing" : side.line === "weak" || side.line === "lost" ? "weak" : "in";
}

/** The whole tile in words. @param {Tile} tile @param {number} now */
function words(tile, now) {
  const sides = [tile.exhibitor, tile.buyer].map((side) => {
    const company = inLanguage(side.company);
    const said = {
      in: t("%(company)s: in the room", { company }),
      missing: t("%(company)s: missing", { company }),
      weak: t("%(company)s: weak line", { company }),
    };
    return said[half(side)];
  });
  return joined([...sides, ...due(tile, now).map((need) => sentence(tile, need))]);
}

/** @param {Tile} tile @param {number} now */
export function minutesLeft(tile, now) {
  return Math.max(0, Math.ceil((Date.parse(tile.ends_at) - now) / 60_000));
}

/** A line of the list; `write` brings it up to date where something has changed. */
export class TileLine {
  /** @type {Tile | null} */
  tile = null;
  shown = "";

  /** @param {Tile} tile @param {string} meetings where the pages of meetings are */
  constructor(tile, meetings) {
    this.first = make("bdi", { class: "tile__name" });
    this.second = make("bdi", { class: "tile__name tile__name--second" });
    this.interpreter = make("span", { class: "tile__interpreter" });
    this.left = make("span");
    this.words = make("span", { class: "hidden-text" });
    const foot = make("span", { class: "tile__foot" }, this.interpreter, this.left, this.words);
    this.link = make("a", { class: "tile", href: `${meetings}${tile.meeting}/` }, this.first, this.second, foot);
    this.line = make("li", {}, this.link);
  }

  /** @param {Tile} tile @param {number} now @param {boolean} isSmall */
  write(tile, now, isSmall) {
    const minutes = minutesLeft(tile, now);
    const shown = [minutes, isSmall, ...due(tile, now).map((need) => need.code)].join();
    if (tile === this.tile && shown === this.shown) {
      return;
    }
    [this.tile, this.shown] = [tile, shown];
    set(this.first, inLanguage(tile.exhibitor.company));
    set(this.second, inLanguage(tile.buyer.company));
    set(this.left, isSmall ? String(minutes) : tn("%(count)s min", "%(count)s min", minutes));
    set(this.words, words(tile, now));
    this.link.dataset.first = half(tile.exhibitor);
    this.link.dataset.second = half(tile.buyer);
    this.link.toggleAttribute("data-needs", due(tile, now).length > 0);
    this.interpreter.dataset.state = tile.interpreter;
  }
}

/** @param {HTMLElement} place @param {string} text */
export function set(place, text) {
  if (place.textContent !== text) {
    place.textContent = text;
  }
}
