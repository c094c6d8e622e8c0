// Which colleagues have the same page open: into the element's [data-others], which is hidden while there is nobody else.

import { make } from "./dom.js";
import { inLanguage } from "./language.js";

/** @import { Person } from "../../../types/socket.d.ts" */

/**
 * @param {Element} element
 * @param {Person[]} here the reader among them
 */
export function showOthers(element, here) {
  const me = Number(document.documentElement.dataset.person);
  const names = here.filter(({ id }) => id !== me).map(({ name }) => make("bdi", {}, inLanguage(name)));
  element.querySelector("[data-others]")?.toggleAttribute("hidden", !names.length);
  element.querySelector("[data-names]")?.replaceChildren(...names.flatMap((name, place) => (place ? [" · ", name] : [name])));
}
