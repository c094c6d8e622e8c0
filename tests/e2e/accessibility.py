"""Looking at every kind of page: whether axe-core finds a violation, and whether it reflows when little fits."""

from collections.abc import Callable, Sequence

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.e2e.browser_windows import NARROW, Person
from tests.e2e.page_kinds import PAGE_KINDS, DemoPages, PageKind, find_demo_pages
from tests.servers.serve import Server

SMALLEST: ViewportSize = {"width": 320, "height": 568}
LANGUAGES = ("en", "zh-hans", "ur")

Look = Callable[[Page], list[str]]
Sizes = Sequence[tuple[ViewportSize, str]]


@pytest.fixture
def demo_pages(demo_server: Server) -> DemoPages:
    """With a meeting that runs from now on: all pages in all languages take longer than one does."""
    demo_server.manage("demo")
    return find_demo_pages(demo_server)


def opened(person: Person, kind: PageKind, demo_pages: DemoPages) -> Page:
    """The page of this kind, fully loaded for its reader."""
    person.context.clear_cookies(name="sessionid")
    if session := demo_pages.sessions.get(kind.reader):
        person.context.add_cookies([{"name": "sessionid", "value": session, "url": person.url}])
    page = person.goes(demo_pages.path_of(kind))
    # In the preview of a booth nothing is alive.
    page.wait_for_function(
        "() => [...document.querySelectorAll(':not(:defined)')].every((one) => one.closest('.preview'))"
    )
    if kind.then:
        kind.then(page)
    return page


def problems(person: Person, language: str, demo_pages: DemoPages, *looks: Look) -> dict[str, list[str]]:
    """The problems of each kind of page that has any."""
    # Some pages are errors on purpose.
    person.expects("status of 4")
    person.context.add_cookies([{"name": "django_language", "value": language, "url": person.url}])
    found = {}
    for number, kind in enumerate(PAGE_KINDS):
        page = opened(person, kind, demo_pages)
        if lines := [line for look in looks for line in look(page)]:
            found[f"{number} {kind.reader} {page.url.removeprefix(person.url)}"] = lines
    return found


def beyond(page: Page, sizes: Sizes = ((SMALLEST, "100%"), (NARROW, "200%"))) -> list[str]:
    """The elements that make the page wider than a small window, or than a phone with text at 200 %."""
    size = page.viewport_size
    found = []
    for window, letters in sizes:
        page.set_viewport_size(window)
        page.evaluate(_LETTERS, letters)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > window["width"]:
            widest = page.evaluate(_WIDEST, window["width"])
            found.append(f"{width} pixels wide at {window['width']} with letters of {letters}: {widest}")
    page.evaluate(_LETTERS, "")
    if size:
        page.set_viewport_size(size)
    return found


# The new size applies two frames later: with reduced motion, transitions take almost no time.
_LETTERS = """size => new Promise((resolve) => {
    document.documentElement.style.fontSize = size;
    requestAnimationFrame(() => requestAnimationFrame(resolve));
})"""
# The width of a mobile window grows with its page, so the expected one is passed in.
_WIDEST = """width => [...document.querySelectorAll("body *")]
    .filter((each) => each.checkVisibility() && each.matches(":not(:has(*))"))
    .map((each) => [each.getBoundingClientRect(), `${each.parentElement.className} ${each.textContent.trim()}`])
    .filter(([box]) => box.right > width + 1 || box.left < -1)
    .map(([, words]) => words.slice(0, 60)).slice(0, 5).join(" | ")"""
