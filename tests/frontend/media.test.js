// What a page gives into the call when devices fail, end, and are switched: over scripted devices.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { settled } from "./room.js";

Object.assign(globalThis, {
  document: { documentElement: { lang: "en", dataset: {} } },
  MediaStream: class {},
  localStorage: { getItem: () => null, setItem: () => {} },
});
const { LocalMedia } = await import("../../frontend/static/js/webrtc/local-media.js");
const { sentence } = await import("../../frontend/static/js/webrtc/devices.js");

class ScriptedTrack {
  readyState = "live";
  enabled = true;

  constructor(kind) {
    this.kind = kind;
  }

  stop() {
    this.readyState = "ended"; // the standard: whoever stops a track is not told that it ended
  }

  /** The device is gone, or the browser's own button was pressed. */
  end() {
    this.stop();
    this.onended?.();
  }
}

const streamOf = (...tracks) => ({
  getAudioTracks: () => tracks.filter(({ kind }) => kind === "audio"),
  getVideoTracks: () => tracks.filter(({ kind }) => kind === "video"),
});

/** What does not open, by kind. */
let refused;
let media;
let told;

beforeEach(async () => {
  refused = {};
  const mediaDevices = {
    async getUserMedia(wanted) {
      const kinds = ["audio", "video"].filter((kind) => wanted[kind]);
      for (const kind of kinds) {
        if (refused[kind]) {
          throw new DOMException("", refused[kind]);
        }
      }
      return streamOf(...kinds.map((kind) => new ScriptedTrack(kind)));
    },
    getDisplayMedia: async () => streamOf(new ScriptedTrack("video")),
  };
  Object.defineProperty(globalThis, "navigator", { value: { mediaDevices }, configurable: true });
  media = new LocalMedia(false);
  await media.start();
  told = [];
  media.addEventListener("trouble", ({ detail }) => told.push(["trouble", detail, media.failures.get(detail)]));
  media.addEventListener("change", () => told.push(media.state));
});

const on = { mic: true, camera: true, screen: false };

for (const [kind, name] of [
  ["audio", "mic"],
  ["video", "camera"],
]) {
  test(`a ${name} that ends is told in words and given no more; trying again mends it`, async () => {
    media.tracks[kind].end();
    assert.deepEqual(told, [["trouble", kind, "ended"], { ...on, [name]: false }]);
    assert.match(sentence(kind, "ended"), /has stopped.*try again/);
    assert.equal(media.track(kind), null);
    await media.start([kind]);
    assert.deepEqual([media.state, media.failures], [on, new Map()]);
  });

  test(`a ${name} that another program holds is told when it is pressed`, async () => {
    kind === "video" ? media.closeCamera() : media.tracks.audio.end();
    told = [];
    refused = { [kind]: "NotReadableError" };
    await (kind === "video" ? media.toggleCamera() : media.toggleMicrophone());
    assert.deepEqual(told, [["trouble", kind, "busy"], { ...on, [name]: false }]);
    refused = {};
    await (kind === "video" ? media.toggleCamera() : media.toggleMicrophone());
    assert.deepEqual([media.state, media.failures], [on, new Map()]);
  });
}

test("a track that was put away is no trouble when it ends after all", async () => {
  const { video } = media.tracks;
  await media.choose("video", "another");
  told = [];
  video.end();
  assert.deepEqual([told, media.state], [[], on]);
});

test("the browser's own button ends the sharing of a screen everywhere", async () => {
  await media.toggleScreen();
  const { screen } = media;
  assert.equal(media.track("video"), screen);
  told = [];
  screen.end();
  assert.deepEqual(told, [on]);
  assert.equal(media.track("video"), media.tracks.video);
});

test("of a screen shared before, the end does not end the one shared now", async () => {
  await media.toggleScreen();
  const before = media.screen;
  await media.toggleScreen();
  await media.toggleScreen();
  before.end();
  assert.deepEqual(media.state, { ...on, screen: true });
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

test("a camera that opens after the call has ended is put off again", async () => {
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

test("after the end nothing is open, and coming in again opens what was on", async () => {
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
