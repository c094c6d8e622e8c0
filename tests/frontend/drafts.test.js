// What is typed into a form is kept until it has been saved, and no longer.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Drafts } from "../../frontend/static/js/lib/drafts.js";

const FORM = "/fairs/spring/organise/halls/new/";
const LIST = "/fairs/spring/organise/halls/";
const TYPED = [["number", "3"], ["name_en", "Pumps"], ["weekdays", "1"], ["weekdays", "2"]];

/** Web Storage as browsers have it: its keys are its own properties. */
function storage() {
  return Object.create({
    getItem(key) {
      return Object.hasOwn(this, key) ? this[key] : null;
    },
    setItem(key, value) {
      this[key] = String(value);
    },
    removeItem(key) {
      delete this[key];
    },
  });
}

test("what was typed is there again, for this person and this page alone", () => {
  const tab = storage();
  new Drafts(tab, "7").keep(FORM, TYPED);
  assert.deepEqual(new Drafts(tab, "7").kept(FORM), TYPED);
  assert.equal(new Drafts(tab, "7").kept(LIST), null);
  assert.equal(new Drafts(tab, "8").kept(FORM), null);
});

test("what was sent is gone once it has led on to another page", () => {
  const drafts = new Drafts(storage(), "7");
  drafts.send(FORM, TYPED);
  drafts.arrive(LIST);
  assert.equal(drafts.kept(FORM), null);
});

test("what was sent without an answer is there again on the form's page", () => {
  const drafts = new Drafts(storage(), "7");
  drafts.send(FORM, TYPED);
  drafts.arrive(FORM);
  assert.deepEqual(drafts.kept(FORM), TYPED);
});

test("what was only typed stays while other pages are read", () => {
  const drafts = new Drafts(storage(), "7");
  drafts.keep(FORM, TYPED);
  drafts.arrive(LIST);
  assert.deepEqual(drafts.kept(FORM), TYPED);
  drafts.forget(FORM);
  assert.equal(drafts.kept(FORM), null);
});
