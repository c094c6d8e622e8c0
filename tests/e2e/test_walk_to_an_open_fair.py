"""From an empty database to an open fair and a participant's first opening, by the browser alone.

The organiser reads English; every page is looked at in Chinese and in Urdu too.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser_windows import NARROW, People
from tests.e2e.office_walk import agree, at, enter, faults_in_other_languages, office_of, organiser_of, saved
from tests.servers.serve import Server, Servers
from tests.sizes import full

SLUG = "spring-fair"
FAIR = f"/fairs/{SLUG}/"
LISTS = ("bodies", "units", "halls", "days", "hours", "holidays")
# Pages of the office, and with a slash before them of the fair: those that are looked at.
EMPTY = [*[f"{rows}/" for rows in LISTS], "common-hours/", "companies/", "people/", "links/", "open/"]
FILLED = [
    "", "fair/", *[f"{rows}/" for rows in LISTS], *[f"{rows}/new/" for rows in LISTS], "common-hours/",
    "companies/", "companies/add/", "people/", "people/add/", "links/", "import/", "next/", "close/", "withdraw/",
    FAIR, f"{FAIR}halls/", f"{FAIR}halls/1/", f"{FAIR}about/", f"{FAIR}registration/",
]  # fmt: skip
NUMBER = "+923001112223"


@pytest.fixture(scope="module")
def server(serve_module: Servers) -> Server:
    """A server with an empty database."""
    return serve_module("--no-clock")


def the_fair_itself(page: Page) -> None:
    expect(page.get_by_text("The two countries of the fair have not been chosen.")).to_be_visible()
    # With the countries comes the clock by which the ceremony is entered.
    saved(at(page, "fair/"), name=("Fair", "", ""), host_country="CN", station_country="PK")
    saved(
        at(page, "fair/"),
        name=("Hardware Fair", "五金展", "ہارڈویئر نمائش"),
        theme=("Tools that last", "耐用工具", "پائیدار اوزار"),
        languages=("en", "zh", "ur"),
        min_meetings="2",
        max_meetings="12",
        rooms="6",
        ceremony_at="2030-05-13T09:30",
    )


def the_four_bodies(page: Page) -> None:
    for part, *name in (
        ("host", "Bureau of Commerce", "商务局", "کامرس بیورو"),
        ("executing", "Fair Company", "会展公司", "نمائش کمپنی"),
        ("co_organising", "Lahore Chamber", "拉合尔商会", "لاہور چیمبر"),
        ("supporting", "Bank of Two Rivers", "两江银行", "دو دریا بینک"),
    ):
        saved(at(page, "bodies/new/"), part=part, name=name)
    expect(page.locator(".office-row__line")).to_have_text(
        ["Hosted by", "Organised by", "Co-organised by", "Supported by"], use_inner_text=True
    )


def units_with_quota_and_reply_date(page: Page) -> None:
    bureau = ("County bureau", "县商务局", "کاؤنٹی بیورو")
    saved(at(page, "units/new/"), name=bureau, key="county", country="CN", quota="2", reply_by="2030-04-01")
    saved(at(page, "units/new/"), name=("Members", "会员", "ارکان"), key="members", country="PK", quota="1")
    expect(page.locator(".office-row", has_text="County bureau")).to_contain_text("0 of 2 companies")
    expect(page.locator(".office-row", has_text="County bureau")).to_contain_text("Reply by Mon 1 Apr")


def days_with_slots_in_reserve(page: Page) -> None:
    saved(at(page, "days/new/"), date="2030-05-16", starts="10:00", ends="13:00", reserve_slots="1")
    # The next day is offered with the times of the last one: a Friday.
    saved(at(page, "days/new/"))
    expect(page.locator(".office-row__line")).to_have_text(
        ["10:00–13:00 Pakistan time 6 slots 1 in reserve"] * 2, use_inner_text=True
    )


def calendars_and_holidays_by_city(page: Page) -> None:
    at(page, "hours/").get_by_role("button", name="Confirm the usual hours").click()
    expect(page.get_by_role("link", name="Pakistan · Fri", exact=True)).to_be_visible()
    karachi = {"country": "PK", "city": "Karachi", "weekdays": ["6"], "opens": "11:00", "closes": "15:00"}
    saved(at(page, "hours/new/"), **karachi, pauses="13:00-13:30 Lunch")
    holiday = ("City festival", "城市节日", "شہر کا میلہ")
    saved(at(page, "holidays/new/"), date="2030-05-16", name=holiday, country="PK", city="Lahore")
    day_off = ("Working Sunday", "周日上班", "اتوار کام کا دن")
    saved(at(page, "holidays/new/"), date="2030-05-12", name=day_off, country="CN", works=True)
    friday = at(page, "common-hours/").locator("section", has_text="Fri 17 May")
    expect(friday).to_contain_text("5 of 6 slots are within the common hours")
    lahore = page.locator("section", has_text="Thu 16 May").locator("figure, div, li", has_text="Pakistan · Lahore")
    expect(lahore.last).to_contain_text("City festival")


def companies_and_their_people(page: Page) -> None:
    saved(at(page, "halls/new/"), number="1", name=("Locks", "锁具", "تالے"), headings="8301")
    for role, unit, hall, name, city, manager in (
        (
            "sells",
            "County bureau",
            "1 · Locks",
            ("Lock Works", "锁厂", "لاک ورکس"),
            "Yiwu",
            ("Wu Gang", "吴刚", "وو گانگ"),
        ),
        ("buys", "Members", "", ("Gate Imports", "大门进口", "گیٹ امپورٹس"), "Lahore", ("Usman", "乌斯曼", "عثمان")),
    ):
        country, seller = ("CN", True) if role == "sells" else ("PK", False)
        at(page, "companies/add/")
        page.locator("[name=participation-unit]").select_option(label=unit)
        if seller:
            page.locator("[name=participation-hall]").select_option(label=hall)
        places = {"company__city_names_en": city, "company__country": country, f"participation__{role}": True}
        saved(page, company__name=name, **places, participation__offers="8301" if seller else "")
        page.get_by_role("link", name="Add a person").click()
        number = {"person__email": "wu@locks.example"} if seller else {"person__phone": "0300 1112223"}
        saved(page, person__name=manager, place__role="manager", person__speaks=["zh" if seller else "ur"], **number)


def an_interpreter(page: Page) -> None:
    at(page, "").get_by_role("link", name="No interpreter for Chinese–Urdu.").click()
    page.get_by_role("link", name="Add a person").click()
    name, pairs = ("Rabia", "拉比娅", "رابعہ"), "zh-ur"
    role = {"place__role": "interpreter", "place__language_pairs": pairs, "place__max_minutes_a_day": "240"}
    saved(page, person__name=name, person__country="PK", person__language="ur", person__phone="03007654321", **role)
    expect(at(page, "").get_by_text("There is an interpreter for every pair of languages.")).to_be_visible()


def handed_out(page: Page, name: str) -> tuple[str, str]:
    """The address and the code on the printed card of one person."""
    row = at(page, "links/").get_by_role("row", name=re.compile(name))
    row.locator("[name=people]").check()
    page.get_by_role("button", name="Print cards").click()
    page.wait_for_url("**/issued/")
    card = page.locator(".handout").inner_text()
    [address], [code] = re.findall(r"https?://\S+", card), re.findall(r"\d{3} \d{3}", card)
    return address, code.replace(" ", "")


def first_opening(people: People, server: Server, address: str, code: str) -> Page:
    """A buyer on a phone, in Urdu, who first does not agree, and then does."""
    page = people("buyer", server.url, language="ur", size=NARROW).goes(address.removeprefix(server.url))
    expect(page.locator("main")).to_contain_text("عثمان")
    enter(page, code)
    expect(page.locator("[name=speaks][value=ur]")).to_be_checked()
    page.locator("[name=answer][value=decline]").click()
    expect(page.locator("main .notice").last).to_have_text(
        "آپ نے رضامندی نہیں دی۔ آپ اپنا جواب کسی بھی وقت بدل سکتے ہیں۔"
    )
    page.locator("[name=answer][value=agree]").click()
    expect(page.locator(".field__error")).to_have_text("اگر آپ رضامند ہیں تو یہاں نشان لگائیں۔")
    agree(page)
    page.wait_for_url("**/demands/")
    return page


def contact_data_stay(page: Page, people: People, server: Server, address: str, code: str) -> None:
    """With organisers and the unit: the exhibitor finds the buyer, and neither number nor address."""
    exhibitor = people("exhibitor", server.url, language="zh-hans").goes(address.removeprefix(server.url))
    enter(exhibitor, code)
    agree(exhibitor)
    for path in ("buyers/", "recommended/", "day/", "messages/"):
        exhibitor.goto(f"{server.url}{FAIR}{path}")
        shown = exhibitor.content()
        assert [digits for digits in (NUMBER, "3001112223", "300 1112223") if digits in shown] == []
        assert path != "buyers/" or "大门进口" in shown
    expect(at(page, "people/").get_by_role("row", name=re.compile("Usman"))).to_contain_text("+92 300 1112223")


def test_fair_is_set_up_by_hand_and_opened_and_its_people_come_in(server: Server, people: People) -> None:
    visitor = people("visitor", server.url)
    expect(visitor.goes("/").get_by_text("python manage.py new_fair")).to_be_visible()
    page = organiser_of(server, people, SLUG)
    the_fair_itself(page)
    assert faults_in_other_languages(page, full(EMPTY, small=EMPTY[-1:])) == {}
    the_four_bodies(page)
    units_with_quota_and_reply_date(page)
    days_with_slots_in_reserve(page)
    calendars_and_holidays_by_city(page)
    companies_and_their_people(page)
    an_interpreter(page)
    buyer, exhibitor = handed_out(page, "Usman"), handed_out(page, "Wu Gang")
    assert faults_in_other_languages(at(page, ""), ["links/issued/"]) == {}
    first_opening(people, server, *buyer)
    expect(visitor.goes("/").get_by_text("Hardware Fair")).to_have_count(0)
    saved(at(page, "open/"))
    expect(page.get_by_text("1 of 2 companies")).to_be_visible()
    assert faults_in_other_languages(page, FILLED) == {}
    contact_data_stay(page, people, server, *exhibitor)
    seen = visitor.goes(f"{FAIR}halls/1/")
    expect(seen.get_by_role("link", name="Lock Works", exact=True)).to_be_visible()
    assert office_of(page).endswith(f"{FAIR}organise/")
