// What a peer connection sends: always one audio and one video transceiver, with or without a track, so that switching
// a device needs no negotiation.

/** @import { LocalMedia } from "./local-media.js" */

const KINDS = /** @type {const} */ (["audio", "video"]);
// Until the bandwidth is known a full-size first picture would arrive late.
const FIRST_PICTURE_SCALE = 2;

/**
 * On the calling side, before the offer.
 * @param {RTCPeerConnection} pc
 * @param {LocalMedia} media
 */
export function addTransceivers(pc, media) {
  for (const kind of KINDS) {
    const sendEncodings = kind === "video" ? [{ scaleResolutionDownBy: FIRST_PICTURE_SCALE }] : [];
    const { sender } = pc.addTransceiver(kind, { streams: [media.stream], sendEncodings });
    void sender.replaceTrack(media.track(kind));
  }
}

/**
 * On the called side, with the transceivers that the offer has made.
 * @param {RTCPeerConnection} pc
 * @param {LocalMedia} media
 */
export function useOfferedTransceivers(pc, media) {
  for (const transceiver of pc.getTransceivers()) {
    transceiver.direction = "sendrecv";
    transceiver.sender.setStreams?.(media.stream);
    void scaleDown(transceiver.sender, FIRST_PICTURE_SCALE);
  }
  replaceTracks(pc, media);
}

/**
 * Sends the current tracks in place of those before.
 * @param {RTCPeerConnection} pc
 * @param {LocalMedia} media
 */
export function replaceTracks(pc, media) {
  for (const { sender, receiver } of pc.getTransceivers()) {
    const track = media.track(receiver.track.kind === "audio" ? "audio" : "video");
    if (sender.track !== track) {
      void sender.replaceTrack(track);
    }
  }
}

/** Sends the picture in its full size from now on. @param {RTCPeerConnection} pc */
export function sendFullSize(pc) {
  pc.getSenders().forEach((sender) => void scaleDown(sender, 1));
}

/**
 * @param {RTCRtpSender} sender
 * @param {number} factor
 */
async function scaleDown(sender, factor) {
  const parameters = sender.getParameters();
  if (parameters.encodings?.[0]) {
    parameters.encodings[0].scaleResolutionDownBy = factor;
    // Some browsers reject it for audio, which has no size.
    await sender.setParameters(parameters).catch(() => {});
  }
}
