// The tile of one meeting: two names, a border whose halves show the two sides, a dot for the interpreter, the minutes left.

import { make, setText } from "../lib/dom.js";
import { inLanguage, t, tn } from "../lib/language.js";
import { due } from "./tiles.js";

/** @import { Need, Tile, TileSide } from "../../../types/socket.d.ts" */

/** What is wrong, as a sentence. @param {Tile} tile @param {Need} need */
export function needSentence(tile, need) {
  const company = need.side ? inLanguage(tile[need.side].company) : "";
  switch (need.code) {
    case "alone":
      return t("%(company)s is waiting alone", { company });
    case "interpreter":
      return t("The interpreter is not in the room");
    case "nobody":
      return t("Nobody is in the room");
    case "weak":
      return t("%(company)s: weak connection", { company });
    default:
      return company ? t("%(company)s: connection lost", { company }) : t("The two sides cannot see or hear each other");
  }
}

/** The state shown by half of the border. @param {TileSide} side */
function sideState(side) {
  return side.since === null ? "missing" : side.line === "weak" || side.line === "lost" ? "weak" : "in";
}

/** The whole tile as text, for screen readers. @param {Tile} tile @param {number} now */
function description(tile, now) {
  const sides = [tile.exhibitor, tile.buyer].map((side) => {
    const company = inLanguage(side.company);
    const texts = {
      in: t("%(company)s: in the room", { company }),
      missing: t("%(company)s: not in the room", { company }),
      weak: t("%(company)s: weak connection", { company }),
    };
    return texts[sideState(side)];
  });
  return [...new Set([...sides, ...due(tile, now).map((need) => needSentence(tile, need))])].join(" · ");
}

/** @param {Tile} tile @param {number} now */
function minutesLeft(tile, now) {
  return Math.max(0, Math.ceil((Date.parse(tile.ends_at) - now) / 60_000));
}

/** The list item of a tile. */
export class TileItem {
  /** @type {Tile | null} */
  tile = null;
  shown = "";

  /** @param {Tile} tile */
  constructor(tile) {
    this.first = make("bdi", { class: "tile__name" });
    this.second = make("bdi", { class: "tile__name tile__name--second" });
    this.interpreter = make("span", { class: "tile__interpreter" });
    this.left = make("span");
    this.description = make("span", { class: "hidden-text" });
    const foot = make("span", { class: "tile__foot" }, this.interpreter, this.left, this.description);
    this.link = make("a", { class: "tile", href: tile.path }, this.first, this.second, foot);
    this.element = make("li", {}, this.link);
  }

  /** Writes what has changed. @param {Tile} tile @param {number} now @param {boolean} isSmall */
  update(tile, now, isSmall) {
    const minutes = minutesLeft(tile, now);
    const shown = [minutes, isSmall, ...due(tile, now).map((need) => need.code)].join();
    if (tile === this.tile && shown === this.shown) {
      return;
    }
    [this.tile, this.shown] = [tile, shown];
    setText(this.first, inLanguage(tile.exhibitor.company));
    setText(this.second, inLanguage(tile.buyer.company));
    setText(this.left, isSmall ? String(minutes) : tn("%(count)s min", "%(count)s min", minutes));
    setText(this.description, description(tile, now));
    this.link.dataset.first = sideState(tile.exhibitor);
    this.link.dataset.second = sideState(tile.buyer);
    this.link.toggleAttribute("data-needs", due(tile, now).length > 0);
    this.interpreter.dataset.state = tile.interpreter;
  }
}
