"""From an empty database to an open fair, by the browser: set up by hand, and imported from one workbook."""

import json
from datetime import date, time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from fairplatform.workbook.writing import write
from tests.e2e.browser_windows import People
from tests.servers.serve import Server, Servers
from tests.workbook.whole_fair import FAIR

SLUG = FAIR["fair"][0]["slug"]


@pytest.fixture(scope="module")
def server(serve_module: Servers) -> Server:
    """A server whose database is empty before the first test; each test adds a fair."""
    return serve_module("--no-clock")


def organiser_of(server: Server, people: People, slug: str) -> Page:
    """The organiser's window, after the first command, their personal link, its code and their consent."""
    made = json.loads(server.manage("new_fair", slug, "--organiser", f"{slug}@chamber.example", "--json"))
    page = people("organiser", server.url).goes(made["link"].removeprefix(server.url))
    page.get_by_label("Entry code").fill(made["code"])
    page.get_by_label("Entry code").press("Enter")
    page.wait_for_url("**/registration/")
    page.locator("main [type=checkbox]").first.check()
    page.get_by_role("button", name="Agree and continue").click()
    page.wait_for_url("**/organise/")
    return page


def at(page: Page, path: str) -> Page:
    page.goto(page.url.split("/organise/")[0] + "/organise/" + path)
    return page


def saved(page: Page) -> None:
    """Presses the button of the page's form, which leads on to another page: a refused one is shown at its own."""
    address = page.url
    page.locator("main form .button--action").first.click()
    page.wait_for_url(lambda url: url != address)


def set_up(page: Page, name: str) -> None:
    """The name and the two countries of the fair, which nobody has taken for granted."""
    expect(page.get_by_text("The two countries of the fair have not been chosen.")).to_be_visible()
    at(page, "fair/").locator("[name=name_en]").fill(name)
    page.locator("[name=host_country]").select_option("CN")
    page.locator("[name=station_country]").select_option("PK")
    saved(page)


def opened(page: Page) -> None:
    at(page, "open/").locator("main form .button--action").click()
    page.wait_for_url("**/organise/")


def test_a_fair_is_imported_into_an_empty_installation_and_opened(
    server: Server, people: People, tmp_path: Path
) -> None:
    visitor = people("visitor", server.url)
    expect(visitor.goes("/").get_by_text("python manage.py new_fair")).to_be_visible()
    page = organiser_of(server, people, SLUG)
    write(tmp_path / "fair.xlsx", FAIR)
    at(page, "import/").locator("[type=file]").set_input_files(tmp_path / "fair.xlsx")
    page.locator("main form .button--action").click()
    expect(page.locator("#import").get_by_text("The file was checked and has no errors.")).to_be_visible()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.locator("#import").get_by_text("Everything was imported.")).to_be_visible()
    expect(visitor.goes("/").get_by_text("Hardware Fair")).to_have_count(0)
    opened(page)
    seen = visitor.goes("/")
    expect(seen.get_by_role("heading", name="Hardware Fair").first).to_be_visible()
    seen.goto(f"{server.url}/fairs/{SLUG}/halls/1/")
    expect(seen.get_by_role("link", name="Anvil Tools", exact=True)).to_be_visible()


def test_a_fair_is_set_up_by_hand_and_opened(server: Server, people: People) -> None:
    page = organiser_of(server, people, "spring")
    set_up(page, "Spring Fair")
    at(page, "halls/new/").locator("[name=number]").fill("1")
    page.locator("[name=name_en]").fill("Locks")
    saved(page)
    at(page, "days/new/").locator("[name=date]").fill(date(2030, 5, 14).isoformat())
    page.locator("[name=starts]").fill(time(11).strftime("%H:%M"))
    page.locator("[name=ends]").fill(time(13).strftime("%H:%M"))
    saved(page)
    for name, country, city, role in (("Lock Works", "CN", "Yiwu", "sells"), ("Gate Imports", "PK", "Lahore", "buys")):
        at(page, "companies/add/").locator("[name=company-name_en]").fill(name)
        page.locator("[name=company-country]").select_option(country)
        page.locator("[name=company-city_names_en]").fill(city)
        page.locator(f"[name=participation-{role}]").check()
        if role == "sells":
            page.locator("[name=participation-hall]").select_option(index=1)
        saved(page)
    opened(page)
    seen = people("visitor", server.url).goes("/fairs/spring/halls/1/")
    expect(seen.get_by_role("link", name="Lock Works", exact=True)).to_be_visible()


def test_a_printed_card_in_urdu_holds_the_whole_address(server: Server, people: People) -> None:
    page = organiser_of(server, people, "cards")
    set_up(page, "Zhejiang–Pakistan Hardware and Tools Online Trade Fair")
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
