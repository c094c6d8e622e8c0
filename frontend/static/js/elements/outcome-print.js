// <fair-outcome-print hidden><button>Print</button></fair-outcome-print>: opens the browser's print dialog.

class OutcomePrint extends HTMLElement {
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

customElements.define("fair-outcome-print", OutcomePrint);
