"""An organiser sets up a fair in a browser, and every page of it is looked at in the other two languages too."""

import json
from collections.abc import Sequence

from playwright.sync_api import Page

from tests.e2e.accessibility import beyond
from tests.e2e.browser_windows import NARROW, WIDE, People
from tests.page_language import ROOTS, PageText
from tests.servers.serve import Server

LANGUAGES = ("en", "zh-hans", "ur")


def organiser_of(server: Server, people: People, slug: str) -> Page:
    """The organiser's window, after the first command, their personal link, its code and their consent."""
    made = json.loads(server.manage("new_fair", slug, "--organiser", f"{slug}@chamber.example", "--json"))
    page = people("organiser", server.url).goes(made["link"].removeprefix(server.url))
    enter(page, made["code"])
    agree(page)
    page.wait_for_url("**/organise/")
    return page


def enter(page: Page, code: str) -> None:
    """Enters the code of the personal link that is open, for the first time."""
    field = page.locator("[name=code]")
    field.fill(code)
    field.press("Enter")
    page.wait_for_url("**/registration/")


def agree(page: Page) -> None:
    """Consents to the purpose of the fair alone."""
    page.locator("[name=purpose]").check()
    page.locator("[name=answer][value=agree]").click()
    page.wait_for_url(lambda url: not url.endswith("/registration/"))


def at(page: Page, path: str) -> Page:
    """Opens a page of the office."""
    page.goto(office_of(page) + path)
    return page


def office_of(page: Page) -> str:
    return page.url.split("/organise/")[0] + "/organise/"


def saved(page: Page, **values: str | bool | Sequence[str]) -> None:
    """Fills in the page's form and presses its button, which leads on to another page: a refused one stays at its own.

    Names of inputs are written with `__` for a hyphen.
    """
    for name, value in values.items():
        fill(page, name.replace("__", "-"), value)
    address = page.url
    page.locator("main form .button--action").first.click()
    page.wait_for_url(lambda url: url != address)


def fill(page: Page, name: str, value: str | bool | Sequence[str]) -> None:
    """Text or a choice; True for a box; for several boxes, or a text in three languages, one value for each."""
    field = page.locator(f"[name='{name}']")
    if value is True:
        field.check()
    elif not isinstance(value, str | bool):
        if page.locator(f"[name='{name}_en']").count():
            for language, text in zip(LANGUAGES, value, strict=True):
                page.locator(f"[name='{name}_{language}']").fill(text)
        else:
            for one in value:
                page.locator(f"[name='{name}'][value='{one}']").check()
    elif isinstance(value, str):
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def faults_in_other_languages(page: Page, paths: Sequence[str]) -> dict[str, list[object]]:
    """What is wrong with these pages of the office in Chinese and in Urdu, on a phone: words, direction, width.

    A path with a slash before it is one of the server's. The page is left in English, in a wide window.
    """
    office, found = office_of(page), {}
    origin = office.partition("/fairs/")[0]
    page.set_viewport_size(NARROW)
    for language in LANGUAGES[1:]:
        _choose(page, origin, language)
        for path in paths:
            address = origin + path if path.startswith("/") else office + path
            answer = page.goto(address, wait_until="domcontentloaded")
            if faults := [*([] if answer and answer.ok else ["refused"]), *_faults(page, language)]:
                found[f"{language} {path}"] = faults
    _choose(page, origin, LANGUAGES[0])
    page.set_viewport_size(WIDE)
    page.goto(office)
    return found


def _choose(page: Page, origin: str, language: str) -> None:
    page.context.add_cookies([{"name": "django_language", "value": language, "url": origin}])


def _faults(page: Page, language: str) -> list[object]:
    text = PageText(page.content(), ROOTS[language][0])
    roots: list[object] = [text.root] if text.root != ROOTS[language] else []
    return [*roots, *text.in_wrong_script, *beyond(page, [(NARROW, "100%")])]
