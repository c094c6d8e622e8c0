"""Links on paper: cards of the size A6, four on a sheet, and a list; each recruiting unit's on sheets of its own."""

import re

import pytest
from playwright.sync_api import Page, expect

from fairplatform.workbook.writing import write
from tests.e2e.browser_windows import People
from tests.e2e.imported_fair import SLUG, at, invited
from tests.servers.serve import Server, Servers
from tests.workbook.whole_fair import Sheets

MM = 96 / 25.4  # CSS pixels
LONG = {
    "name_en": "Muhammad Usman Qureshi-Siddiqui",
    "name_zh": "穆罕默德·乌斯曼·库雷希",
    "name_ur": "محمد عثمان قریشی صدیقی",
}
# The languages of five people of one unit and of two of another: six sheets' worth of cards are three sheets.
WRITTEN = {"lahore": ("en", "zh", "ur", "ur", "en"), "yongkang": ("zh", "en")}


def sheets() -> Sheets:
    firm = {
        "name_en": "Qureshi Brothers Hardware and Building Materials (Private) Limited",
        "name_zh": "库雷希兄弟五金建材有限公司",
        "name_ur": "قریشی برادرز ہارڈ ویئر اینڈ بلڈنگ مٹیریلز",
    }
    units = [
        {"key": key, "name_en": f"{key.title()} Chamber", "name_zh": "商会", "name_ur": "چیمبر", "country": "PK"}
        for key in WRITTEN
    ]
    companies = [
        {"key": key, **firm, "country": "PK", "city_en": "Lahore", "buys": True, "recruiting_unit": key}
        for key in WRITTEN
    ]
    people = [
        {**LONG, "key": f"{key}-{number}", "role": "staff", "company": key, "write_in": language, "country": "PK"}
        for key, languages in WRITTEN.items()
        for number, language in enumerate(languages)
    ]
    organisers = [
        {"key": key, "name_en": key.title(), "role": "organiser", "email": f"{key}@fair.example", "write_in": "en",
         "country": "CN"}
        for key in ("ann", "ben")
    ]  # fmt: skip
    fair = {
        "slug": SLUG, "name_en": "Zhejiang–Pakistan Hardware and Tools Online Trade Fair",
        "name_zh": "浙江—巴基斯坦五金工具网上交易会", "name_ur": "ژے جیانگ پاکستان ہارڈ ویئر آن لائن تجارتی نمائش",
        "host_country": "CN", "station_country": "PK", "host_zone": "Asia/Shanghai", "station_zone": "Asia/Karachi",
        "slot_minutes": 25,
    }  # fmt: skip
    return {"fair": [fair], "units": units, "companies": companies, "people": [*people, *organisers]}


@pytest.fixture(scope="module")
def server(serve_module: Servers, tmp_path_factory: pytest.TempPathFactory) -> Server:
    started, file = serve_module("--no-clock"), tmp_path_factory.mktemp("walk") / "fair.xlsx"
    write(file, sheets())
    started.manage("import", str(file))
    return started


def handed_out(server: Server, people: People, organiser: str, button: str) -> Page:
    """By an organiser who comes in for the first time."""
    page = invited(people, server, "organiser", f"{organiser}@fair.example", "en")
    at(page, "organise/links/?role=staff").locator("#everyone").check()
    page.get_by_role("button", name=button).click()
    page.wait_for_url("**/issued/")
    page.emulate_media(media="print")
    return page


def paper(page: Page) -> list[tuple[int, int]]:
    """The sizes in millimetres of the sheets that come out of the printer."""
    content = page.pdf(prefer_css_page_size=True).decode("latin1")
    boxes = re.findall(r"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", content)
    return [(round(float(wide) / 72 * 25.4), round(float(high) / 72 * 25.4)) for wide, high in boxes]


def test_cards_are_cut_to_a6_and_each_unit_has_its_own_sheets(server: Server, people: People) -> None:
    page = handed_out(server, people, "ann", "Print cards")
    cards = page.locator(".handout")
    expect(cards).to_have_count(7)
    for card in cards.all():
        box = card.bounding_box()
        assert box
        assert (round(box["width"] / MM), round(box["height"] / MM)) == (105, 148)
        # Large enough for a phone.
        square = card.locator("svg").bounding_box()
        assert square and round(square["width"] / MM) >= 24
        assert card.locator(".handout__link").is_visible()
    # Nothing of them is cut off, in no language.
    cut = "card => [card.scrollHeight - card.clientHeight, card.scrollWidth - card.clientWidth]"
    assert [card.evaluate(cut) for card in cards.all()] == [[0, 0]] * 7
    assert [card.get_attribute("dir") for card in cards.all()] == [
        "rtl" if language == "ur" else "ltr" for languages in WRITTEN.values() for language in languages
    ]
    # Five cards of the first unit take two sheets, the two of the second one.
    assert paper(page) == [(210, 297)] * 3


def test_the_list_of_each_unit_begins_on_a_sheet_of_its_own(server: Server, people: People) -> None:
    page = handed_out(server, people, "ben", "Print a list for each unit")
    titles = page.locator(".handouts-of-unit > h2")
    assert [title.inner_text() for title in titles.all()] == ["Lahore Chamber", "Yongkang Chamber"]
    for entry in page.locator(".handout").all():
        assert entry.evaluate("entry => entry.scrollWidth - entry.clientWidth") == 0
        square, steps = (entry.locator(part).bounding_box() for part in (".handout__square", ".handout__steps"))
        assert square and steps
        # The steps stand beside the square, on the side where the language ends.
        is_rtl = entry.get_attribute("dir") == "rtl"
        assert (steps["x"] + steps["width"] <= square["x"]) if is_rtl else (square["x"] + square["width"] <= steps["x"])
    starts = page.locator(".handouts-of-unit").nth(1).evaluate("part => getComputedStyle(part).breakBefore")
    assert (starts, len(paper(page)) >= 2) == ("page", True)
