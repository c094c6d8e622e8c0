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

  /** @param {string} path of the form's page @param {Entries} entries */
  keep(path, entries) {
    this.storage.setItem(this.prefix + path, JSON.stringify({ entries, sent: false }));
  }

  /** @param {string} path @returns {Entries | null} */
  kept(path) {
    return JSON.parse(this.storage.getItem(this.prefix + path) ?? "null")?.entries ?? null;
  }

  /** The form is on its way; whether it arrives is not known here. @param {string} path @param {Entries} entries */
  send(path, entries) {
    this.storage.setItem(this.prefix + path, JSON.stringify({ entries, sent: true }));
  }

  /** @param {string} path */
  forget(path) {
    this.storage.removeItem(this.prefix + path);
  }

  /** A page has come: what was sent from any other page has arrived, since its form leads on. @param {string} path */
  arrive(path) {
    for (const key of Object.keys(this.storage)) {
      const isAnother = key.startsWith(this.prefix) && key !== this.prefix + path;
      if (isAnother && JSON.parse(this.storage.getItem(key) ?? "null")?.sent) {
        this.storage.removeItem(key);
      }
    }
  }
}
