// What a line sends: always one sound and one picture, with or without a track, so that changes need no negotiation.

/** @typedef {import("./local-media.js").LocalMedia} LocalMedia */

const KINDS = /** @type {const} */ (["audio", "video"]);
// The first picture is a small one: before the line is known a large one would wait for its turn.
const SMALL = 2;

/**
 * For the side that calls.
 * @param {RTCPeerConnection} line
 * @param {LocalMedia} media
 */
export function addSenders(line, media) {
  for (const kind of KINDS) {
    const sendEncodings = kind === "video" ? [{ scaleResolutionDownBy: SMALL }] : [];
    const { sender } = line.addTransceiver(kind, { streams: [media.stream], sendEncodings });
    void sender.replaceTrack(media.track(kind));
  }
}

/**
 * For the side that is called: it sends on what the offer has prepared.
 * @param {RTCPeerConnection} line
 * @param {LocalMedia} media
 */
export function useSenders(line, media) {
  for (const transceiver of line.getTransceivers()) {
    transceiver.direction = "sendrecv";
    transceiver.sender.setStreams?.(media.stream);
    void scale(transceiver.sender, SMALL);
  }
  refreshSenders(line, media);
}

/**
 * Sends what is given now in place of what was given before.
 * @param {RTCPeerConnection} line
 * @param {LocalMedia} media
 */
export function refreshSenders(line, media) {
  for (const { sender, receiver } of line.getTransceivers()) {
    const track = media.track(/** @type {"audio" | "video"} */ (receiver.track.kind));
    if (sender.track !== track) {
      void sender.replaceTrack(track);
    }
  }
}

/** The picture in its own size. @param {RTCPeerConnection} line */
export function sendWhole(line) {
  line.getSenders().forEach((sender) => void scale(sender, 1));
}

/**
 * @param {RTCRtpSender} sender
 * @param {number} by
 */
async function scale(sender, by) {
  const parameters = sender.getParameters();
  if (parameters.encodings?.[0]) {
    parameters.encodings[0].scaleResolutionDownBy = by;
    // Sound has no size: a browser may say so.
    await sender.setParameters(parameters).catch(() => {});
  }
}
