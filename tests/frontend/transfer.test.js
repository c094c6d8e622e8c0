// A file is sent in parts, in order, through lost connections and lost answers, and stops where the server says no.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Refusal, Transfer } from "../../frontend/static/js/lib/transfer.js";

// Browsers of 2022 have neither.
Reflect.deleteProperty(AbortSignal, "any");
Reflect.deleteProperty(AbortSignal, "timeout");

const BEGUN = { parts: "/parts/", finish: "/finish/", cancel: "/cancel/", part: 300 * 1024 };

/** A server that keeps what is put to it; `faults` are what it does instead, by the number of the request. */
class Server {
  /** @param {number} received @param {Record<number, () => Response>} [faults] */
  constructor(received = 0, faults = {}) {
    this.received = received;
    this.faults = faults;
    /** @type {string[]} */
    this.asked = [];
    globalThis.fetch = async (address, { method, body } = {}) => this.answer(String(address), String(method), body);
  }

  /** @param {string} address @param {string} method @param {any} body */
  answer(address, method, body) {
    this.asked.push(`${method} ${address}`);
    const fault = this.faults[this.asked.length];
    if (fault) {
      return fault.call(this);
    }
    if (address === "/begin/") {
      return Response.json({ ...BEGUN, received: this.received });
    }
    if (address.startsWith("/parts/")) {
      const offset = Number(address.split("=")[1]);
      if (offset !== this.received) {
        return Response.json({ code: "upload_gap", sentence: "gap", received: this.received }, { status: 409 });
      }
      this.received += body.byteLength;
      return Response.json({ received: this.received });
    }
    return Response.json({ attachment: 7 });
  }
}

const lost = () => {
  throw new TypeError("no connection");
};

/** @param {number} kilobytes */
function transfer(kilobytes) {
  const file = new File([new Uint8Array(kilobytes * 1024)], "a.pdf", { lastModified: 5 });
  const made = new Transfer(file, "/begin/", "document", "token");
  made.backoff.next = () => 1;
  return made;
}

test("parts follow each other, grow up to what the server takes, and the end is told", async () => {
  const server = new Server();
  const sent = transfer(700);
  /** @type {number[]} */
  const progress = [];
  sent.changed = () => progress.push(sent.received / 1024);
  await sent.run();
  assert.deepEqual(progress, [0, 256, 556, 700]);
  const asked = server.asked.map((each) => each.split("=")[0]);
  assert.deepEqual(asked, ["POST /begin/", ...Array(3).fill("PUT /parts/?offset"), "POST /finish/"]);
});

test("it goes on where an earlier attempt was cut off", async () => {
  const server = new Server(900 * 1024);
  await transfer(1000).run();
  assert.deepEqual(server.asked, ["POST /begin/", `PUT /parts/?offset=${900 * 1024}`, "POST /finish/"]);
});

test("after a lost connection and an unavailable server it goes on by itself, and says that it waits", async () => {
  const server = new Server(0, { 1: lost, 3: lost, 4: () => new Response("", { status: 503 }) });
  const sent = transfer(100);
  /** @type {boolean[]} */
  const waits = [];
  sent.changed = () => waits.push(sent.isWaiting);
  await sent.run();
  assert.equal(server.received, 100 * 1024);
  assert.deepEqual(waits, [true, false, false, true, false, false]);
});

test("a part whose answer was lost is not sent twice", async () => {
  const server = new Server(0, {
    2: () => {
      server.received = 256 * 1024;
      return lost();
    },
  });
  await transfer(300).run();
  assert.equal(server.received, 300 * 1024);
  assert.deepEqual(server.asked.slice(1, 4).map((asked) => asked.split("=")[1]), ["0", "0", String(256 * 1024)]);
});

test("a file that is in its place already, because the answer was lost, is no failure", async () => {
  const gone = () => Response.json({ code: "not_found", sentence: "gone" }, { status: 404 });
  new Server(0, { 3: lost, 4: gone });
  await transfer(10).run();
  new Server(0, { 3: gone });
  await assert.rejects(transfer(10).run(), new Refusal("not_found", "gone"));
});

test("while pictures are being processed it asks again, and what is refused says why", async () => {
  const waits = () => Response.json({ code: "pictures_waiting", sentence: "wait" }, { status: 409 });
  const refuses = () => Response.json({ code: "file_kind", sentence: "No such kind." }, { status: 409 });
  const server = new Server(0, { 3: waits, 4: refuses });
  await assert.rejects(transfer(10).run(), { code: "file_kind", sentence: "No such kind." });
  assert.equal(server.asked.length, 4);
});

test("an answer that is no JSON, such as the page to sign in, is a refusal without a sentence", async () => {
  new Server(0, { 1: () => new Response("<html>", { status: 200 }) });
  await assert.rejects(transfer(10).run(), { code: "refused", sentence: "" });
});

test("a cancelled one stops, and the server is told to remove it", async () => {
  const sent = transfer(1000);
  const server = new Server(0, { 3: lost });
  sent.changed = () => sent.isWaiting && sent.cancel();
  await assert.rejects(sent.run(), { name: "AbortError" });
  assert.ok(server.asked.includes("POST /cancel/"));
});

test("one that is cancelled while a part is under way does not wait for its answer", async () => {
  const sent = transfer(10);
  const server = new Server();
  const answers = globalThis.fetch;
  globalThis.fetch = (address, request = {}) => {
    if (request.method !== "PUT") {
      return answers(address, request);
    }
    return new Promise((_answered, failed) => {
      request.signal?.addEventListener("abort", () => failed(request.signal?.reason));
      sent.cancel();
    });
  };
  await assert.rejects(sent.run(), { name: "AbortError" });
  assert.deepEqual(server.asked, ["POST /begin/", "POST /cancel/"]);
});

test("one that is cancelled while it begins is removed as soon as the server has begun it", async () => {
  const sent = transfer(1000);
  const server = new Server(0, {
    1: () => {
      sent.cancel();
      return Response.json({ ...BEGUN, received: 0 });
    },
  });
  await assert.rejects(sent.run(), { name: "AbortError" });
  assert.deepEqual(server.asked, ["POST /begin/", "POST /cancel/"]);
});

test("a file that cannot be read, such as a folder, is refused", async () => {
  new Server();
  const sent = transfer(10);
  sent.file.slice = () => /** @type {any} */ ({ arrayBuffer: () => Promise.reject(new Error("NotFoundError")) });
  await assert.rejects(sent.run(), { code: "unreadable" });
});
