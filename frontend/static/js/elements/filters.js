/** Filters of a list: what nobody filled in is left out of the address, so that it stays short enough to pass on. */

class FairFilters extends HTMLElement {
  connectedCallback() {
    this.addEventListener("htmx:configRequest", this.#leaveOut);
  }

  disconnectedCallback() {
    this.removeEventListener("htmx:configRequest", this.#leaveOut);
  }

  /** @param {Event} event */
  #leaveOut = (event) => {
    /** @type {FormData} */
    const fields = /** @type {CustomEvent} */ (event).detail.formData;
    for (const [name, value] of [...fields.entries()]) {
      if (value === "") {
        fields.delete(name);
      }
    }
  };
}

customElements.define("fair-filters", FairFilters);
