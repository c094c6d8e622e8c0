// <fair-sheet><a href="#…">…</a><dialog>…</dialog></fair-sheet>: the link opens the dialog instead of a page.

class Sheet extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    const dialog = this.querySelector("dialog");
    const target = /** @type {Element} */ (event.target);
    if (!dialog) {
      return;
    }
    // The dialog itself is the target of a click on its backdrop.
    if (target === dialog || target.closest("dialog button")) {
      dialog.close();
    } else if (!dialog.open && target.closest("a")) {
      event.preventDefault();
      dialog.showModal();
    }
  }
}

customElements.define("fair-sheet", Sheet);
