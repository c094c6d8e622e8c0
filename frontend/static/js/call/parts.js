// Small things the parts of a call have in common.

/**
 * A part that the page's template always has.
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement}
 */
export function find(root, selector) {
  const found = root.querySelector(selector);
  if (!(found instanceof HTMLElement)) {
    throw new Error(`no ${selector}`);
  }
  return found;
}

/**
 * Shows one track, without starting again when it is shown already.
 * @param {HTMLVideoElement} video
 * @param {MediaStreamTrack | null} track
 */
export function fill(video, track) {
  const shown = video.srcObject instanceof MediaStream ? video.srcObject.getTracks()[0] : null;
  if ((shown ?? null) !== track) {
    video.srcObject = track && new MediaStream([track]);
  }
}
