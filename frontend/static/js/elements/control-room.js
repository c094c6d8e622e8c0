// <fair-control-room data-topic="monitor:pk2020">: the running meetings, pushed; the neediest large; nothing is refreshed.

import { Board, due } from "../control-room/tiles.js";
import { clocks, inLanguage, t } from "../lib/language.js";
import { make } from "../lib/dom.js";
import { socket } from "../lib/socket.js";
import { serverNow, setServerTime } from "../lib/time.js";
import { showNeediest } from "../control-room/neediest.js";
import { set, TileLine } from "../control-room/tile.js";

/** @typedef {import("../control-room/tiles.js").Tile} Tile */

const MANY = 40; // more tiles than this are drawn small
const FIGURES_AT_MOST = 500; // ms between two looks at the figures
const MOVEMENT = 400;
const FLICKER = 1500; // ms; a connection that is back at once needs no words

class Control extends HTMLElement {
  board = new Board();
  /** @type {Map<number, TileLine>} */
  lines = new Map();
  /** @type {{ leave: () => void } | undefined} */
  topic;
  /** @type {{ starts_at: string } | null} */
  next = null;
  /** Nothing is said of the meetings before their first snapshot. */
  hasBegun = false;
  /** Since when what is shown may be out of date; 0 while it is pushed. */
  awaySince = 0;
  ticking = 0;
  asking = 0;
  drawing = 0;

  connectedCallback() {
    this.join();
    this.ticking = setInterval(() => this.show(), 1000);
    this.addEventListener("htmx:afterSwap", () => this.show());
  }

  disconnectedCallback() {
    clearInterval(this.ticking);
    clearTimeout(this.asking);
    cancelAnimationFrame(this.drawing);
    this.topic?.leave();
  }

  join() {
    this.topic = socket.join(this.dataset.topic ?? "", {
      onSnapshot: (snapshot) => this.begin(snapshot),
      onEvent: (event) => this.hear(event),
      onStatus: (status) => status === "open" || this.miss(),
      onRefused: () => this.miss(),
    });
  }

  /** From now until the next snapshot the last state stands, at the time it is of. */
  miss() {
    this.awaySince ||= serverNow();
  }

  /** @param {{ now: string, tiles: Tile[], lobby: Record<string, string[]>, next: { starts_at: string } | null }} snapshot */
  begin(snapshot) {
    setServerTime(snapshot.now);
    this.board.begin(snapshot.tiles, snapshot.lobby);
    this.next = snapshot.next;
    this.hasBegun = true;
    this.awaySince = 0;
    this.askFigures();
    this.show();
  }

  /** @param {{ type: string, [field: string]: any }} event */
  hear(event) {
    if (event.type === "tile.changed") {
      this.board.place(event.tile);
      this.showSoon();
    } else if (event.type === "line.measured") {
      this.board.measure(/** @type {any} */ (event), new Date(serverNow()).toISOString());
      this.showSoon();
    } else if (event.type === "lobby.changed") {
      this.board.gather(/** @type {any} */ (event));
      this.showSoon();
    } else {
      this.askFigures();
    }
  }

  /** Money and numbers in the reader's words come from the server; however much happens, twice a second. */
  askFigures() {
    this.asking ||= setTimeout(() => {
      this.asking = 0;
      document.body.dispatchEvent(new CustomEvent("figures-changed"));
    }, FIGURES_AT_MOST);
  }

  /** However many tiles change at once, they are drawn once. */
  showSoon() {
    this.drawing ||= requestAnimationFrame(() => this.show());
  }

  show() {
    this.drawing = 0;
    if (!this.hasBegun) {
      return;
    }
    this.showAway();
    const now = this.awaySince || serverNow();
    if (this.next && Date.parse(this.next.starts_at) <= now) {
      // The next slot has begun: its tiles are here already; those of the one after are asked for.
      this.next = null;
      this.topic?.leave();
      this.join();
    }
    const running = this.board.running(now);
    this.count("[data-running]", running.length);
    this.count("[data-needing]", running.filter((tile) => due(tile, now).length > 0).length);
    this.showTiles(running, now);
    const card = this.querySelector("[data-neediest]");
    card && showNeediest(card, this.board.neediest(now), now, this.dataset.meetings ?? "");
    this.showNext(now);
  }

  /** Says since when nothing has come. */
  showAway() {
    const place = this.querySelector("[data-away]");
    if (place instanceof HTMLElement) {
      place.hidden = !this.awaySince || serverNow() - this.awaySince < FLICKER;
      const clock = clocks(new Date(this.awaySince).toISOString());
      place.hidden || set(place, t("No connection to the fair; this is how it stood at %(clock)s", { clock }));
    }
  }

  /** @param {string} selector @param {number} number */
  count(selector, number) {
    const place = this.querySelector(selector);
    place instanceof HTMLElement && set(place, String(number));
  }

  /** @param {Tile[]} running @param {number} now */
  showTiles(running, now) {
    const list = this.querySelector("[data-tiles]");
    if (!list) {
      return;
    }
    const isSmall = running.length > MANY;
    const lines = running.map((tile) => this.line(tile, now, isSmall));
    const wanted = lines.map(({ line }) => line);
    if (wanted.length !== list.children.length || wanted.some((line, place) => list.children[place] !== line)) {
      this.move(list, wanted);
      this.lines = new Map(running.map((tile, place) => [tile.meeting, lines[place]]));
    }
    list.classList.toggle("tiles--many", isSmall);
    this.querySelector("[data-nobody]")?.toggleAttribute("hidden", running.length > 0);
  }

  /** @param {Tile} tile @param {number} now @param {boolean} isSmall */
  line(tile, now, isSmall) {
    const line = this.lines.get(tile.meeting) ?? new TileLine(tile, this.dataset.meetings ?? "");
    this.lines.set(tile.meeting, line);
    line.write(tile, now, isSmall);
    return line;
  }

  /** Each tile goes from its old place to its new one, so that the eye can follow. @param {Element} list @param {Element[]} wanted */
  move(list, wanted) {
    const before = new Map([...list.children].map((line) => [line, line.getBoundingClientRect()]));
    const focused = document.activeElement;
    list.replaceChildren(...wanted);
    focused instanceof HTMLElement && list.contains(focused) && focused.focus({ preventScroll: true });
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      return;
    }
    for (const line of wanted) {
      const [from, to] = [before.get(line), line.getBoundingClientRect()];
      if (from && (from.x !== to.x || from.y !== to.y)) {
        const start = `translate(${from.x - to.x}px, ${from.y - to.y}px)`;
        line.animate([{ transform: start }, { transform: "none" }], { duration: MOVEMENT, easing: "ease-out" });
      }
    }
  }

  /** @param {number} now */
  showNext(now) {
    const strip = this.querySelector("[data-next]");
    if (!(strip instanceof HTMLElement)) {
      return;
    }
    strip.hidden = this.next === null;
    if (this.next) {
      const waiting = this.board.waiting(now);
      const title = make("strong", {}, t("Next slot %(clock)s", { clock: clocks(this.next.starts_at) }));
      const people = waiting.map((side) => make("bdi", { class: "presence", "data-present": "" }, inLanguage(side.company)));
      const nobody = make("span", { class: "soft" }, t("nobody is there yet"));
      const text = [title, ...(people.length > 0 ? people : [nobody])];
      if (strip.textContent !== text.map((part) => part.textContent).join("")) {
        strip.replaceChildren(...text);
      }
    }
  }
}

customElements.define("fair-control-room", Control);
