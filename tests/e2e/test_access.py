"""Every kind of page: axe-core finds nothing, and it can be read at 320 pixels and with letters twice as large."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import product

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.e2e.axe import violations
from tests.e2e.kinds import KINDS, Kind, Laid, lay
from tests.e2e.people import NARROW, WIDE, People, Person
from tests.servers.serve import Server

SMALLEST: ViewportSize = {"width": 320, "height": 568}
LANGUAGES = ("en", "zh-hans", "ur")

Look = Callable[[Page], list[str]]
Sizes = Sequence[tuple[ViewportSize, str]]


@pytest.fixture(scope="module")
def laid(demo_server: Server) -> Laid:
    return lay(demo_server)


def opened(person: Person, kind: Kind, laid: Laid) -> Page:
    """The page as its reader sees it when all of it is there."""
    person.context.clear_cookies(name="sessionid")
    if session := laid.sessions.get(kind.reader):
        person.context.add_cookies([{"name": "sessionid", "value": session, "url": person.url}])
    page = person.goes(laid.address(kind))
    page.wait_for_function("() => [...document.querySelectorAll(':not(:defined)')].length === 0")
    if kind.then:
        kind.then(page)
    return page


def wrongs(person: Person, language: str, laid: Laid, *looks: Look) -> dict[str, list[str]]:
    """What is found on each kind of page, where anything is."""
    # Some are opened for their refusal.
    person.expects("status of 4")
    person.context.add_cookies([{"name": "django_language", "value": language, "url": person.url}])
    found = {}
    for number, kind in enumerate(KINDS):
        page = opened(person, kind, laid)
        if lines := [line for look in looks for line in look(page)]:
            found[f"{number} {kind.reader} {page.url.removeprefix(person.url)}"] = lines
    return found


def beyond(page: Page, sizes: Sizes = ((SMALLEST, "100%"), (NARROW, "200%"))) -> list[str]:
    """What makes the page wider than a small window, or a usual telephone with letters twice as large."""
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


# Their new size is there two frames later: whoever wants little motion has transitions of almost no time.
_LETTERS = """size => new Promise((resolve) => {
    document.documentElement.style.fontSize = size;
    requestAnimationFrame(() => requestAnimationFrame(resolve));
})"""
# A telephone's own width grows with its page, so that it is given the one asked for.
_WIDEST = """width => [...document.querySelectorAll("body *")]
    .filter((each) => each.checkVisibility() && each.matches(":not(:has(*))"))
    .map((each) => [each.getBoundingClientRect(), `${each.parentElement.className} ${each.textContent.trim()}`])
    .filter(([box]) => box.right > width + 1 || box.left < -1)
    .map(([, words]) => words.slice(0, 60)).slice(0, 5).join(" | ")"""


def test_nobody_is_kept_out_of_any_page(demo_server: Server, people: People, laid: Laid) -> None:
    person = people("reader", demo_server.url)
    assert wrongs(person, "en", laid, violations, beyond) == {}


def test_no_page_is_wider_than_a_telephone_in_urdu(demo_server: Server, people: People, laid: Laid) -> None:
    person = people("reader", demo_server.url, language="ur", size=NARROW)
    assert wrongs(person, "ur", laid, partial(beyond, sizes=[(NARROW, "100%"), (NARROW, "200%")])) == {}


@pytest.mark.proof
@pytest.mark.parametrize(
    ("language", "size"),
    product(LANGUAGES, (WIDE, NARROW)),
    ids=lambda value: value if isinstance(value, str) else str(value["width"]),
)
def test_nobody_is_kept_out_in_any_language_and_size(
    demo_server: Server, people: People, laid: Laid, language: str, size: ViewportSize
) -> None:
    person = people("reader", demo_server.url, language=language, size=size)
    assert wrongs(person, language, laid, violations, beyond) == {}
