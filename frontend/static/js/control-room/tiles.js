// The meetings of this slot and the next: which of them need help now, and in which order the control room shows them.

/** @import { ControlRoomSnapshot, LineMeasured, LobbyChanged, Need, Tile, TileSide } from "../../../types/socket.d.ts" */

/** Codes of needs, the most urgent first. */
const URGENCY = ["alone", "lost", "interpreter", "nobody", "weak"];

export class Tiles {
  /** By meeting. @type {Map<number, Tile>} */
  tiles = new Map();
  /** The running meetings in the order in which they are shown. @type {number[]} */
  order = [];
  /** Problems seen before: only a new one changes the order. @type {Set<string>} */
  known = new Set();
  /** Of meetings to come, the sides that are waiting already. @type {Map<number, LobbyChanged["sides"]>} */
  lobby = new Map();

  /** @param {ControlRoomSnapshot["tiles"]} tiles @param {ControlRoomSnapshot["lobby"]} lobby */
  start(tiles, lobby = {}) {
    this.lobby = new Map(Object.entries(lobby).map(([meeting, sides]) => [Number(meeting), sides]));
    this.tiles = new Map(tiles.map((tile) => [tile.meeting, tile]));
    this.order = this.order.filter((meeting) => this.tiles.has(meeting));
  }

  /** @param {Tile} tile */
  set(tile) {
    this.tiles.set(tile.meeting, tile);
  }

  /**
   * The quality of one side's connection: less than a good one is a need at once.
   * @param {Pick<LineMeasured, "meeting" | "side" | "quality">} event
   * @param {string} at
   */
  setQuality({ meeting, side, quality }, at) {
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

  /** The meetings that are running, in the order in which they are shown. @param {number} now @returns {Tile[]} */
  running(now) {
    const running = [...this.tiles.values()].filter((tile) => isRunning(tile, now));
    const meetings = new Set(running.map((tile) => tile.meeting));
    this.order = [...new Set([...this.order.filter((meeting) => meetings.has(meeting)), ...meetings])];
    this.sort(running, now);
    return this.order.map((meeting) => /** @type {Tile} */ (this.tiles.get(meeting)));
  }

  /** Moves meetings in need to the front, when there is a new problem. @param {Tile[]} running @param {number} now */
  sort(running, now) {
    const problems = running.flatMap((tile) => due(tile, now).map((need) => problem(tile, need)));
    const isNew = problems.some((each) => !this.known.has(each));
    this.known = new Set(problems);
    if (isNew) {
      const urgency = new Map(running.map((tile) => [tile.meeting, rank(tile, now)]));
      this.order.sort((a, b) => compare(urgency.get(a), urgency.get(b)));
    }
  }

  /** @param {Pick<LobbyChanged, "meeting" | "sides">} event */
  setLobby({ meeting, sides }) {
    this.lobby.set(meeting, sides);
  }

  /** The sides that are in the lobby or room of a meeting of the next slot. @param {number} now @returns {TileSide[]} */
  waiting(now) {
    const coming = [...this.tiles.values()].filter((tile) => Date.parse(tile.starts_at) > now);
    return coming.flatMap((tile) => {
      const lobby = this.lobby.get(tile.meeting) ?? [];
      return /** @type {const} */ (["exhibitor", "buyer"])
        .filter((side) => tile[side].since || lobby.includes(side))
        .map((side) => tile[side]);
    });
  }

  /** The running meeting with the most urgent need. @param {number} now @returns {Tile | undefined} */
  neediest(now) {
    const needing = [...this.tiles.values()].filter((tile) => isRunning(tile, now) && due(tile, now).length > 0);
    return needing.sort((a, b) => compare(rank(a, now), rank(b, now)))[0];
  }
}

/** @param {Tile} tile @param {number} now */
export function isRunning(tile, now) {
  const takesPlace = tile.state === "confirmed" || tile.state === "held";
  return takesPlace && Date.parse(tile.starts_at) <= now && now < Date.parse(tile.ends_at);
}

/** The needs that are due, the most urgent first. @param {Tile} tile @param {number} now @returns {Need[]} */
export function due(tile, now) {
  const needs = tile.needs.filter((need) => Date.parse(need.due) <= now);
  return needs.sort((a, b) => URGENCY.indexOf(a.code) - URGENCY.indexOf(b.code));
}

/** @param {Tile} tile @param {Need} need */
function problem(tile, need) {
  return `${tile.meeting} ${need.code} ${need.side ?? ""}`;
}

/** By urgency, then by time; without a need last. @param {Tile} tile @param {number} now @returns {[number, number]} */
function rank(tile, now) {
  const [need] = due(tile, now);
  return need ? [URGENCY.indexOf(need.code), Date.parse(need.since)] : [URGENCY.length, 0];
}

/** @param {[number, number] | undefined} a @param {[number, number] | undefined} b */
function compare(a = [URGENCY.length, 0], b = [URGENCY.length, 0]) {
  return a[0] - b[0] || a[1] - b[1];
}
