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

test("it stays while other pages are read, until it is saved or discarded", () => {
  const tab = storage();
  new Drafts(tab, "7").keep(FORM, TYPED);
  const drafts = new Drafts(tab, "7");
  drafts.keep(LIST, []);
  drafts.forget(LIST);
  assert.deepEqual(drafts.kept(FORM), TYPED);
  drafts.forget(FORM);
  assert.equal(drafts.kept(FORM), null);
});
