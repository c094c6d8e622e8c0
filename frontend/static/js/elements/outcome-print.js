// <fair-outcome-print hidden><button>Print</button></fair-outcome-print>: opens the browser's own printing.

class OutcomePrint extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.querySelector("button")?.addEventListener("click", () => print());
  }
}

customElements.define("fair-outcome-print", OutcomePrint);
