"""The list below the search box: by keyboard, with the names that screen readers are told, and from right to left."""

import pytest
from playwright.sync_api import expect

from fairplatform.fairs.models import Fair
from tests.e2e.browser_windows import People
from tests.factories import make_exhibitor, make_fair, make_product
from tests.servers.serve import Server
from tests.servers.server_database import in_database_of

pytestmark = pytest.mark.engines


@pytest.fixture
def fair(plain_server: Server) -> Fair:
    def make() -> Fair:
        exhibitor = make_exhibitor(make_fair(state="open"))
        make_product(exhibitor, {"en": "Padlock", "zh-hans": "挂锁", "ur": "تالا"}, hs6="830110")
        return exhibitor.fair

    return in_database_of(plain_server, make)


def test_arrows_choose_and_enter_opens(people: People, plain_server: Server, fair: Fair) -> None:
    page = people("visitor", plain_server.url).goes(f"/fairs/{fair.slug}/search/")
    box = page.get_by_role("combobox")
    box.press_sequentially("padl")
    options = page.get_by_role("option")
    expect(options).to_have_text(["HS 8301 · Padlocks and locks of base metal HS heading", "Padlock Product"])
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowUp")
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-2")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    box.press("ArrowDown")
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("padl")
    box.press_sequentially("o")
    expect(options).to_have_count(2)
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url(f"**/fairs/{fair.slug}/search/?q=8301")


def test_a_line_is_chosen_with_the_pointer_in_urdu(people: People, plain_server: Server, fair: Fair) -> None:
    page = people("visitor", plain_server.url, language="ur").goes(f"/fairs/{fair.slug}/")
    page.get_by_role("combobox").press_sequentially("تا")
    option = page.get_by_role("option").first
    box, line = page.get_by_role("combobox").bounding_box(), option.bounding_box()
    assert box and line and line["x"] + line["width"] <= box["x"] + box["width"] + 60
    option.click()
    expect(page.locator(".result__title mark")).to_have_text("تالا")
