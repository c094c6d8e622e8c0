// <fair-filters>: around the filters of a list; empty fields are left out of the URL.

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
