"""Using a page with the keyboard alone."""

from playwright.sync_api import Locator, Page

MOST_KEYS = 400
# Whether the focused element is not obscured (WCAG 2.4.11): nothing covers the middle of it, or of its first line.
IS_UNOBSCURED = """() => {
  const [{ left, right, top, bottom }] = document.activeElement.getClientRects();
  const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return document.activeElement.contains(there);
}"""


def press(page: Page, *keys: str) -> None:
    """Presses keys in this page, after giving its window the focus: Firefox gives it to one window at a time."""
    for key in keys:
        if not page.evaluate("document.hasFocus()"):
            page.bring_to_front()
        page.keyboard.press(key)


def reach(page: Page, wanted: Locator, *, key: str = "Tab", at_most: int = MOST_KEYS) -> Locator:
    """Presses the key until the wanted element has the focus; asserts that each element on the way is unobscured.

    It has to come before the end of the page, where Firefox moves the focus to its own toolbars.
    """
    target = wanted.locator("visible=true").first
    for _ in range(at_most):
        if target.evaluate("each => each === document.activeElement"):
            return target
        press(page, key)
        assert page.evaluate(IS_UNOBSCURED), page.evaluate("document.activeElement.outerHTML")
    raise AssertionError(f"{wanted} is not reached by the keyboard on {page.url}")
