"""The board of a draft in the browser: by the mouse, by the keyboard, and by two organisers at once."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser_windows import People
from tests.e2e.imported_fair import SLUG, at, invited, with_imported_fair
from tests.e2e.valve_fair import FAIR
from tests.servers.serve import Server, Servers

BOARD = "organise/schedule/board/"


@pytest.fixture(scope="module")
def server(serve_module: Servers, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server with a draft of five meetings on one day."""
    server = with_imported_fair(serve_module, tmp_path_factory, {**FAIR, "days": FAIR["days"][:1]})
    server.manage("match", SLUG)
    server.manage("schedule", SLUG)
    return server


def test_a_meeting_is_dragged_locked_and_moved_by_two_people(server: Server, people: People) -> None:
    page = invited(people, server, "organiser", "ann@chamber.example", "en")
    people.present[-1].expects("409 .*/board/")
    dragged_onto_a_meeting_of_the_same_company(page)
    dragged_to_a_free_time(page)
    moved_by_two_at_once(page)
    locked_by_keyboard(page)


def row_of(page: Page, company: str) -> Locator:
    return page.locator("tr", has=page.locator("th", has_text=company))


def free_cells(row: Locator) -> Locator:
    """Without a meeting of the company, and not kept free."""
    return row.locator("td:not(:has(a)):not([data-reserve])")


def times(row: Locator) -> list[str | None]:
    """Of the meetings in a row of the board."""
    return [cell.get_attribute("data-at") for cell in row.locator("td:has(a)").all()]


def dragged_onto_a_meeting_of_the_same_company(page: Page) -> None:
    """What is against it is said, and nothing is saved."""
    row = row_of(at(page, BOARD), "Ravi Traders")
    before = times(row)
    first, second = row.locator("td:has(a)").all()[:2]
    taken = second.get_attribute("data-at")
    first.locator("a").drag_to(second)
    page.wait_for_url("**/board/*/?to=*")
    expect(page.get_by_role("alert")).to_contain_text("Ravi Traders has another meeting then.")
    assert page.locator(f"[name=to][value='{taken}']").count() == 0
    assert times(row_of(at(page, BOARD), "Ravi Traders")) == before


def dragged_to_a_free_time(page: Page) -> None:
    row = row_of(at(page, BOARD), "Ravi Traders")
    card, cell = row.locator("td a").first, free_cells(row).last
    partner, wanted = card.inner_text().splitlines()[0], cell.get_attribute("data-at")
    card.drag_to(cell)
    page.wait_for_url("**/board/*/?to=*")
    expect(page.locator("[name=to]:checked")).to_have_value(str(wanted))
    assert wanted not in times(row_of(at(page, BOARD), "Ravi Traders"))
    page.go_back()
    page.get_by_role("button", name="Move the meeting").click()
    expect(page.get_by_text("The meeting has been moved in the draft.")).to_be_visible()
    cell = row_of(at(page, BOARD), "Ravi Traders").locator(f"td[data-at='{wanted}']")
    expect(cell).to_contain_text(partner)


def moved_by_two_at_once(page: Page) -> None:
    """The page of the second, who saw the meeting elsewhere, says how it is by now and moves nothing."""
    row = row_of(at(page, BOARD), "Indus Mills")
    card, (first, second) = row.locator("td a").first, free_cells(row).all()[-2:]
    times_wanted = [first.get_attribute("data-at"), second.get_attribute("data-at")]
    url = str(card.get_attribute("href"))
    other = page.context.new_page()
    for tab, wanted in zip((page, other), times_wanted, strict=True):
        tab.goto(f"{server_of(page)}{url}")
        tab.locator(f"[name=to][value='{wanted}']").check()
    for tab in (page, other):
        tab.get_by_role("button", name="Move the meeting").click()
    expect(other.get_by_role("alert")).to_be_visible()
    other.close()
    now = times(row_of(at(page, BOARD), "Indus Mills"))
    assert (times_wanted[0] in now, times_wanted[1] in now) == (True, False)


def locked_by_keyboard(page: Page) -> None:
    """A locked meeting can be dragged no more."""
    card = row_of(at(page, BOARD), "Ravi Traders").locator("td a").first
    url = str(card.get_attribute("href"))
    expect(card).to_have_attribute("draggable", "true")
    card.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{url}")
    page.get_by_role("button", name="Lock this time").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Unlock")).to_be_visible()
    assert page.locator("[name=to]").count() == 0
    locked = row_of(at(page, BOARD), "Ravi Traders").locator(f"a[href='{url}']")
    expect(locked).to_contain_text("locked")
    assert locked.get_attribute("draggable") is None


def server_of(page: Page) -> str:
    found = re.match("https?://[^/]+", page.url)
    assert found
    return found[0]
