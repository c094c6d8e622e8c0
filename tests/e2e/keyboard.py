"""Going through a page by the keyboard alone."""

from playwright.sync_api import Locator, Page

MOST_KEYS = 400
# What is focused stands free: nothing lies over the middle of it, or of its first line, and nothing cuts it off.
STANDS_FREE = """() => {
  const [{ left, right, top, bottom }] = document.activeElement.getClientRects();
  const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return document.activeElement.contains(there);
}"""


def press(page: Page, *keys: str) -> None:
    """Presses keys in the window that has the keyboard: Firefox gives it to one at a time."""
    for key in keys:
        if not page.evaluate("document.hasFocus()"):
            page.bring_to_front()
        page.keyboard.press(key)


def reach(page: Page, wanted: Locator, *, key: str = "Tab", at_most: int = MOST_KEYS) -> Locator:
    """Goes on until the keyboard is on what is wanted; every stop on the way is to be seen.

    What is wanted has to come before the page's end: there Firefox gives the keyboard to its own bars.
    """
    target = wanted.locator("visible=true").first
    for _ in range(at_most):
        if target.evaluate("each => each === document.activeElement"):
            return target
        press(page, key)
        assert page.evaluate(STANDS_FREE), page.evaluate("document.activeElement.outerHTML")
    raise AssertionError(f"{wanted} is not reached by the keyboard on {page.url}")
