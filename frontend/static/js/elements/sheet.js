// <fair-sheet><a href="#…">…</a><dialog>…</dialog></fair-sheet>: the link opens the dialog instead of going to its place.

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
    const pressed = /** @type {Element} */ (event.target);
    if (!dialog) {
      return;
    }
    if (pressed === dialog || pressed.closest("dialog button")) {
      dialog.close();
    } else if (!dialog.open && pressed.closest("a")) {
      event.preventDefault();
      dialog.showModal();
    }
  }
}

customElements.define("fair-sheet", Sheet);
