// The running meetings as the control room knows them: which need help now, and in which order they stand.

/**
 * @typedef {{ company: Record<string, string>, since: string | null, line: "good" | "weak" | "lost" | null }} Side
 * @typedef {{ code: "alone" | "lost" | "interpreter" | "nobody" | "weak", since: string, due: string,
 *   side: "exhibitor" | "buyer" | null }} Need
 * @typedef {{ meeting: number, state: string, starts_at: string, ends_at: string, exhibitor: Side, buyer: Side,
 *   interpreter: "none" | "in" | "missing", needs: Need[] }} Tile
 */

const URGENCY = ["alone", "lost", "interpreter", "nobody", "weak"];

export class Board {
  /** @type {Map<number, Tile>} */
  tiles = new Map();
  /** Meetings in the order they stand on the wall. @type {number[]} */
  order = [];
  /** Problems already seen: only a new one moves tiles. @type {Set<string>} */
  known = new Set();

  /** Of the meetings to come, the sides that are there already. @type {Map<number, string[]>} */
  lobby = new Map();

  /** @param {Tile[]} tiles @param {Record<string, string[]>} lobby */
  begin(tiles, lobby = {}) {
    this.lobby = new Map(Object.entries(lobby).map(([meeting, sides]) => [Number(meeting), sides]));
    this.tiles = new Map(tiles.map((tile) => [tile.meeting, tile]));
    this.order = this.order.filter((meeting) => this.tiles.has(meeting));
  }

  /** @param {Tile} tile */
  place(tile) {
    this.tiles.set(tile.meeting, tile);
  }

  /**
   * @param {{ meeting: number, side: "exhibitor" | "buyer", quality: "good" | "weak" | "lost" }} measured
   * @param {string} at
   */
  measure({ meeting, side, quality }, at) {
    const tile = this.tiles.get(meeting);
    if (!tile) {
      return;
    }
    const needs = tile.needs.filter((need) => need.side !== side || !["weak", "lost"].includes(need.code));
    if (quality !== "good") {
      needs.push({ code: quality, side, since: at, due: at });
    }
    this.tiles.set(meeting, { ...tile, [side]: { ...tile[side], line: quality }, needs });
  }

  /** The meetings that run now, in their places. @param {number} now @returns {Tile[]} */
  running(now) {
    const running = [...this.tiles.values()].filter((tile) => isRunning(tile, now));
    const here = new Set(running.map((tile) => tile.meeting));
    this.order = this.order.filter((meeting) => here.has(meeting));
    const placed = new Set(this.order);
    this.order.push(...running.map((tile) => tile.meeting).filter((meeting) => !placed.has(meeting)));
    this.arrange(running, now);
    return this.order.map((meeting) => /** @type {Tile} */ (this.tiles.get(meeting)));
  }

  /** Moves those in need to the front when there is a new problem, and otherwise nothing. @param {Tile[]} running @param {number} now */
  arrange(running, now) {
    const problems = running.flatMap((tile) => due(tile, now).map((need) => problem(tile, need)));
    const isNew = problems.some((found) => !this.known.has(found));
    this.known = new Set(problems);
    if (isNew) {
      const urgency = new Map(running.map((tile) => [tile.meeting, rank(tile, now)]));
      this.order.sort((a, b) => compare(urgency.get(a), urgency.get(b)));
    }
  }

  /** @param {{ meeting: number, sides: string[] }} changed */
  gather({ meeting, sides }) {
    this.lobby.set(meeting, sides);
  }

  /** The sides that are there already for a meeting of the next slot, before its room or in it. @param {number} now @returns {Side[]} */
  waiting(now) {
    const coming = [...this.tiles.values()].filter((tile) => Date.parse(tile.starts_at) > now);
    return coming.flatMap((tile) => {
      const lobby = this.lobby.get(tile.meeting) ?? [];
      return /** @type {const} */ (["exhibitor", "buyer"])
        .filter((side) => tile[side].since || lobby.includes(side))
        .map((side) => tile[side]);
    });
  }

  /** The one that wants somebody most. @param {number} now @returns {Tile | undefined} */
  neediest(now) {
    const needing = [...this.tiles.values()].filter((tile) => isRunning(tile, now) && due(tile, now).length > 0);
    return needing.sort((a, b) => compare(rank(a, now), rank(b, now)))[0];
  }
}

/** @param {Tile} tile @param {number} now */
export function isRunning(tile, now) {
  const isHere = tile.state === "confirmed" || tile.state === "held";
  return isHere && Date.parse(tile.starts_at) <= now && now < Date.parse(tile.ends_at);
}

/** What wants somebody now, the most urgent first. @param {Tile} tile @param {number} now @returns {Need[]} */
export function due(tile, now) {
  const found = tile.needs.filter((need) => Date.parse(need.due) <= now);
  return found.sort((a, b) => URGENCY.indexOf(a.code) - URGENCY.indexOf(b.code));
}

/** @param {Tile} tile @param {Need} need */
function problem(tile, need) {
  return `${tile.meeting} ${need.code} ${need.side ?? ""}`;
}

/** How urgent, then since when; a meeting without a need comes last. @param {Tile} tile @param {number} now @returns {[number, number]} */
function rank(tile, now) {
  const [need] = due(tile, now);
  return need ? [URGENCY.indexOf(need.code), Date.parse(need.since)] : [URGENCY.length, 0];
}

/** @param {[number, number] | undefined} a @param {[number, number] | undefined} b */
function compare(a = [URGENCY.length, 0], b = [URGENCY.length, 0]) {
  return a[0] - b[0] || a[1] - b[1];
}
