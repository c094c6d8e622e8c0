// Durations in figures.

/**
 * Minutes and seconds: `18:24`.
 * @param {number} seconds whole and not negative
 * @param {number} [digits] of the minutes, at least
 */
export function minutesAndSeconds(seconds, digits = 2) {
  const minutes = Math.floor(seconds / 60);
  return `${String(minutes).padStart(digits, "0")}:${String(seconds % 60).padStart(2, "0")}`;
}
