"""The evening of a day of the fair: what a liaison officer drafts, whom organisers call, and the brief of the day."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser_windows import NARROW, People, Person
from tests.servers.serve import Server, Servers

FAIR = "/fairs/pk2020/"
SELLER, BUYER = "بوبوجن ٹولز", "ترنج ہارڈ ویئر ٹریڈرز"  # as an Urdu page calls them
AMOUNT = "345,600"


@pytest.fixture(scope="module")
def fair(serve_module: Servers) -> Server:
    """A demonstration of these tests' own."""
    return serve_module(demo=True)


def enter(person: Person, persona: str) -> Page:
    """Signs in as somebody of the demonstration, by their key."""
    page = person.goes("/demonstration/")
    page.locator(f'form[action="/demonstration/enter/{persona}/"] button').first.click()
    page.wait_for_url(lambda url: "/demonstration/" not in url)
    return page


def value(page: Page, key: str) -> Locator:
    """A figure of the brief of the whole fair so far, once it is frozen or as it is now."""
    return page.locator(f'a[href*="{key}"][href*="scope=so_far"]')


def test_a_draft_of_a_liaison_officer_the_call_list_and_a_brief_that_stays(fair: Server, people: People) -> None:
    liaison = people("liaison", fair.url, language="ur", size=NARROW)
    office = enter(people("organiser", fair.url), "organiser")
    drafting = enter(liaison, "liaison-2")

    # The liaison officer of the buyer's association finds the meeting in progress, and drafts what was said in it.
    drafting.goto(f"{fair.url}{FAIR}day/")
    task = drafting.locator("ul.to-do li").filter(has_text=BUYER).filter(has_text=SELLER)
    address = task.locator('a[href$="/outcome/"]').first.get_attribute("href")
    assert address is not None
    drafting.goto(f"{fair.url}{address}")
    drafting.locator("[name=kind]").select_option("order")
    drafting.locator("[name=amount]").fill("345600")
    drafting.locator("[name=currency]").select_option("USD")
    expect(drafting.locator("#amount-read bdi").first).to_contain_text(AMOUNT)
    drafting.locator(".bottom-bar button[form=outcome-form]").click()
    expect(drafting.locator("#outcome")).to_have_attribute("data-state", "drafted")
    expect(drafting.locator("#outcome")).to_contain_text(AMOUNT)

    # Both companies still owe it: the call list has their mobiles, a sheet for each recruiting unit.
    office.goto(f"{fair.url}{FAIR}organise/outcomes/")
    office.get_by_role("link", name="Call list", exact=True).click()
    sheet = office.locator("section.day-paper").filter(has_text="Demo Hardware Merchants Association")
    expect(sheet.first).to_contain_text(re.compile(r"\+92\s*00"))

    # The brief of today: drafted, approved before the day is over, frozen.
    office.goto(f"{fair.url}{FAIR}report/briefs/")
    office.locator("main table tbody tr a").nth(2).click()
    expect(office.locator("main")).to_contain_text("Draft, not approved")
    before = value(office, "concluded_amount_confirmed").first.inner_text()
    assert before == "USD\N{NO-BREAK SPACE}145,000"
    office.locator("[name=stories_en]").fill("Pliers for Lahore")
    office.get_by_role("button", name="Save", exact=True).click()
    expect(office.locator(".brief__words")).to_have_text("Pliers for Lahore")
    office.locator("[name=early]").check()
    office.get_by_role("button", name="Approve", exact=True).click()
    expect(office.locator("main")).to_contain_text("Approved by")
    expect(office.locator("main")).to_contain_text("None: all figures are as they were when the brief was approved.")
    expect(office.locator("main")).to_contain_text("1 USD = 7.09 CNY")

    # Both companies confirm the draft: the brief keeps its figure, and lists the new one as a correction.
    for name, persona, state in (("seller", "exhibitor", "waiting"), ("buyer", "buyer", "agreed")):
        window = enter(people(name, fair.url), persona)
        window.goto(f"{fair.url}{address}")
        expect(window.locator("#outcome")).to_contain_text(AMOUNT)
        window.locator("#confirm-theirs, button[form=outcome-confirm]").locator("visible=true").first.click()
        expect(window.locator("#outcome")).to_have_attribute("data-state", state)
    office.reload()
    expect(office.locator("table.brief__table").nth(1)).to_contain_text(before)
    corrections = office.locator("section[aria-labelledby=corrections] tbody tr")
    of_fair = corrections.filter(has_text="Fair so far").filter(has_text="USD\N{NO-BREAK SPACE}490,600")
    assert of_fair.locator("s").inner_text() == before
    expect(office.locator("main")).to_contain_text("Approved by")
