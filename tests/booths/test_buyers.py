"""The list of a fair's buyers, for its exhibitors."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fairplatform.accounts.models import Company, User
from fairplatform.fairs.models import Fair, Participation
from tests.factories import make_buyer, make_exhibitor, make_fair, make_product, make_staff, three

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
    return [re.sub(r"<[^>]*>", "", name) for name in re.findall(r'<h2 class="buyer__name">(.*?)</h2>', html)]


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
        ("lah", ["Lahore"]),
        ("8203", ["Lahore", "Multan"]),
        ("8203.20", ["Lahore", "Multan"]),
        ("8413", ["Karachi"]),
        ("0", []),
        ("%", []),
        ("", ["Karachi", "Lahore", "Multan"]),
    ],
)
def test_search_by_name_and_by_code(fair: Fair, seller: User, query: str, found: list[str]) -> None:
    for name, wants in (("Lahore", ["8203"]), ("Multan", ["82.03"]), ("Karachi", ["841370"])):
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
