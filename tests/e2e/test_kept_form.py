"""A form of the office keeps what is typed into it over a reload and a lost connection, until it has been saved."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser_windows import CUT, People
from tests.servers.serve import Server

_MAKE = """
from tests.factories import make_fair, make_role
from tests.realtime.client import session_of
fair = make_fair(state="draft")
print(fair.slug, session_of(make_role(fair, "organiser")))
"""


@pytest.fixture
def form(plain_server: Server, people: People) -> Page:
    """The page on which a hall is added."""
    slug, session = plain_server.manage("shell", "--no-imports", "-c", _MAKE).split()[-2:]
    organiser = people("organiser", plain_server.url)
    organiser.expects(CUT)
    organiser.expects("409")
    organiser.context.add_cookies([{"name": "sessionid", "value": session, "url": plain_server.url}])
    return organiser.goes(f"/fairs/{slug}/organise/halls/new/")


def test_what_is_typed_is_kept_until_it_is_saved(form: Page) -> None:
    address, note = form.url, form.locator("[data-kept]")
    form.locator("[name=name_en]").fill("Pumps")
    form.locator("[name=headings]").fill("8299")
    form.reload()
    expect(form.locator("[name=name_en]")).to_have_value("Pumps")
    expect(note).to_be_visible()
    # Refused: the server has sent back what was typed.
    form.locator("main form .button--action").click()
    expect(form.locator(".field__error")).to_be_visible()
    expect(note).to_be_hidden()
    form.locator("[name=headings]").fill("8413")
    form.context.set_offline(True)
    with form.expect_event("requestfailed"):
        form.locator("main form .button--action").click()
    form.context.set_offline(False)
    form.goto(address)
    expect(form.locator("[name=headings]")).to_have_value("8413")
    form.locator("main form .button--action").click()
    form.wait_for_url("**/organise/halls/")
    form.goto(address)
    expect(form.locator("[name=name_en]")).to_have_value("")
    expect(note).to_be_hidden()
    form.locator("[name=name_en]").fill("Valves")
    form.reload()
    note.get_by_role("button").click()
    expect(form.locator("[name=name_en]")).to_have_value("")
