"""A form of the office keeps what is typed into it until it has been saved.

Over a reload, a lost connection, another button of its page and another language.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser_windows import CUT, People
from tests.servers.serve import Server

MAKE = """
from tests.factories import make_buyer, make_fair, make_role
from tests.realtime.client import session_of
fair = make_fair(state="draft")
print(fair.slug, make_buyer(fair).pk, session_of(make_role(fair, "organiser")))
"""


@pytest.fixture(scope="module")
def made(plain_server: Server) -> list[str]:
    """A fair's slug, a company in it, and the session of its organiser."""
    return plain_server.manage("shell", "--no-imports", "-c", MAKE).split()[-3:]


@pytest.fixture
def form(plain_server: Server, people: People, made: list[str]) -> Page:
    """The page on which a hall is added."""
    return opened(plain_server, people, made, "/fairs/{0}/organise/halls/new/")


@pytest.fixture
def company(plain_server: Server, people: People, made: list[str]) -> Page:
    """A company's page."""
    return opened(plain_server, people, made, "/fairs/{0}/organise/companies/{1}/")


def opened(plain_server: Server, people: People, made: list[str], address: str) -> Page:
    organiser = people("organiser", plain_server.url)
    organiser.expects(CUT)
    organiser.expects("409")
    organiser.context.add_cookies([{"name": "sessionid", "value": made[2], "url": plain_server.url}])
    return organiser.goes(address.format(*made))


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
    form.locator("main form .button--action").click()
    expect(form.locator("[data-held]")).to_be_visible()
    # Not saved yet, and the page is left.
    form.goto("about:blank")
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


def test_other_buttons_of_the_page_and_languages_lose_nothing_typed(company: Page) -> None:
    codes, note = company.locator("[name=participation-wants]"), company.locator("[data-kept]")
    codes.fill("8412.90")
    company.get_by_role("button", name="Mark as verified").click()
    expect(company.get_by_role("button", name="Remove the verified mark")).to_be_visible()
    expect(codes).to_have_value("8412.90")
    expect(note).to_be_visible()
    company.get_by_role("button", name="中文").click()
    expect(company.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(codes).to_have_value("8412.90")
    # Refused, and the page left without typing more: still there.
    company.locator("[name=participation-min_meetings]").fill("9")
    company.locator("[name=participation-max_meetings]").fill("3")
    company.locator(".form--wide .button--action").click()
    expect(company.locator(".field__error")).to_be_visible()
    company.get_by_role("button", name="English").click()
    expect(company.locator("html")).to_have_attribute("lang", "en")
    expect(company.locator("[name=participation-max_meetings]")).to_have_value("3")
    company.locator("[name=participation-max_meetings]").fill("12")
    company.locator(".form--wide .button--action").click()
    # Saved in the form in which it is stored: this is no difference to be kept.
    expect(codes).to_have_value("841290")
    expect(note).to_be_hidden()
    company.reload()
    expect(note).to_be_hidden()


def test_what_is_saved_without_a_connection_is_stored_once_it_is_back(form: Page) -> None:
    address, held = form.url, form.locator("[data-held]")
    form.context.set_offline(True)
    form.locator("[name=name_en]").fill("Taps")
    save = form.locator("main form .button--action")
    save.click()
    expect(held).to_be_visible()
    # Whoever goes on typing says when it is whole.
    form.locator("[name=name_ur]").fill("ٹونٹیاں")
    expect(held).to_be_hidden()
    save.click()
    expect(held).to_be_visible()
    assert form.url == address
    form.context.set_offline(False)
    form.wait_for_url("**/organise/halls/")
    form.get_by_role("link", name="Taps", exact=True).click()
    expect(form.locator("[name=name_ur]")).to_have_value("ٹونٹیاں")
