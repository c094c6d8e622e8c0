// A video element that shows one track.

/**
 * Does not start again when the track is shown already.
 * @param {HTMLVideoElement} video
 * @param {MediaStreamTrack | null} track
 */
export function showTrack(video, track) {
  const shown = video.srcObject instanceof MediaStream ? video.srcObject.getTracks()[0] : null;
  if ((shown ?? null) !== track) {
    video.srcObject = track && new MediaStream([track]);
  }
}
