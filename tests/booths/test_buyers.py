"""The list of a fair's buyers, for its exhibitors."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from booths.models import Demand
from fairplatform.accounts.models import Company, User
from fairplatform.fairs.models import Fair, Participation
from tests.factories import (
    make_attachment,
    make_buyer,
    make_exhibitor,
    make_fair,
    make_person,
    make_product,
    make_quote,
    make_staff,
    three,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair() -> Fair:
    return make_fair()


@pytest.fixture
def seller(fair: Fair) -> User:
    return make_staff(make_exhibitor(fair))


def buyer(fair: Fair, name: str, wants: list[str] | None = None, **fields: object) -> Participation:
    participation = make_buyer(fair)
    Company.objects.filter(pk=participation.company_id).update(name=three(name), slug=name.lower())
    Participation.objects.filter(pk=participation.pk).update(wants=wants or [], **fields)
    return participation


def page(person: User, fair: Fair, query: str = "") -> str:
    reader = Client()
    reader.force_login(person)
    answer = reader.get(reverse("booths:buyers", args=[fair.slug]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def names(html: str) -> list[str]:
    return [re.sub(r"<[^>]*>", "", name) for name in re.findall(r'<h3 class="buyer__name">(.*?)</h3>', html)]


def test_the_approved_buyers_of_this_fair_are_listed_with_what_they_look_for(fair: Fair, seller: User) -> None:
    shown = buyer(fair, "Lahore", ["8203", "820320"])
    buyer(fair, "Waiting", state="submitted")
    buyer(fair, "Refused", state="refused")
    buyer(make_fair(), "Elsewhere")
    make_exhibitor(fair)
    html = page(seller, fair)
    assert names(html) == ["Lahore"]
    assert html.count(">8203<") == 1
    assert f'href="{reverse("meetings:request_make", args=[fair.slug, shown.pk])}"' in html


def test_no_person_email_or_phone_of_a_buyer_is_shown(fair: Fair, seller: User) -> None:
    person = make_staff(buyer(fair, "Lahore"))
    User.objects.filter(pk=person.pk).update(email="hidden@buyer.example", phone="+923001234567", name=three("Secret"))
    html = page(seller, fair)
    assert names(html) == ["Lahore"]
    assert [word for word in ("hidden@", "3001234567", "Secret") if word in html] == []


def test_headings_of_the_readers_own_booth_come_first_and_the_rest_is_folded(fair: Fair) -> None:
    ours = make_exhibitor(fair)
    make_product(ours, hs6="851511")
    make_product(make_exhibitor(fair), hs6="848210")
    buyer(fair, "Lahore", ["8203", "8413", "8482", "8504", "8515"])
    at_once, folded = re.split(r"<details>\s*<summary", page(make_staff(ours), fair))
    assert re.findall(r'<bdi dir="ltr">(\d{4})</bdi>', at_once) == ["8515", "8203", "8413", "8482"]
    assert re.findall(r'<bdi dir="ltr">(\d{4})</bdi>', folded) == ["8504"]


def test_the_readers_own_company_is_not_listed(fair: Fair) -> None:
    both = make_exhibitor(fair)
    Participation.objects.filter(pk=both.pk).update(buys=True)
    buyer(fair, "Lahore")
    assert names(page(make_staff(both), fair)) == ["Lahore"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("mult", ["Multan"]),
        ("8203", ["Lahore", "Multan"]),
        ("8203.20", ["Lahore", "Multan"]),
        ("8413", ["Karachi"]),
        ("0", []),
        ("%", []),
        ("", ["Karachi", "Lahore", "Multan"]),
    ],
)
def test_search_by_name_and_by_code(fair: Fair, seller: User, query: str, found: list[str]) -> None:
    for name, wants in (("Lahore", ["8203"]), ("Multan", ["8203"]), ("Karachi", ["841370"])):
        buyer(fair, name, wants)
    html = page(seller, fair, f"?q={query.replace('%', '%25')}")
    assert names(html) == found
    assert ('class="empty"' in html) == (not found)


def test_pages_of_the_list_keep_the_search(fair: Fair, seller: User) -> None:
    for number in range(30):
        buyer(fair, f"Trader{number:02}")
    first, second = page(seller, fair, "?q=trader"), page(seller, fair, "?q=trader&page=2")
    assert names(first) + names(second) == [f"Trader{number:02}" for number in range(30)]
    assert 'href="?q=trader&amp;page=2"' in first


def test_more_buyers_cost_no_more_queries(fair: Fair, seller: User) -> None:
    numbers = []
    for number in range(3):
        for extra in range(10 * number):
            buyer(fair, f"Trader{number}x{extra:02}", ["8203"])
        with CaptureQueriesContext(connection) as queries:
            page(seller, fair)
        numbers.append(len(queries))
    # Nor does a second page.
    assert numbers[2] == numbers[1]


def demand(of: Participation, text: str, **fields: object) -> Demand:
    return Demand.objects.create(fair=of.fair, participation=of, text=three(text), **{"kind": "goods", **fields})


def speaking(of: Participation, *languages: str) -> None:
    User.objects.filter(pk=make_staff(of).pk).update(speaks=list(languages))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("heading=82", ["Lahore", "Multan"]),
        ("heading=8203", ["Lahore", "Multan"]),
        ("heading=820320", ["Multan"]),
        ("heading=8413", ["Karachi"]),
        ("cooperation=agency", ["Karachi", "Lahore"]),
        ("country=AE", ["Multan"]),
        ("city=karachi", ["Karachi"]),
        ("kind=retail", ["Lahore"]),
        ("mine=on", ["Lahore"]),
        ("demands=on", ["Karachi"]),
        ("heading=8203&cooperation=agency", ["Lahore"]),
    ],
)
def test_filters_narrow_buyers(fair: Fair, seller: User, query: str, found: list[str]) -> None:
    lahore = buyer(fair, "Lahore", ["8203"], cooperation=["agency"])
    multan = buyer(fair, "Multan", ["820320"])
    karachi = buyer(fair, "Karachi")
    for one, fields in (
        (lahore, {"kind": "retail"}), (multan, {"country": "AE", "city": "dubai"}), (karachi, {"city": "karachi"})
    ):  # fmt: skip
        Company.objects.filter(pk=one.company_id).update(**fields)
    demand(karachi, "Pumps", kind="agency", hs_code="841370", deadline="2999-01-01")
    demand(lahore, "Too late", kind="training", hs_code="9401", deadline="2001-01-01")
    speaking(lahore, "en")
    speaking(multan, "ur")
    html = page(seller, fair, f"?{query}")
    assert (names(html), 'role="alert"' in html) == (found, False)


def test_only_what_some_buyer_is_or_wants_is_offered(fair: Fair, seller: User) -> None:
    lahore = buyer(fair, "Lahore", ["8203"], cooperation=["agency"])
    hidden = buyer(fair, "Waiting", ["9403"], state="submitted", cooperation=["training"])
    Company.objects.filter(pk=hidden.company_id).update(city="multan", kind="retail")
    demand(lahore, "Pumps", kind="distribution", hs_code="841370")
    html = page(seller, fair)
    offered = {
        name: re.findall(r'<option value="([^"]+)"', select)
        for name, select in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', html, re.DOTALL)
    }
    assert offered == {
        "heading": ["82", "8203", "84", "8413"], "cooperation": ["agency", "distribution"], "country": ["PK"],
        "city": ["lahore"], "kind": ["both"],
    }  # fmt: skip


def test_open_demands_and_languages_are_shown_and_neither_plan_nor_suppliers(fair: Fair, seller: User) -> None:
    shown = buyer(fair, "Lahore", plan_minor=77_777_700, plan_currency="USD", suppliers="Rival Ltd")
    speaking(shown, "ur", "en")
    demand(shown, "Ten thousand pliers", entered_by="Chamber clerk")
    demand(shown, "Too late", deadline="2001-01-01")
    html = page(seller, fair)
    assert html.count("Ten thousand pliers") == 1
    assert [words for words in ("Too late", "777,77", "Rival Ltd", "Chamber clerk") if words in html] == []
    assert re.findall(r"Languages: (.*?)</p>", html) == ["Urdu · English"]


def test_demands_that_can_be_answered_lead_to_their_pages(fair: Fair, seller: User) -> None:
    shown = buyer(fair, "Lahore")
    rival = make_exhibitor(fair)
    current, answered = demand(shown, "Pumps"), demand(shown, "Pliers")
    make_quote(answered, rival, make_staff(rival))
    demand(shown, "Closed", state="closed"), demand(shown, "Waiting", state="waiting")
    html = page(seller, fair)
    links = re.findall(r'<li><a href="([^"]*)"', html.partition("Open demands")[2])
    assert links == [one.get_absolute_url() for one in (answered, current)]


def test_buyers_are_shown_with_their_logos(fair: Fair, seller: User) -> None:
    shown = buyer(fair, "Lahore")
    buyer(fair, "Multan")
    logo = make_attachment(shown.company, "logo")
    assert re.findall(r'picture--logo">\s*<img src="([^"]*)"', page(seller, fair)) == [
        f"/files/pictures/{logo.file.sha256}/"
    ]


@pytest.mark.parametrize("role", ["buyer", "visitor"])
def test_neither_buyers_nor_visitors_see_the_list(fair: Fair, role: str) -> None:
    demand(buyer(fair, "Lahore"), "Ten thousand pliers")
    person = make_staff(make_buyer(fair)) if role == "buyer" else make_person()
    reader = Client()
    reader.force_login(person)
    answer = reader.get(reverse("booths:buyers", args=[fair.slug]))
    assert (answer.status_code, "Ten thousand" in answer.text, "Lahore" in answer.text) == (403, False, False)


def test_demands_and_people_of_more_buyers_cost_no_more_queries(fair: Fair, seller: User) -> None:
    numbers = []
    for number in (2, 10):
        for extra in range(number):
            one = buyer(fair, f"Trader{number}x{extra:02}", ["8203"])
            make_attachment(one.company, "logo")
            speaking(one, "en")
            demand(one, "Pliers", hs_code="8203")
        with CaptureQueriesContext(connection) as queries:
            page(seller, fair, "?heading=8203&mine=on&demands=on")
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_a_buyer_that_also_sells_leads_to_its_booth(fair: Fair, seller: User, client: Client) -> None:
    both = make_exhibitor(fair)
    Participation.objects.filter(pk=both.pk).update(buys=True, wants=["721420"])
    buyer(fair, "Only buys")
    client.force_login(seller)
    page = client.get(reverse("booths:buyers", args=[fair.slug])).text
    assert page.count("Also sells") == 1
    assert f'<a href="{both.booth.get_absolute_url()}">booth {both.booth.number}</a>' in page
