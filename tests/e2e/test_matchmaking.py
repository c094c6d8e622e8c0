"""A fair made from a workbook: who meets whom is matched, scheduled and published, answered, and changed on the day."""

import re

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.e2e.browser_windows import People
from tests.e2e.imported_fair import SLUG, address, at, invited, pressed, with_imported_fair
from tests.e2e.valve_fair import FAIR
from tests.servers.serve import Server, Servers


@pytest.fixture(scope="module")
def server(serve_module: Servers, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server with the fair of the workbook, which is a draft."""
    return with_imported_fair(serve_module, tmp_path_factory, FAIR)


def test_a_workbook_becomes_a_published_schedule_that_is_answered_and_changed(server: Server, people: People) -> None:
    ann = invited(people, server, "organiser", "ann@chamber.example", "en")
    people.present[-1].expects("409 .*/board/")
    match(ann)
    make_draft(ann)
    move_on_the_board(ann)
    publish(ann)
    open_fair(ann)
    usman = invited(people, server, "buyer", "usman@ravi.example", "ur")
    confirm(usman)
    read_calendar_file(usman)
    wang = invited(people, server, "exhibitor", "wang@anvil.example", "zh-hans")
    say_what_cannot_be_attended(wang)
    substitute(ann)
    read_roster(invited(people, server, "interpreter", "li@talk.example", "zh-hans"))


def figures(page: Page) -> list[str]:
    return page.locator("main .figures .figure__value").all_inner_texts()


def match(page: Page) -> None:
    """Of the six pairs one is forbidden."""
    at(page, "organise/matching/")
    pressed(page)
    expect(page.locator("main .figures")).to_be_visible()
    assert figures(page) == ["5", "0", "0", "0"]


def make_draft(page: Page) -> None:
    at(page, "organise/schedule/")
    pressed(page)
    expect(page.get_by_role("heading", name="Draft 1")).to_be_visible()
    assert figures(page)[0] == "5"


def move_on_the_board(page: Page) -> None:
    """To the last of the times that nothing is against; somebody else's page, opened before, is refused then."""
    board = at(page, "organise/schedule/board/")
    card = board.locator(".board__card").first.get_attribute("href")
    assert card is not None
    board.goto(address(board, card.removeprefix(f"/fairs/{SLUG}/")))
    other = page.context.new_page()
    other.goto(board.url)
    for tab in (board, other):
        tab.locator("[name=to]").last.check()
        tab.get_by_role("button", name="Move the meeting").click()
    expect(other.get_by_role("alert")).to_be_visible()
    other.close()
    at(page, "organise/schedule/")
    expect(page.locator("main")).to_contain_text("1 meeting was moved")


def publish(page: Page) -> None:
    page.get_by_role("link", name="Check and publish").click()
    page.wait_for_url("**/publish/")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("#published")).to_be_visible()
    assert page.locator("main table tbody td").all_inner_texts()[1] == "5"


def open_fair(page: Page) -> None:
    at(page, "organise/open/").locator("main form .button--action").click()
    page.wait_for_url("**/organise/")


def confirm(page: Page) -> None:
    at(page, "slip/")
    expect(page.locator(".slip__item")).to_have_count(3)
    pressed(page)
    expect(page.locator(".slip__item .chip--verified")).to_have_count(3)


def read_calendar_file(page: Page) -> None:
    page.locator(".slip__item a").first.click()
    link = page.locator("a[href$='.ics']").first.get_attribute("href")
    calendar = Calendar.from_ical(page.request.get(page.url.split("/fairs/")[0] + str(link)).text())
    (event,) = calendar.walk("VEVENT")
    assert re.search("Gate valves|Valves", str(event["SUMMARY"]) + str(event.get("DESCRIPTION", "")))


def say_what_cannot_be_attended(page: Page) -> None:
    at(page, "slip/")
    expect(page.locator(".slip__item")).to_have_count(2)
    item = page.locator(".slip__item").first
    item.locator("summary").click()
    item.locator("select").select_option(index=1)
    pressed(page)
    expect(page.locator(".slip__item .chip--verified")).to_have_count(1)
    expect(page.locator(".slip__item .chip--wants")).to_have_count(1)


def substitute(page: Page) -> None:
    """The meeting is cancelled; the buyer gets another exhibitor of the same goods where one is free."""
    at(page, "organise/answers/")
    page.get_by_role("link", name="Cancel, and find a substitute").click()
    page.wait_for_url("**/organise/answers/company/**")
    page.locator("main form .button--now").click()
    page.wait_for_url("**/organise/answers/changes/*/")
    expect(page.locator("main details summary")).not_to_have_count(0)


def read_roster(page: Page) -> None:
    """Of the two meetings between Chinese and English one was cancelled."""
    at(page, "roster/")
    expect(page.locator("main a[href$='/brief/']")).to_have_count(1)
