"""Quotes side by side: like with like, and never a figure that nobody has named."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from booths.models import Quote
from fairplatform.accounts.models import User
from fairplatform.demands.comparison import Answer, compare
from fairplatform.demands.queries import answers
from fairplatform.fairs.models import Fair, Participation
from fairplatform.policy import Role
from tests.demands.pages import browser, url
from tests.factories import make_buyer, make_demand, make_exhibitor, make_quote, make_role, make_staff

pytestmark = pytest.mark.django_db
TODAY = date(2020, 5, 14)


def quotes(fair: Fair, *offers: dict[str, Any]) -> list[Quote]:
    demand = make_demand(make_buyer(fair))
    for offer in offers:
        seller = make_exhibitor(fair)
        make_quote(demand, seller, make_staff(seller), **offer)
    return answers(demand)


def compared(fair: Fair, *offers: dict[str, Any]) -> list[Answer]:
    with translation.override("en"):
        return compare(quotes(fair, *offers), TODAY)


def test_the_cheapest_of_comparable_quotes_is_marked(fair: Fair) -> None:
    found = compared(fair, {"price": 12_000}, {"price": 11_000, "incoterm": "FCA"}, {"price": 13_000})
    assert [(one.version.price, one.is_cheapest, one.notes) for one in found] == [
        (11_000, True, []), (12_000, False, []), (13_000, False, []),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"incoterm": "CFR"}, "CFR against FOB"),
        ({"incoterm": "EXW"}, "EXW against FOB"),
        ({"hs_code": "830110"}, "HS 8301 against HS 8203"),
        ({"hs_code": "82"}, "an HS heading is missing"),
        ({"hs_code": ""}, "an HS heading is missing"),
        ({"quantity": 500}, "500 pieces against 5,000 pieces"),
        ({"quantity": None}, "a quantity is missing"),
        ({"currency": "CNY"}, "different currencies"),
        ({"unit": "dozen"}, "different units"),
        ({"incoterm": ""}, "a delivery term is missing"),
        ({"place": "shanghai"}, "Shanghai against Ningbo"),
        ({"place": "Dock 7"}, "Dock 7 against Ningbo"),
        ({"place": ""}, "a named place is missing"),
    ],
)
def test_what_cannot_be_compared_says_why_and_is_never_the_cheapest(
    fair: Fair, other: dict[str, Any], reason: str
) -> None:
    found = compared(fair, {"price": 12_000}, {"price": 13_000}, {"price": 1, **other})
    assert [(one.version.price, one.is_cheapest) for one in found] == [(12_000, True), (13_000, False), (1, False)]
    company = found[0].quote.participation.company.name
    assert found[2].notes == [f"Cannot be compared with {company}: {reason}"]


def test_delivery_to_another_port_is_not_the_cheapest(fair: Fair) -> None:
    karachi = {"incoterm": "CIF", "place": "karachi"}
    found = compared(fair, {"price": 10_000, "incoterm": "CFR", "place": "shanghai"}, {"price": 12_000, **karachi})
    assert [(one.version.price, one.is_cheapest) for one in found] == [(10_000, False), (12_000, False)]
    assert [one.notes[0].partition(": ")[2] for one in found] == [
        "Shanghai against Karachi", "Karachi against Shanghai",
    ]  # fmt: skip


@pytest.mark.parametrize(("needs_origin", "cheapest"), [(True, [False, False]), (False, [True, False])])
def test_a_certificate_of_origin_counts_where_the_demand_needs_it(
    fair: Fair, needs_origin: bool, cheapest: list[bool]
) -> None:
    demand = make_demand(make_buyer(fair), needs_origin=needs_origin)
    for offer in ({"price": 1}, {"price": 2, "gives_origin": True}):
        seller = make_exhibitor(fair)
        make_quote(demand, seller, make_staff(seller), **offer)
    with translation.override("en"):
        found = compare(answers(demand), TODAY)
    assert [one.is_cheapest for one in found] == cheapest
    reasons = [note.partition(": ")[2] for one in found for note in one.notes]
    assert reasons == ["only one provides the certificate of origin"] * (2 if needs_origin else 0)


def test_what_is_of_no_known_goods_is_compared_with_nothing(fair: Fair) -> None:
    found = compared(fair, {"price": 1, "hs_code": ""}, {"price": 2, "hs_code": ""})
    assert [(one.is_cheapest, len(one.notes)) for one in found] == [(False, 1), (False, 1)]


def test_one_alone_is_not_the_cheapest(fair: Fair) -> None:
    assert [one.is_cheapest for one in compared(fair, {}, {"incoterm": "CIF"})] == [False, False]


def test_a_quote_that_is_no_longer_valid_is_not_the_cheapest(fair: Fair) -> None:
    found = compared(fair, {"price": 1, "valid_until": date(2020, 5, 13)}, {"price": 2}, {"price": 3})
    assert [(one.version.price, one.is_cheapest, one.is_over) for one in found] == [
        (1, False, True), (2, True, False), (3, False, False),
    ]  # fmt: skip


def test_equal_prices_are_both_the_cheapest(fair: Fair) -> None:
    assert [one.is_cheapest for one in compared(fair, {"price": 5}, {"price": 5}, {"price": 6})] == [True, True, False]


@pytest.mark.parametrize(
    ("other", "shown", "marked"),
    [
        ({"price": 9_500, "currency": "CNY", "incoterm": "CFR", "place": "karachi"}, ["USD\xa01.20", "CNY\xa00.95"], 0),
        ({"price": 9_500}, ["USD\xa00.95", "USD\xa01.20"], 1),
    ],
)
def test_the_buyers_page_shows_each_quote_as_it_was_made(
    fair: Fair, buyer: Participation, person: User, other: dict[str, Any], shown: list[str], marked: int
) -> None:
    demand = make_demand(buyer)
    for offer in ({"price": 12_000}, other):
        seller = make_exhibitor(fair)
        make_quote(demand, seller, make_staff(seller), **offer)
    page = browser(person).get(url("answers", fair, demand.pk)).content.decode()
    assert re.findall(r'class="answer__price"><bdi class="amount" dir="ltr">([^<]*)<', page) == shown
    assert page.count("Lowest of the comparable prices") == marked


def test_an_exhibitor_that_left_the_fair_is_left_out(fair: Fair) -> None:
    kept, gone = quotes(fair, {}, {})
    Participation.objects.filter(pk=gone.participation_id).update(state="withdrawn")
    assert answers(kept.demand) == [kept]


def test_organisers_read_that_there_are_quotes_and_no_price(fair: Fair, buyer: Participation) -> None:
    demand, seller = make_demand(buyer), make_exhibitor(fair)
    make_quote(demand, seller, make_staff(seller), price=98_765_4321)
    organiser = browser(make_role(fair, Role.ORGANISER))
    pages = [organiser.get(url("demand", fair, demand.pk)), organiser.get(url("taken", fair))]
    assert [page.content.decode().count("1 quote<") for page in pages] == [1, 1]
    assert [page for page in pages if "98,765" in page.content.decode()] == []
    assert organiser.get(url("answers", fair, demand.pk)).status_code == 403
    assert organiser.get(url("quote", fair, demand.pk)).status_code == 403


def test_more_quotes_cost_no_more_queries(fair: Fair, buyer: Participation, person: User) -> None:
    demand, client, numbers = make_demand(buyer), browser(person), []
    for size in (2, 10):
        for _ in range(size):
            seller = make_exhibitor(fair)
            make_quote(demand, seller, make_staff(seller))
        client.get(url("answers", fair, demand.pk))
        with CaptureQueriesContext(connection) as queries:
            client.get(url("answers", fair, demand.pk))
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]
