// What a person reads while their page has no line: at once why it was refused one, in their own language.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";
import { current } from "./page.js";

const TOO_MANY = 4430;
const READ = {
  en: "Too many pages are open here. Close some of them; this one connects by itself.",
  "zh-Hans": "此处打开的页面过多。请关闭一些页面，本页会自动连接。",
  ur: "یہاں بہت زیادہ صفحے کھلے ہیں۔ کچھ بند کر دیں؛ یہ صفحہ خود ہی جڑ جائے گا۔",
};

/** What an element of the page is asked for here. */
class ScriptedElement extends EventTarget {
  attributes = {};
  words = [];

  setAttribute(name, value) {
    this.attributes[name] = value;
  }

  replaceChildren(...words) {
    this.words = words;
  }
}

/** The sentences of the catalogue, as the server tells them to the page. */
async function sentences(language) {
  const path = new URL(`../../frontend/locale/${language.replace("-", "_")}/LC_MESSAGES/djangojs.po`, import.meta.url);
  const pairs = (await readFile(path, "utf8")).matchAll(/^msgid "(.+)"\nmsgstr "(.+)"$/gm);
  return Object.fromEntries([...pairs].map(([, sentence, translated]) => [sentence, translated]));
}

/** A page in this language is closed with 4430, and connects again. @returns what it says: before, then, and after */
async function readsOf(language) {
  let kind;
  Object.assign(globalThis, {
    HTMLElement: ScriptedElement,
    customElements: { define: (_, element) => (kind = element) },
    fetch: async () => ({ ok: true, json: () => sentences(language) }),
  });
  document.documentElement.lang = language;
  document.createElement = () => new ScriptedElement();
  document.body = { prepend() {} };
  const { socket } = await import("../../frontend/static/js/lib/socket.js");
  await import("../../frontend/static/js/elements/connection-status.js");
  const place = new kind();
  place.connectedCallback();
  socket.join("me", {});
  current().opens();
  const read = [place.hidden];
  current().breaks(TOO_MANY);
  read.push(place.hidden, place.words.join(""), place.attributes.role);
  socket.connect();
  current().opens();
  return [...read, place.hidden];
}

if (isMainThread) {
  for (const [language, sentence] of Object.entries(READ)) {
    test(`who has too many pages open is told so at once: ${language}`, async () => {
      // A page has one language for its life.
      const page = new Worker(new URL(import.meta.url), { workerData: language });
      const [read] = await Promise.all([
        new Promise((done, fail) => page.on("message", done).on("error", fail)),
        new Promise((done) => page.on("exit", done)),
      ]);
      assert.deepEqual(read, [true, false, sentence, "status", true]);
    });
  }
} else {
  parentPort.postMessage(await readsOf(workerData));
  process.exit();
}
