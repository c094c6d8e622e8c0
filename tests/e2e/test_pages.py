"""Every page and its errors in Chinese and Urdu, wide and narrow: whole, in its own direction, nothing cut off."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.e2e.people import NARROW, WIDE, People, Person
from tests.servers.serve import Server

FAIR = "/fairs/pk2020/"
PUBLIC = [
    FAIR,
    FAIR + "about/",
    FAIR + "halls/",
    FAIR + "halls/5/",
    FAIR + "halls/?q=nothing-like-this",
    FAIR + "products/",
    FAIR + "products/?q=8203",
    FAIR + "products/?moq=many",
    FAIR + "booths/yongkang-bubujin-tools/",
    "/demonstration/",
    "/accounts/login/",
    "/accounts/password/reset/",
]
OWN = {
    "exhibitor": ["day/", "day/?day=4", "requests/", "office/", "messages/"],
    "buyer": ["day/", "requests/", "messages/"],
    "interpreter": ["day/", "messages/"],
    "organiser": ["day/", "control/"],
}
DIRECTION = {"zh-hans": ("zh-Hans", "ltr"), "ur": ("ur", "rtl")}
# Words that stand in every catalogue; whoever reads one of them reads a sentence that was forgotten.
ENGLISH = re.compile(r"\b(the|your|this|and|with|meeting|company|outcome|waiting|please)\b", re.IGNORECASE)

reader = pytest.mark.parametrize(
    ("language", "size"),
    [(language, size) for language in DIRECTION for size in (WIDE, NARROW)],
    ids=["zh wide", "zh narrow", "ur wide", "ur narrow"],
)


def speak(person: Person, language: str) -> Page:
    """The reader chooses the language as a visitor does."""
    page = person.goes(FAIR)
    wanted = page.locator(f"form.languages button[value={language}]").first
    if wanted.get_attribute("aria-pressed") != "true":
        if not wanted.is_visible():
            page.locator("header .menu summary, header [aria-haspopup]").first.click()
        wanted.click()
    expect(page.locator("html")).to_have_attribute("lang", DIRECTION[language][0])
    return page


def look(page: Page, language: str) -> None:
    """The page is in its language and direction, has a heading and nothing beyond its edge."""
    lang, direction = DIRECTION[language]
    root = page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == (lang, direction), page.url
    assert page.locator("h1").count() >= 1, page.url
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert beyond <= 1, (page.url, beyond)
    own = page.evaluate(
        """() => [...document.querySelectorAll("main :is(h1, h2, h3, label, button, p, th, legend)")]
            .filter((e) => !e.closest("[lang=en], [dir=auto], bdi") && !e.querySelector("[lang=en], bdi, [dir=auto]"))
            .map((e) => e.innerText)"""
    )
    assert [text for text in own if ENGLISH.search(text)] == [], page.url


@reader
def test_public_pages(demo_server: Server, people: People, language: str, size: ViewportSize) -> None:
    visitor = people("visitor", demo_server.url, language=language, size=size)
    speak(visitor, language)
    for path in PUBLIC:
        page = visitor.goes(path)
        look(page, language)


@reader
@pytest.mark.parametrize("key", sorted(OWN))
def test_own_pages(demo_server: Server, people: People, language: str, size: ViewportSize, key: str) -> None:
    person = people(key, demo_server.url, language=language, size=size)
    speak(person, language)
    page = person.goes("/demonstration/")
    page.locator(f"form[action$='/{key}/'] button").first.click()
    page.wait_for_url(lambda url: "/demonstration/" not in url)
    for path in OWN[key]:
        look(person.goes(FAIR + path), language)
    for path in _of_a_meeting(person):
        look(person.goes(path), language)


def _of_a_meeting(person: Person) -> list[str]:
    """The brief, the room and the outcome of the first meeting on the person's day, if he has one."""
    page = person.goes(FAIR + "day/")
    links = page.locator("a[href*='/meetings/']").evaluate_all("links => links.map((a) => a.getAttribute('href'))")
    found = next((re.match(r".*/meetings/\\d+/", link) for link in links), None)
    return [found[0] + part for part in ("", "room/", "outcome/")] if found else []


@reader
def test_errors_are_said_in_the_readers_language(
    demo_server: Server, people: People, language: str, size: ViewportSize
) -> None:
    visitor = people("visitor", demo_server.url, language=language, size=size)
    visitor.expects("404|status of 4")
    speak(visitor, language)
    for path in (FAIR + "booths/nobody/", "/fairs/nowhere/", "/accounts/enter/no-such-link/"):
        look(visitor.goes(path), language)
    page = visitor.goes("/accounts/login/")
    page.locator("[name=login]").fill("nobody@firm.example")
    page.locator("[name=password]").fill("wrong")
    page.locator("form:has([name=password]) button").first.click()
    expect(page.locator("[role=alert]").first).to_be_visible()
    look(page, language)
    page = visitor.goes("/accounts/login/")
    page.locator("form:has([name=password]) button").first.click()
    expect(page.locator(".field__error").first).to_be_visible()
    look(page, language)
