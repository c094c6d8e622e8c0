// What is typed into forms and not saved yet, kept in this tab for as long as it is open.

/** @typedef {[string, string][]} Entries  the names and values of a form's fields, in their order */

export class Drafts {
  /**
   * @param {Storage} storage
   * @param {string} person whose drafts they are: another person in the same tab never sees them
   */
  constructor(storage, person) {
    this.storage = storage;
    this.prefix = `draft:${person}:`;
  }

  /** @param {string} address where the form is sent to @param {Entries} entries */
  keep(address, entries) {
    this.storage.setItem(this.prefix + address, JSON.stringify(entries));
  }

  /** @param {string} address @returns {Entries | null} */
  kept(address) {
    return JSON.parse(this.storage.getItem(this.prefix + address) ?? "null");
  }

  /** @param {string} address */
  forget(address) {
    this.storage.removeItem(this.prefix + address);
  }
}
