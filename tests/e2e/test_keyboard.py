"""The fair by the keyboard alone: from the front page to a meeting request, and the focus is never lost."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser_windows import People
from tests.e2e.keyboard import reach
from tests.e2e.page_kinds import BOOTH, FAIR, find_demo_pages
from tests.servers.serve import Server, Servers


@pytest.fixture(scope="module")
def fair(serve_module: Servers) -> Server:
    """A demonstration of these tests' own, for they change it."""
    return serve_module(demo=True)


def follow(page: Page, wanted: Locator, key: str = "Enter") -> None:
    reach(page, wanted)
    with page.expect_navigation():
        page.keyboard.press(key)


@pytest.mark.engines
def test_from_the_front_page_to_a_request_by_keyboard(fair: Server, people: People) -> None:
    page = people("buyer", fair.url).goes(FAIR)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    follow(page, page.get_by_role("link", name="Hand tools"))
    follow(page, page.get_by_role("link", name=re.compile("Yongkang Bubujin Tools")))
    follow(page, page.locator(".booth-live").get_by_role("link", name="Sign in"))
    follow(page, page.get_by_role("link", name="Choose a demo user"))
    follow(page, page.locator("form[action$='/buyer/'] button"), key="Space")
    page.goto(fair.url + BOOTH)
    expect(page.get_by_role("log")).to_be_visible()
    reach(page, page.locator("fair-chat textarea"))
    page.keyboard.type("Do you make them in chrome vanadium?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("log")).to_contain_text("chrome vanadium")
    expect(page.locator("fair-chat textarea")).to_be_focused()
    page.reload()
    follow(page, page.get_by_role("link", name="Request a meeting"))
    reach(page, page.locator("[name=slot]"))
    page.keyboard.press("Space")
    reach(page, page.get_by_label("What you would like to discuss"))
    page.keyboard.type("Asked by keyboard")
    follow(page, page.get_by_role("button", name="Send request"))
    expect(page.locator("main")).to_contain_text("Your request has been sent.")


@pytest.mark.engines
def test_what_closes_or_changes_gives_the_focus_back(fair: Server, people: People) -> None:
    demo_pages = find_demo_pages(fair)
    person = people("buyer", fair.url)
    person.context.add_cookies([{"name": "sessionid", "value": demo_pages.sessions["differing"], "url": fair.url}])
    page = person.goes(f"{FAIR}{demo_pages.paths['differing']}outcome/")
    # A menu.
    summary = reach(page, page.locator("header summary"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(summary).to_be_focused()
    # A notice over the page, reached from the last focusable element.
    page.wait_for_function("() => document.querySelector('fair-notices')?.toast")
    page.evaluate("() => document.querySelector('fair-notices').toast(['Something happened'], '')")
    last = page.locator("footer a").last
    last.focus()
    reach(page, page.get_by_role("button", name="Close"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Something happened")).to_be_hidden()
    expect(last).to_be_focused()
    # The other side states something else while the link to adopt their statement has the focus: the link disappears.
    changes = "() => document.body.dispatchEvent(new CustomEvent('outcome-changed'))"
    reach(page, page.get_by_role("link", name="Use theirs"), key="Shift+Tab")
    page.evaluate(changes)
    expect(page.locator("#outcome")).to_be_focused()
    # The same while the button to confirm has the focus: it is disabled until it was read, and keeps the focus.
    confirm = reach(page, page.locator("#confirm-theirs"))
    expect(confirm).not_to_have_attribute("aria-disabled", "true")
    page.evaluate(changes)
    expect(page.locator('#confirm-theirs[aria-disabled="true"]')).to_be_focused()
    expect(page.locator("[data-announcement]")).to_have_text("The outcome has just changed. Review it again.")
    expect(confirm).not_to_have_attribute("aria-disabled", "true")
