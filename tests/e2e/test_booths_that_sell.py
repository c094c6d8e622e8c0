"""A fair made from a workbook: its booth is written in the draft, found in Urdu, and quotes for a demand."""

from datetime import date, time, timedelta
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser_windows import People
from tests.e2e.imported_fair import SLUG, address, at, invited, pressed, with_imported_fair
from tests.files.made import noise, picture
from tests.servers.serve import Server, Servers
from tests.workbook.whole_fair import Sheets

TODAY = date.today()
FAIR: Sheets = {
    "fair": [
        {
            "slug": SLUG, "name_en": "Hardware Fair", "name_zh": "五金展", "name_ur": "ہارڈ ویئر نمائش",
            "host_country": "CN", "station_country": "PK", "host_zone": "Asia/Shanghai",
            "station_zone": "Asia/Karachi", "slot_minutes": 25, "change_minutes": 5, "languages": ["zh", "en", "ur"],
        }
    ],
    "units": [{"key": "lhr", "name_en": "Lahore Chamber", "country": "PK"}],
    "halls": [{"number": 1, "name_en": "Hand tools", "name_zh": "手工具", "headings": ["8203"]}],
    "days": [
        {"date": TODAY + timedelta(days=days), "starts": time(10), "ends": time(15), "zone": "Asia/Karachi"}
        for days in (1, 2)
    ],
    "companies": [
        {"key": "anvil", "name_en": "Anvil Tools", "name_zh": "铁砧工具", "country": "CN", "city_en": "Yongkang",
         "sells": True, "hall": 1},
        {"key": "bolt", "name_en": "Bolt Works", "country": "CN", "city_en": "Wenzhou", "sells": True, "hall": 1},
        {"key": "ravi", "name_en": "Ravi Traders", "name_ur": "راوی ٹریڈرز", "country": "PK", "city_en": "Lahore",
         "buys": True, "recruiting_unit": "lhr"},
    ],
    "people": [
        {"key": "wang", "name_en": "Wang Fang", "name_zh": "王芳", "role": "manager", "company": "anvil",
         "email": "wang@anvil.example", "write_in": "zh", "speaks": ["zh"], "country": "CN"},
        {"key": "hu", "name_en": "Hu Mei", "role": "manager", "company": "bolt", "email": "hu@bolt.example",
         "write_in": "en", "country": "CN"},
        {"key": "usman", "name_en": "Usman Sheikh", "name_ur": "عثمان شیخ", "role": "manager", "company": "ravi",
         "email": "usman@ravi.example", "write_in": "ur", "speaks": ["ur"], "country": "PK"},
        {"key": "ann", "name_en": "Ann Lee", "role": "organiser", "email": "ann@chamber.example", "write_in": "en",
         "country": "PK"},
    ],
    "products": [
        {"company": "bolt", "article": "B-1", "name_en": "Pliers of Wenzhou", "name_zh": "温州钢丝钳",
         "name_ur": "پلاس", "hs": "820320", "moq": 1000, "unit": "pcs"},
    ],
    "demands": [
        {"key": "safes", "company": "ravi", "kind": "goods", "text_en": "Safes for shops", "hs": "830300",
         "deadline": TODAY + timedelta(days=30)},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def server(serve_module: Servers, tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A server with the fair of the workbook, which is a draft."""
    return with_imported_fair(serve_module, tmp_path_factory, FAIR)


def test_a_booth_is_written_in_the_draft_found_in_urdu_and_quotes_for_a_demand(
    server: Server, people: People, tmp_path: Path
) -> None:
    wang = invited(people, server, "exhibitor", "wang@anvil.example", "zh-hans")
    write_booth(wang)
    add_logo(wang, tmp_path)
    product = add_product(wang, tmp_path)
    add_colleague(wang)
    visitor = people("visitor", server.url, language="ur")
    assert server.status(f"/fairs/{SLUG}/products/{product}/") == 404
    ann = invited(people, server, "organiser", "ann@chamber.example", "en")
    open_fair(ann)
    find_in_urdu(visitor.goes(f"/fairs/{SLUG}/search/"), product)
    usman = invited(people, server, "buyer", "usman@ravi.example", "ur")
    mark(usman, product)
    demand = enter_demand(usman)
    quote(wang, demand, "1.48", "CFR")
    hu = invited(people, server, "rival", "hu@bolt.example", "en")
    quote(hu, demand, "1.22", "FOB")
    guess(hu, demand, product)
    quote(wang, demand, "1.39", "CFR")
    compare(usman, demand)
    read_gaps(ann)


def key_in(page: Page, things: str) -> str:
    return page.url.split(f"/{things}/")[1].split("/")[0]


def write_booth(page: Page) -> None:
    at(page, "office/booth/")
    page.locator("[name^=tagline_zh]").fill("握得牢")
    page.locator("[name=tagline_ur]").fill("مضبوط گرفت")
    expect(page.locator("[data-state=saved]")).to_be_visible()
    expect(page.locator("#preview-page")).to_contain_text("握得牢")
    page.locator("#preview-language").select_option("ur")
    expect(page.locator("#preview-page")).to_contain_text("مضبوط گرفت")
    pressed(page)


def add_logo(page: Page, folder: Path) -> None:
    (folder / "logo.png").write_bytes(picture((400, 400)))
    at(page, "office/files/")
    place = page.locator("section:has(#list-logo)")
    place.locator("input[type=file]").set_input_files(folder / "logo.png")
    expect(place.locator(".attachment")).to_have_count(1)


def add_product(page: Page, folder: Path) -> str:
    at(page, "office/products/new/")
    for name, words in {"name_en": "Combination pliers", "article": "P-8"}.items():
        page.locator(f"[name={name}]").fill(words)
    page.locator("[name=name_ur]").fill("پلاس 8 انچ")
    box = page.get_by_role("combobox").first
    box.fill("پلاس")
    page.get_by_role("option").filter(has_text="8203.20").first.click()
    expect(page.locator(".hs-picker__title")).to_contain_text("8203.20")
    pressed(page)
    key = key_in(page, "products")
    (folder / "pliers.jpg").write_bytes(noise((800, 600)))
    at(page, f"office/products/{key}/files/")
    place = page.locator("section:has(#list-gallery)")
    place.locator("input[type=file]").set_input_files(folder / "pliers.jpg")
    expect(place.locator(".attachment")).to_have_count(1)
    return key


def add_colleague(page: Page) -> None:
    at(page, "office/staff/add/")
    page.locator("[name$=name_en]").first.fill("Li Na")
    pressed(page)
    at(page, "office/staff/")
    page.locator("[name=shift-staff]").select_option(index=2)
    page.locator("[name=shift-day]").select_option(index=0)
    page.locator("[name=shift-starts]").fill("14:00")
    page.locator("[name=shift-ends]").fill("17:00")
    with page.expect_navigation():
        page.locator("form[action$='/shifts/add/'] button").click()
    expect(page.locator(".shift-days")).to_contain_text("Li Na")


def open_fair(page: Page) -> None:
    at(page, "organise/open/").locator("main form .button--action").click()
    page.wait_for_url("**/organise/")


def find_in_urdu(page: Page, product: str) -> None:
    found = page.locator(f".result a[href$='/products/{product}/']")
    for words in ("پلاس", "8203"):
        page.locator("main [name=q]").fill(words)
        with page.expect_navigation():
            page.locator("main [name=q]").press("Enter")
        expect(found).to_have_count(1)
    answer = page.request.get(
        urljoin(page.url, f"/api/v1/fairs/{SLUG}/search"), params={"q": "پلاس", "kind": "product", "lang": "ur"}
    )
    keys = {result["key"]: (result["title"], result["hs"]) for result in answer.json()["results"]}
    assert (len(keys), keys[product]) == (2, ("پلاس 8 انچ", "820320"))
    found.click()
    page.wait_for_function("() => document.querySelector('main img')?.naturalWidth > 0")


def mark(page: Page, product: str) -> None:
    star = at(page, f"products/{product}/").locator(".star").first
    expect(star).to_have_attribute("aria-pressed", "false")  # until the page's script has come, a link to a form
    with page.expect_response("**/favourites/products/**"):
        star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(at(page, "favourites/").locator(f"main a[href$='/products/{product}/']").first).to_be_visible()


def enter_demand(page: Page) -> str:
    at(page, "demands/new/")
    for name, words in {"text_ur": "8 انچ پلاس", "hs_code": "8203.20", "quantity": "5000", "price": "1.35"}.items():
        page.locator(f"[name={name}]").fill(words)
    page.locator("[name=unit]").select_option("pcs")
    page.locator("[name=incoterm]").select_option("CFR")
    expect(page.locator(".hs-picker__title")).to_contain_text("8203.20")  # whoever has not seen it is asked first
    pressed(page)
    return key_in(page, "demands")


def quote(page: Page, demand: str, price: str, incoterm: str) -> None:
    """By the list of demands that suit the company, each with the reason."""
    row = at(page, "demands/wanted/").locator(".demand")
    expect(row.locator(".reasons")).to_contain_text("8203.20")
    row.locator(f"a[href$='/demands/{demand}/quote/']").click()
    page.locator("[name=product]").select_option(index=1)
    page.locator("[name=figure]").fill(price)
    page.locator("[name=incoterm]").select_option(incoterm)
    pressed(page)
    expect(page.locator("main .notice").first).to_be_visible()


def compare(page: Page, demand: str) -> None:
    """Both answers side by side, one with its earlier version, and why neither is the cheapest."""
    answers = at(page, f"demands/{demand}/answers/").locator(".answer")
    expect(answers).to_have_count(2)
    for answer, price, other in zip(answers.all(), ("1.39", "1.22"), ("FOB", "CFR"), strict=True):
        expect(answer.locator(".answer__price")).to_contain_text(price)
        expect(answer.locator(".demand__reasons")).to_contain_text(other)
    expect(page.locator("[data-cheapest]")).to_have_count(0)
    answers.first.locator("summary").first.click()
    expect(answers.first.locator("details").first).to_contain_text("1.48")


def read_gaps(page: Page) -> None:
    headings = at(page, "demands/gaps/").locator("main tbody th")
    expect(headings).to_have_count(1)
    expect(headings).to_contain_text("8303 Safes")


def guess(page: Page, demand: str, product: str) -> None:
    """A rival, who may read the demand, reaches neither the answers of others nor what is another company's."""
    paths = [f"demands/{demand}/answers/", f"demands/{demand}/edit/", f"office/products/{product}/"]
    statuses = [page.request.get(address(page, path)).status for path in paths]
    assert statuses == [403, 403, 404]
