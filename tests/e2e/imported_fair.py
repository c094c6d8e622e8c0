"""What walks share that begin with an imported fair."""

import re
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page

from fairplatform.workbook.writing import write
from tests.e2e.browser_windows import People
from tests.servers.serve import Server, Servers
from tests.workbook.whole_fair import Sheets

SLUG = "walk"


def with_imported_fair(serve: Servers, folders: pytest.TempPathFactory, sheets: Sheets) -> Server:
    """A server with the fair of the sheets, which is a draft and has the slug above."""
    server, file = serve("--no-clock"), folders.mktemp("walk") / "fair.xlsx"
    write(file, sheets)
    server.manage("import", str(file))
    return server


def invited(people: People, server: Server, name: str, email: str, language: str) -> Page:
    """The window of somebody who has come in by their personal link and has agreed."""
    person = people(name, server.url, language=language)
    link, code = server.manage("issue_link", email).splitlines()[:2]
    page = person.goes(re.sub("^https?://[^/]+", "", link))
    page.locator("main form input:not([type=hidden])").first.fill(code.removeprefix("code "))
    page.locator("main form button").first.click()
    page.wait_for_url("**/registration/")
    page.locator("main [type=checkbox]").first.check()
    page.locator("main form .button--action").first.click()
    page.wait_for_url(lambda url: "registration" not in url)
    return page


def address(page: Page, path: str) -> str:
    return urljoin(page.url, f"/fairs/{SLUG}/{path}")


def at(page: Page, path: str) -> Page:
    page.goto(address(page, path))
    return page


def pressed(page: Page) -> None:
    """Presses the button of the page's form, and waits for what the server answers."""
    with page.expect_navigation():
        page.locator("main form .button--action").first.click()
