// The state of a call, from who is in the room and how they are connected.

/**
 * @import { Connection } from "../../../types/socket.d.ts"
 * @import { Peers } from "../webrtc/peers.js"
 * @import { Room } from "./room.js"
 */

/**
 * @typedef {Pick<Room, "isInside" | "isEntering" | "others">} Occupancy
 * @typedef {"lobby" | "joining" | "connected" | "reconnecting" | "alone"} CallState
 */

/**
 * @param {Occupancy} room
 * @param {Pick<Peers, "pairs" | "everConnected">} peers
 * @returns {CallState}
 */
export function stateOf(room, peers) {
  if (!room.isInside) {
    return room.isEntering ? "joining" : "lobby";
  }
  if (disconnected(room, peers).some(isParty)) {
    return "reconnecting";
  }
  if ([...peers.pairs.values()].some((pair) => pair.isFlowing && isParty(pair.other))) {
    return "connected";
  }
  return room.others.some(isParty) ? "joining" : "alone";
}

/**
 * Those from whom media has arrived and does not now, also while no attempt to connect to them is being made.
 * @param {Occupancy} room
 * @param {Pick<Peers, "pairs" | "everConnected">} peers
 */
export function disconnected(room, { pairs, everConnected }) {
  const others = [...room.others, ...[...pairs.values()].map((pair) => pair.other)];
  return others.filter(({ person }) => everConnected.has(person.id) && !pairs.get(person.id)?.isFlowing);
}

/** The call is one with the other side, whether or not an interpreter is in it. @param {Pick<Connection, "part">} connection */
function isParty({ part }) {
  return part !== "interpreter";
}
