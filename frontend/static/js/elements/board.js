// <fair-board>: around the table of a schedule. A meeting of the draft that is dragged into the column of another time
// opens its page with that time chosen, which says what is against it; nothing is saved before.

class Board extends HTMLElement {
  static events = ["dragstart", "dragover", "dragleave", "drop", "dragend"];
  /** @type {HTMLAnchorElement | null} */
  dragged = null;

  connectedCallback() {
    for (const type of Board.events) {
      this.addEventListener(type, this);
    }
  }

  disconnectedCallback() {
    for (const type of Board.events) {
      this.removeEventListener(type, this);
    }
  }

  /** @param {Event} event */
  handleEvent(event) {
    const target = event.target instanceof Element ? event.target : null;
    if (event.type === "dragstart") {
      this.dragged = target?.closest("a[draggable]") ?? null;
    } else if (event.type === "dragend") {
      this.dragged = null;
    } else if (this.dragged) {
      this.over(event, target?.closest("td[data-at]") ?? null);
    }
    if (event.type === "dragend" || event.type === "drop") {
      this.mark(null);
    }
  }

  /**
   * @param {Event} event
   * @param {Element | null} cell
   */
  over(event, cell) {
    const at = cell?.getAttribute("data-at");
    if (!this.dragged || !at || cell?.contains(this.dragged)) {
      this.mark(null);
      return;
    }
    event.preventDefault(); // else nothing may be dropped here
    if (event.type === "drop") {
      location.assign(`${this.dragged.href}?to=${encodeURIComponent(at)}`);
    } else if (event.type === "dragover") {
      this.mark(cell);
    }
  }

  /** @param {Element | null} cell */
  mark(cell) {
    for (const marked of this.querySelectorAll("td[data-over]")) {
      marked !== cell && marked.removeAttribute("data-over");
    }
    cell?.setAttribute("data-over", "");
  }
}

customElements.define("fair-board", Board);
