// The keys of a combobox with a list box, as WAI-ARIA's practices have it: the focus stays in the input, arrows go
// through the options, Enter chooses one, Escape closes the list.

const COMPOSING = 229; // the key code that Safari tells for the keys of an input method

/**
 * An input with its list.
 * @typedef {object} Box
 * @property {HTMLInputElement | null} input
 * @property {Element[]} options
 * @property {boolean} isOpen
 * @property {(isOpen: boolean) => void} open shows or hides the list
 * @property {(option: Element) => void} choose
 */

/** @param {Element[]} options */
function activeOf(options) {
  return options.findIndex((option) => option.getAttribute("aria-selected") === "true");
}

/** Marks an option, or none. @param {Pick<Box, "input" | "options">} box @param {number} at */
export function activate({ input, options }, at) {
  options.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
  const option = options[at];
  if (option) {
    input?.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else {
    input?.removeAttribute("aria-activedescendant");
  }
}

/** Keys of an input method, by which Chinese is written, belong to its own list. @param {KeyboardEvent} event @param {Box} box */
export function press(event, box) {
  if (event.isComposing || event.keyCode === COMPOSING) {
    return;
  }
  const { options } = box;
  const before = activeOf(options);
  const active = options[before];
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
    box.isOpen || box.open(true);
    const last = options.length - 1;
    const after = before === last ? 0 : before + 1;
    activate(box, event.key === "ArrowDown" ? after : before <= 0 ? last : before - 1);
    event.preventDefault();
  } else if (event.key === "Enter" && box.isOpen && active) {
    box.choose(active);
    event.preventDefault();
  } else if (event.key === "Escape" && box.isOpen) {
    box.open(false);
    event.preventDefault(); // which would empty an input of a search
  }
}
