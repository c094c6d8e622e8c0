// What state a call is in, from who is in the room and how the lines to them are.

/**
 * @typedef {import("../webrtc/peers.js").Connection} Connection
 * @typedef {import("../webrtc/peers.js").Peers} Peers
 * @typedef {{ isInside: boolean, isEntering: boolean, others: Connection[] }} Seats
 */

/**
 * @param {Seats} room
 * @param {Peers} peers
 */
export function stateOf(room, peers) {
  if (!room.isInside) {
    return room.isEntering ? "joining" : "lobby";
  }
  if (missed(room, peers).some(isHeard)) {
    return "reconnecting";
  }
  if ([...peers.pairs.values()].some((pair) => pair.isFlowing && isHeard(pair.other))) {
    return "connected";
  }
  return room.others.some(isHeard) ? "joining" : "alone";
}

/**
 * Those from whom media has come and does not now. Between two attempts there is no line to them, and still they are missed.
 * @param {Seats} room
 * @param {Peers} peers
 */
export function missed(room, { pairs, met }) {
  const others = [...room.others, ...[...pairs.values()].map((pair) => pair.other)];
  return others.filter(({ person }) => met.has(person.id) && !pairs.get(person.id)?.isFlowing);
}

/** The call is one with the other side, whoever interprets. @param {Connection} connection */
function isHeard({ part }) {
  return part !== "interpreter";
}
