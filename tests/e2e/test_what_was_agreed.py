"""From what two companies say, each in its language, to the ledger, the public page and the organisers' report."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser_windows import NARROW, People, Person
from tests.servers.serve import Server, Servers

FAIR = "/fairs/pk2020/"
AMOUNT = "234,500"


@pytest.fixture(scope="module")
def fair(serve_module: Servers) -> Server:
    """A demonstration of these tests' own; the tests build on each other in their order."""
    return serve_module(demo=True)


def enter(person: Person, persona: str) -> Page:
    """Signs in as a persona; by its key, for the buttons are in the person's language."""
    page = person.goes("/demonstration/")
    page.locator(f'form[action="/demonstration/enter/{persona}/"] button').first.click()
    page.wait_for_url(lambda url: "/demonstration/" not in url)
    return page


def running_meeting(page: Page, server: Server) -> str:
    """The path of the meeting that this person could enter now."""
    page.goto(f"{server.url}{FAIR}day/")
    address = page.locator('main a[href*="/room/"]').first.get_attribute("href")
    assert address is not None
    return address.split("room/")[0]


def totals(page: Page) -> dict[str, str]:
    """The ledger's totals of what the parties have confirmed, by type."""
    rows = page.locator('table.ledger tr[data-provenance="parties"]:has(a[href*="provenance=parties"])')
    cells = [(row.locator("th").inner_text(), row.locator("td").nth(2).inner_text()) for row in rows.all()]
    return {name: total.replace("\N{NO-BREAK SPACE}", " ") for name, total in cells}


def concluded(page: Page, server: Server) -> int:
    """What both sides have confirmed as concluded purchases in the fair's report, in US dollars."""
    page.goto(f"{server.url}{FAIR}report/")
    return int(re.sub(r"\D", "", page.locator('a[href*="concluded_amount_confirmed"]', has_text="USD").inner_text()))


def release(page: Page, own: Locator) -> None:
    """Releases the agreement that the link opens, with its amount."""
    own.click()
    page.locator("#release form input[name=amount]").check()
    page.locator("#release form button.button--action").click()


def test_what_two_companies_agree_reaches_ledger_public_page_and_report(fair: Server, people: People) -> None:
    seller = people("seller", fair.url, language="zh-hans", time_zone="Asia/Shanghai")
    buyer, organiser = people("buyer", fair.url, language="ur", size=NARROW), people("organiser", fair.url)
    selling, buying, office = enter(seller, "exhibitor"), enter(buyer, "buyer"), enter(organiser, "organiser")
    before = concluded(office, fair)
    office.goto(f"{fair.url}{FAIR}organise/ledger/")
    assert not any(name.startswith("Contract") for name in totals(office))

    # The seller writes in Chinese, and reads how the amount was understood before it is submitted.
    meeting = running_meeting(selling, fair)
    selling.goto(f"{fair.url}{meeting}outcome/")
    expect(selling.locator("html")).to_have_attribute("lang", "zh-Hans")
    selling.locator("[name=kind]").select_option("contract")
    selling.locator("[name=amount]").fill("23.45万")
    selling.locator("[name=currency]").select_option("USD")
    expect(selling.locator("#amount-read bdi")).to_contain_text(AMOUNT)
    selling.locator("#outcome-form button.button--large").click()
    expect(selling.locator("#outcome")).to_have_attribute("data-state", "waiting")

    # The buyer confirms on a phone, in Urdu; the seller's page says so by itself.
    buying.goto(f"{fair.url}{meeting}outcome/")
    expect(buying.locator("html")).to_have_attribute("dir", "rtl")
    expect(buying.locator("#outcome")).to_contain_text(AMOUNT)
    buying.locator(".bottom-bar button, #confirm-theirs").locator("visible=true").first.click()
    for window in (buying, selling):
        expect(window.locator("#outcome")).to_have_attribute("data-state", "agreed")

    # It is in the ledger, in a total of its own that opens to it.
    office.goto(f"{fair.url}{FAIR}organise/ledger/")
    assert totals(office)["Contract"] == f"USD {AMOUNT}"
    office.get_by_role("link", name="Contract", exact=True).click()
    entry = office.locator("#list table.ledger tbody tr")
    expect(entry).to_have_count(1)
    expect(entry).to_contain_text("Torange Hardware Traders")
    # Nobody else reads of it until both have released it.
    public = people("visitor", fair.url).goes(f"{FAIR}agreements/")
    expect(public.locator("main")).not_to_contain_text("Torange")
    for window in (buying, selling):
        window.goto(f"{fair.url}{FAIR}day/")
        window.locator('a[href$="/agreements/"]').first.click()
        release(window, window.locator("table.ledger a").first)
    public.reload()
    expect(public.locator("table.ledger")).to_contain_text("Torange Hardware Traders")
    expect(public.locator("table.ledger")).to_contain_text(AMOUNT)

    # The report has it, and its figure opens to its rows.
    assert concluded(office, fair) - before == 234_500
    office.locator('a[href*="concluded_amount_confirmed"]', has_text="USD").click()
    expect(office.locator("main")).to_contain_text(AMOUNT)
