// What a page sends in a call when devices fail, are unplugged or switched: with scripted devices.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { settled } from "./helpers.js";

Object.assign(globalThis, {
  document: { documentElement: { lang: "en", dataset: {} } },
  MediaStream: class {},
  localStorage: { getItem: () => null, setItem: () => {} },
});
const { LocalMedia } = await import("../../frontend/static/js/webrtc/local-media.js");
const { failureSentence } = await import("../../frontend/static/js/webrtc/devices.js");

class ScriptedTrack {
  readyState = "live";
  enabled = true;

  constructor(kind) {
    this.kind = kind;
  }

  stop() {
    this.readyState = "ended"; // stop() fires no "ended" event (Media Capture and Streams, 4.3.1)
  }

  /** The device was unplugged, or the browser's own button was pressed. */
  end() {
    this.stop();
    this.onended?.();
  }
}

const streamOf = (...tracks) => ({
  getAudioTracks: () => tracks.filter(({ kind }) => kind === "audio"),
  getVideoTracks: () => tracks.filter(({ kind }) => kind === "video"),
});

/** Names of the exceptions with which devices fail to open, by kind. */
let failing;
let media;
let events;

beforeEach(async () => {
  failing = {};
  const mediaDevices = {
    async getUserMedia(wanted) {
      const kinds = ["audio", "video"].filter((kind) => wanted[kind]);
      for (const kind of kinds) {
        if (failing[kind]) {
          throw new DOMException("", failing[kind]);
        }
      }
      return streamOf(...kinds.map((kind) => new ScriptedTrack(kind)));
    },
    getDisplayMedia: async () => streamOf(new ScriptedTrack("video")),
  };
  Object.defineProperty(globalThis, "navigator", { value: { mediaDevices }, configurable: true });
  media = new LocalMedia(false);
  await media.start();
  events = [];
  media.addEventListener("failure", ({ detail }) => events.push(["failure", detail, media.failures.get(detail)]));
  media.addEventListener("change", () => events.push(media.state));
});

const ALL_ON = { mic: true, camera: true, screen: false };

for (const [kind, name] of [
  ["audio", "mic"],
  ["video", "camera"],
]) {
  test(`a ${name} that stops is reported and no longer sent; trying again opens it`, async () => {
    media.tracks[kind].end();
    assert.deepEqual(events, [["failure", kind, "ended"], { ...ALL_ON, [name]: false }]);
    assert.match(failureSentence(kind, "ended"), /has stopped.*try again/);
    assert.equal(media.track(kind), null);
    await media.start([kind]);
    assert.deepEqual([media.state, media.failures], [ALL_ON, new Map()]);
  });

  test(`a ${name} that another program uses is reported when it is switched on`, async () => {
    kind === "video" ? media.closeCamera() : media.tracks.audio.end();
    events = [];
    failing = { [kind]: "NotReadableError" };
    await (kind === "video" ? media.toggleCamera() : media.toggleMicrophone());
    assert.deepEqual(events, [["failure", kind, "busy"], { ...ALL_ON, [name]: false }]);
    failing = {};
    await (kind === "video" ? media.toggleCamera() : media.toggleMicrophone());
    assert.deepEqual([media.state, media.failures], [ALL_ON, new Map()]);
  });
}

test("a track that was replaced is no failure when it ends later", async () => {
  const { video } = media.tracks;
  await media.choose("video", "another");
  events = [];
  video.end();
  assert.deepEqual([events, media.state], [[], ALL_ON]);
});

test("the browser's own button ends the sharing of a screen everywhere", async () => {
  await media.toggleScreen();
  const { screen } = media;
  assert.equal(media.track("video"), screen);
  events = [];
  screen.end();
  assert.deepEqual(events, [ALL_ON]);
  assert.equal(media.track("video"), media.tracks.video);
});

test("the end of a screen shared earlier does not end the one shared now", async () => {
  await media.toggleScreen();
  const before = media.screen;
  await media.toggleScreen();
  await media.toggleScreen();
  before.end();
  assert.deepEqual(media.state, { ...ALL_ON, screen: true });
});

test("a screen chosen after the call has ended is not shared", async () => {
  let choose;
  navigator.mediaDevices.getDisplayMedia = () => new Promise((chosen) => (choose = chosen));
  const sharing = media.toggleScreen();
  media.stop();
  const screen = new ScriptedTrack("video");
  choose(streamOf(screen));
  await sharing;
  assert.deepEqual([screen.readyState, media.screen], ["ended", null]);
});

test("a camera that opens after the call has ended is closed again", async () => {
  media.closeCamera();
  let open;
  navigator.mediaDevices.getUserMedia = () => new Promise((opened) => (open = opened));
  const opening = media.toggleCamera();
  media.stop();
  const camera = new ScriptedTrack("video");
  open(streamOf(camera));
  await opening;
  assert.deepEqual([camera.readyState, media.tracks.video], ["ended", null]);
});

test("after the end no device is open, and entering again opens those that were on", async () => {
  media.closeCamera();
  await media.toggleMicrophone();
  await media.toggleScreen();
  const { audio } = media.tracks;
  const { screen } = media;
  media.stop();
  assert.deepEqual([audio.readyState, screen.readyState], ["ended", "ended"]);
  await media.resume();
  await settled();
  assert.deepEqual(media.state, { mic: false, camera: false, screen: false });
  await media.toggleMicrophone();
  assert.deepEqual(media.state, { mic: true, camera: false, screen: false });
});
