// <fair-filters>: around the filters of a list; fields that are empty are left out of the URL, which stays short.

class Filters extends HTMLElement {
  connectedCallback() {
    this.addEventListener("htmx:configRequest", this);
  }

  disconnectedCallback() {
    this.removeEventListener("htmx:configRequest", this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    /** @type {FormData} */
    const fields = /** @type {CustomEvent} */ (event).detail.formData;
    for (const [name, value] of [...fields.entries()]) {
      if (value === "") {
        fields.delete(name);
      }
    }
  }
}

customElements.define("fair-filters", Filters);
