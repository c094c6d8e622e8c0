// <fair-print hidden><button>Print</button></fair-print>: opens the browser's print dialog.

class Print extends HTMLElement {
  connectedCallback() {
    this.hidden = false; // a browser without scripts would show a button that does nothing
    this.addEventListener("click", this);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event.target instanceof Element && event.target.closest("button")) {
      print();
    }
  }
}

customElements.define("fair-print", Print);
