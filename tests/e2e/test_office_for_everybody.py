"""The office without a mouse, on the smallest phone, and for somebody who hears it: imports, filters, refused forms."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.accessibility import LANGUAGES, SMALLEST, beyond
from tests.e2e.axe import violations
from tests.e2e.browser_windows import NARROW, People
from tests.e2e.keyboard import reach
from tests.servers.serve import Server, Servers

LIST = Path(__file__).parents[1] / "workbook/files/county_list.xls"
_MAKE = """
from datetime import date
from fairplatform.fairs.models import Holiday, Participation, RecruitingUnit, Registration
from tests.factories import make_buyer, make_exhibitor, make_fair, make_role, make_staff, three
from tests.realtime.client import session_of
fair = make_fair(state="draft")
RecruitingUnit.objects.create(fair=fair, key="county", name=three("County bureau"), country="CN")
Holiday.objects.create(fair=fair, date=date(2030, 5, 14), country="PK")
make_buyer(fair)
Registration.objects.create(fair=fair, user=make_role(fair, "liaison"))
theirs = make_exhibitor(make_fair())
invited = Participation.objects.create(fair=fair, company=theirs.company, key="their", sells=True, state="invited")
print(fair.slug, session_of(make_role(fair, "organiser")), invited.pk, session_of(make_staff(theirs)))
"""

Opened = Callable[[str], Page]


@pytest.fixture(scope="module")
def server(serve_module: Servers) -> Server:
    return serve_module("--no-clock", "--no-tasks")


@pytest.fixture(scope="module")
def made(server: Server) -> list[str]:
    """A draft's slug, the session of its organiser, a company of another fair that it invites, and its manager's."""
    return server.manage("shell", "--no-imports", "-c", _MAKE).split()[-4:]


@pytest.fixture
def opened(server: Server, people: People, made: list[str]) -> Opened:
    """Opens a page of the office by the part of its address after `organise/`."""
    slug, session, *_ = made
    organiser = people("organiser", server.url)
    organiser.expects("409")
    organiser.context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
    return lambda address: organiser.goes(f"/fairs/{slug}/organise/{address}")


def is_for_everybody(page: Page) -> None:
    """In three languages."""
    for language in LANGUAGES:
        page.context.add_cookies([{"name": "django_language", "value": language, "url": page.url}])
        page.reload()
        assert violations(page) + beyond(page) == [], language
    page.context.add_cookies([{"name": "django_language", "value": "en", "url": page.url}])
    page.reload()


def test_list_is_imported_on_the_smallest_phone(opened: Opened) -> None:
    page = opened("import/list/")
    page.get_by_label("Recruiting unit").select_option(index=1)
    page.get_by_label("List (Excel or CSV)").set_input_files(LIST)
    page.get_by_role("button", name="Upload and preview").click()
    # Read aloud, though nobody has moved.
    expect(page.locator("fair-announcer")).to_have_text("The file was opened. Nothing has been imported yet.")
    is_for_everybody(page)
    page.get_by_role("link", name="Identify the columns").click()
    page.wait_for_url("**/columns/")
    is_for_everybody(page)
    # The letter tells columns apart whose titles do not, and what stands in one is said with it.
    code = page.get_by_label("D 统一社会信用代码")
    expect(code).to_have_accessible_description(
        "91330000DEMO000017 · 913300001234567040 · ９１３３００００ＤＥＭＯ００００２８"
    )
    page.get_by_label("City").fill("Yiwu")
    page.get_by_role("button", name="Check the rows").click()
    expect(page.locator("fair-announcer")).to_contain_text("3 rows are correct.")
    is_for_everybody(page)
    page.set_viewport_size(SMALLEST)
    sentence = page.get_by_text("Excel has replaced the last digits")
    box = sentence.bounding_box()
    assert box is not None
    assert (box["x"] >= 0, box["x"] + box["width"] <= SMALLEST["width"], box["width"] > 120) == (True, True, True)


def refused_form_leads_to_each_of_its_errors(opened: Opened) -> None:
    page = opened("units/new/")
    reach(page, page.get_by_role("button", name="Save"))
    page.keyboard.press("Enter")
    summary = page.locator(".form-errors")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Nothing has been saved yet.")
    reach(page, summary.get_by_role("link", name="Name"))
    page.keyboard.press("Enter")
    name = page.get_by_role("group", name="Name")
    expect(name.get_by_label("English")).to_be_focused()
    expect(name).to_have_accessible_description("Enter this in at least one language.")
    assert violations(page) == []


def the_one_wrong_field_of_a_short_form_has_the_focus(opened: Opened) -> None:
    page = opened("import/list/")
    page.get_by_label("Recruiting unit").select_option(index=1)
    page.get_by_role("button", name="Upload and preview").click()
    field = page.get_by_label("List (Excel or CSV)")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(
        "Up to 8 MB. Nothing is imported before you have seen the report. Choose a file."
    )


def filters_stay_open_and_keep_the_focus_on_a_phone(opened: Opened) -> None:
    page = opened("companies/")
    page.set_viewport_size(NARROW)
    page.get_by_text("Filter", exact=True).click()
    state = page.locator("select[name=state]")
    state.focus()
    state.select_option("refused")
    page.wait_for_url("**/companies/?state=refused")
    expect(page.locator("fair-announcer")).to_have_text("0 companies")
    expect(state).to_be_focused()


def moved_row_is_where_the_keyboard_goes_on(opened: Opened) -> None:
    page = opened("bodies/new/")
    for name in ("Department", "Chamber"):
        page.locator("[name=part]").select_option("host")
        page.get_by_label("English").fill(name)
        page.get_by_role("button", name="Save").click()
        page.wait_for_url("**/bodies/")
        page.goto(page.url + "new/")
    page.goto(page.url.removesuffix("new/"))
    page.get_by_role("button", name="Up Chamber").press("Enter")
    page.wait_for_url("**/bodies/#row-*")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Chamber", exact=True)).to_be_focused()


def holiday_without_a_name_is_listed_by_its_date(opened: Opened) -> None:
    page = opened("holidays/")
    assert violations(page) == []
    page.get_by_role("link", name="Tue 14 May").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tue 14 May")


def test_forms_and_lists_by_keyboard(opened: Opened) -> None:
    """In one window, for each window costs a second."""
    refused_form_leads_to_each_of_its_errors(opened)
    the_one_wrong_field_of_a_short_form_has_the_focus(opened)
    moved_row_is_where_the_keyboard_goes_on(opened)
    holiday_without_a_name_is_listed_by_its_date(opened)
    filters_stay_open_and_keep_the_focus_on_a_phone(opened)


def test_what_is_sent_to_people_and_companies_is_for_everybody(
    opened: Opened, server: Server, people: People, made: list[str]
) -> None:
    for medium in ("Print cards", "Copy messages"):
        page = opened("links/")
        page.get_by_label("Everyone in this list").check()
        page.get_by_role("button", name=medium).click()
        page.wait_for_url("**/issued/")
        is_for_everybody(page)
    slug, _, invited, session = made
    manager = people("manager", server.url)
    manager.context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
    page = manager.goes(f"/fairs/{slug}/invitation/{invited}/")
    is_for_everybody(page)
    reach(page, page.get_by_role("button", name="Accept the invitation"))
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Your company has accepted.")
