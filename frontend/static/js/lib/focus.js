// Moves the focus when the focused element is hidden, removed or replaced.

/** @param {Element} root */
export function hasFocus(root) {
  return root.contains(document.activeElement);
}

/**
 * Focuses the first of these that is shown.
 * @param {...(Element | null | undefined)} candidates
 */
export function focusFirst(...candidates) {
  const shown = candidates.find((candidate) => candidate instanceof HTMLElement && candidate.checkVisibility());
  shown instanceof HTMLElement && shown.focus();
}

/**
 * Makes a change that may hide or remove `root`; if the focus was in there and is gone, it goes to the first candidate shown.
 * @param {Element} root
 * @param {() => void} change
 * @param {...(Element | null | undefined)} candidates
 */
export function keepFocus(root, change, ...candidates) {
  const hadFocus = hasFocus(root);
  change();
  if (hadFocus && !(hasFocus(root) && root.checkVisibility())) {
    focusFirst(...candidates);
  }
}

/** Focuses text, which the Tab key does not stop at, and brings its beginning into view. @param {HTMLElement} element */
export function focusText(element) {
  element.tabIndex = -1;
  element.focus();
  element.scrollIntoView({ block: "start" });
}
