// The reason why the server has closed the socket is shown at once, in the reader's language.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";
import { current } from "./scripted-page.js";

const TOO_MANY = 4430;
const SENTENCES = {
  en: "Too many pages are open. Close some of them and this one will connect automatically.",
  "zh-Hans": "打开的页面过多。请关闭部分页面，本页会自动连接。",
  ur: "بہت زیادہ صفحے کھلے ہیں۔ ان میں سے کچھ بند کر دیں، اس صفحے کا کنکشن خود بخود بحال ہو جائے گا۔",
};

class ScriptedElement extends EventTarget {
  attributes = {};
  content = [];

  setAttribute(name, value) {
    this.attributes[name] = value;
  }

  replaceChildren(...content) {
    this.content = content;
  }
}

/** The catalogue, as the server gives it to the page. */
async function catalogue(language) {
  const path = new URL(`../../frontend/locale/${language.replace("-", "_")}/LC_MESSAGES/djangojs.po`, import.meta.url);
  const pairs = (await readFile(path, "utf8")).matchAll(/^msgid "(.+)"\nmsgstr "(.+)"$/gm);
  return Object.fromEntries([...pairs].map(([, sentence, translated]) => [sentence, translated]));
}

/** A page's socket is closed with 4430 and opened again. @returns what the element shows before, in between and after */
async function shownIn(language) {
  let kind;
  Object.assign(globalThis, {
    HTMLElement: ScriptedElement,
    customElements: { define: (_, element) => (kind = element) },
    fetch: async () => ({ ok: true, json: () => catalogue(language) }),
  });
  document.documentElement.lang = language;
  document.createElement = () => new ScriptedElement();
  document.body = { prepend() {} };
  const { socket } = await import("../../frontend/static/js/lib/socket.js");
  await import("../../frontend/static/js/elements/connection-status.js");
  const element = new kind();
  element.connectedCallback();
  socket.join("me", {});
  current().opens();
  const shown = [element.hidden];
  current().breaks(TOO_MANY);
  shown.push(element.hidden, element.content.join(""), element.attributes.role);
  socket.connect();
  current().opens();
  return [...shown, element.hidden];
}

if (isMainThread) {
  for (const [language, sentence] of Object.entries(SENTENCES)) {
    test(`that too many pages are open is shown at once: ${language}`, async () => {
      // The modules of a page have one language.
      const page = new Worker(new URL(import.meta.url), { workerData: language });
      const [shown] = await Promise.all([
        new Promise((done, fail) => page.on("message", done).on("error", fail)),
        new Promise((done) => page.on("exit", done)),
      ]);
      assert.deepEqual(shown, [true, false, sentence, "status", true]);
    });
  }
} else {
  parentPort.postMessage(await shownIn(workerData));
  process.exit();
}
