"""A first fair that is imported from one workbook and opened, and its printed cards."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from fairplatform.workbook.writing import write
from tests.e2e.browser_windows import People
from tests.e2e.office_walk import at, organiser_of, saved
from tests.servers.serve import Server, Servers
from tests.workbook.whole_fair import FAIR

SLUG = FAIR["fair"][0]["slug"]


@pytest.fixture(scope="module")
def server(serve_module: Servers) -> Server:
    """A server whose database is empty before the first test; each test adds a fair."""
    return serve_module("--no-clock")


def test_a_fair_is_imported_into_an_empty_installation_and_opened(
    server: Server, people: People, tmp_path: Path
) -> None:
    visitor = people("visitor", server.url)
    expect(visitor.goes("/").get_by_text("python manage.py new_fair")).to_be_visible()
    page = organiser_of(server, people, SLUG)
    write(tmp_path / "fair.xlsx", FAIR)
    # A file that is chosen is uploaded at once.
    at(page, "import/").locator("[type=file]").set_input_files(tmp_path / "fair.xlsx")
    expect(page.locator("#import").get_by_text("The file was checked and has no errors.")).to_be_visible()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator("#import").get_by_text("Everything was imported.")).to_be_visible()
    expect(visitor.goes("/").get_by_text("Hardware Fair")).to_have_count(0)
    saved(at(page, "open/"))
    seen = visitor.goes("/")
    expect(seen.get_by_role("heading", name="Hardware Fair").first).to_be_visible()
    seen.goto(f"{server.url}/fairs/{SLUG}/halls/1/")
    expect(seen.get_by_role("link", name="Anvil Tools", exact=True)).to_be_visible()


def test_a_printed_card_in_urdu_holds_the_whole_address(server: Server, people: People) -> None:
    page = organiser_of(server, people, "cards")
    at(page, "fair/")
    names = {"name_en": "Zhejiang–Pakistan Hardware and Tools Online Trade Fair"}
    saved(page, **names, host_country="CN", station_country="PK")
    at(page, "people/add/").locator("[name=person-name_en]").fill("Muhammad Usman Qureshi-Siddiqui")
    page.locator("[name=person-name_ur]").fill("محمد عثمان قریشی صدیقی")
    page.locator("[name=person-country]").select_option("PK")
    page.locator("[name=person-language]").select_option("ur")
    page.locator("[name=place-role]").select_option("floor_assistant")
    saved(page)
    at(page, "links/").locator("[name=people]").last.check()
    page.get_by_role("button", name="Print cards").click()
    page.emulate_media(media="print")
    card = page.locator(".handout[lang=ur]")
    expect(card).to_be_visible()
    assert card.evaluate("card => card.scrollHeight - card.clientHeight") == 0
