// <fair-control-room topic="monitor:pk2020">: the running meetings as tiles and the neediest as a card,
// updated by the events of the topic.

import { showNeediest } from "../control-room/neediest.js";
import { TileItem } from "../control-room/tile.js";
import { Tiles, due } from "../control-room/tiles.js";
import { make, setText } from "../lib/dom.js";
import { hasFocus } from "../lib/focus.js";
import { clocks, inLanguage, t } from "../lib/language.js";
import { socket } from "../lib/socket.js";
import { serverNow, setServerTime } from "../lib/time.js";
import { every } from "../lib/timers.js";
import { topicOf } from "../lib/topic.js";

/**
 * @import { ControlRoomSnapshot, Tile } from "../../../types/socket.d.ts"
 * @import { Subscription, TopicEvent } from "../../../types/topics.d.ts"
 */

const MANY = 40; // more tiles than this are drawn small
const FIGURES_AFTER = 500; // milliseconds between two requests for the figures
const MOVE_TAKES = 400;
const FLICKER = 1500; // a connection that is back by then is not mentioned

class ControlRoom extends HTMLElement {
  tiles = new Tiles();
  /** By meeting. @type {Map<number, TileItem>} */
  items = new Map();
  /** @type {Subscription<"monitor"> | undefined} */
  topic;
  /** @type {ControlRoomSnapshot["next"]} */
  nextSlot = null;
  hasSnapshot = false;
  /** When the connection was lost; 0 while events arrive. */
  staleSince = 0;
  lifetime = new AbortController();
  figuresTimer = 0;
  frame = 0;

  connectedCallback() {
    this.lifetime = new AbortController();
    const { signal } = this.lifetime;
    this.join();
    every(1000, () => this.show(), signal);
    this.addEventListener("htmx:afterSwap", () => this.show(), { signal });
  }

  disconnectedCallback() {
    this.lifetime.abort();
    clearTimeout(this.figuresTimer);
    cancelAnimationFrame(this.frame);
    this.figuresTimer = this.frame = 0;
    this.topic?.leave();
  }

  join() {
    this.topic = socket.join(topicOf(this, "monitor"), {
      onSnapshot: (snapshot) => this.onSnapshot(snapshot),
      onEvent: (event) => this.onEvent(event),
      onStatus: (status) => status === "open" || this.setStale(),
      onRefused: () => this.setStale(),
    });
  }

  /** Until the next snapshot the tiles are shown as they were at this time. */
  setStale() {
    this.staleSince ||= serverNow();
  }

  /** @param {ControlRoomSnapshot} snapshot */
  onSnapshot(snapshot) {
    setServerTime(snapshot.now);
    this.tiles.start(snapshot.tiles, snapshot.lobby);
    this.nextSlot = snapshot.next;
    this.hasSnapshot = true;
    this.staleSince = 0;
    this.requestFigures();
    this.show();
  }

  /** @param {TopicEvent<"monitor">} event */
  onEvent(event) {
    switch (event.type) {
      case "tile.changed":
        this.tiles.set(event.tile);
        this.showInNextFrame();
        break;
      case "line.measured":
        this.tiles.setQuality(event, new Date(serverNow()).toISOString());
        this.showInNextFrame();
        break;
      case "lobby.changed":
        this.tiles.setLobby(event);
        this.showInNextFrame();
        break;
      default:
        this.requestFigures();
    }
  }

  /** htmx fetches the figures, which the server formats in the reader's language; at most twice a second. */
  requestFigures() {
    this.figuresTimer ||= setTimeout(() => {
      this.figuresTimer = 0;
      document.body.dispatchEvent(new CustomEvent("figures-changed"));
    }, FIGURES_AFTER);
  }

  /** Several changes at once are drawn once. */
  showInNextFrame() {
    this.frame ||= requestAnimationFrame(() => this.show());
  }

  show() {
    this.frame = 0;
    if (!this.hasSnapshot) {
      return;
    }
    this.showStale();
    const now = this.staleSince || serverNow();
    if (this.nextSlot && Date.parse(this.nextSlot.starts_at) <= now) {
      // The next slot has begun. Its tiles are known; those of the one after come with a new snapshot.
      this.nextSlot = null;
      this.topic?.leave();
      this.join();
    }
    const running = this.tiles.running(now);
    setText(this.querySelector("[data-running]"), String(running.length));
    setText(this.querySelector("[data-needing]"), String(running.filter((tile) => due(tile, now).length > 0).length));
    this.showTiles(running, now);
    const card = this.querySelector("[data-neediest]");
    card && showNeediest(card, this.tiles.neediest(now), now);
    this.showNextSlot(now);
  }

  /** While no events arrive: shows how old the tiles are. */
  showStale() {
    const note = this.querySelector("[data-away]");
    if (note instanceof HTMLElement) {
      note.hidden = !this.staleSince || serverNow() - this.staleSince < FLICKER;
      const clock = clocks(this.staleSince);
      note.hidden || setText(note, t("Platform connection lost. Showing the status at %(clock)s.", { clock }));
    }
  }

  /** @param {Tile[]} running @param {number} now */
  showTiles(running, now) {
    const list = this.querySelector("[data-tiles]");
    if (!list) {
      return;
    }
    const isSmall = running.length > MANY;
    const items = running.map((tile) => this.item(tile, now, isSmall));
    const wanted = items.map(({ element }) => element);
    if (wanted.length !== list.children.length || wanted.some((element, index) => list.children[index] !== element)) {
      move(list, wanted);
      this.items = new Map(running.map((tile, index) => [tile.meeting, items[index]]));
    }
    list.classList.toggle("tiles--many", isSmall);
    this.querySelector("[data-nobody]")?.toggleAttribute("hidden", running.length > 0);
  }

  /** @param {Tile} tile @param {number} now @param {boolean} isSmall */
  item(tile, now, isSmall) {
    const item = this.items.get(tile.meeting) ?? new TileItem(tile);
    this.items.set(tile.meeting, item);
    item.update(tile, now, isSmall);
    return item;
  }

  /** The next slot, and who is waiting for it already. @param {number} now */
  showNextSlot(now) {
    const strip = this.querySelector("[data-next]");
    if (!(strip instanceof HTMLElement)) {
      return;
    }
    strip.hidden = this.nextSlot === null;
    if (this.nextSlot) {
      const title = make("strong", {}, t("Next slot: %(clock)s", { clock: clocks(this.nextSlot.starts_at) }));
      const waiting = this.tiles.waiting(now).map((side) => inLanguage(side.company));
      const companies = waiting.map((name) => make("bdi", { class: "presence", "data-present": "" }, name));
      const nobody = make("span", { class: "soft" }, t("nobody has joined yet"));
      const parts = [title, ...(companies.length > 0 ? companies : [nobody])];
      if (strip.textContent !== parts.map((part) => part.textContent).join("")) {
        strip.replaceChildren(...parts);
      }
    }
  }
}

/**
 * Reorders a list; each element glides from its old position to the new one, so that the move can be seen.
 * @param {Element} list
 * @param {Element[]} wanted
 */
function move(list, wanted) {
  const before = new Map([...list.children].map((element) => [element, element.getBoundingClientRect()]));
  const focused = hasFocus(list) ? document.activeElement : null;
  list.replaceChildren(...wanted);
  focused instanceof HTMLElement && focused.focus({ preventScroll: true });
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
    return;
  }
  for (const element of wanted) {
    const [from, to] = [before.get(element), element.getBoundingClientRect()];
    if (from && (from.x !== to.x || from.y !== to.y)) {
      const start = `translate(${from.x - to.x}px, ${from.y - to.y}px)`;
      element.animate([{ transform: start }, { transform: "none" }], { duration: MOVE_TAKES, easing: "ease-out" });
    }
  }
}

customElements.define("fair-control-room", ControlRoom);
