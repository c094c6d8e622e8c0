"""The page of recommendations, its short form, and what is no longer recommended."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from booths.models import Demand, NotInterested
from fairplatform.accounts.models import Staff, User
from fairplatform.fairs.models import Fair, Participation
from fairplatform.fairs.models.wishes import Preference
from tests.factories import make_buyer, make_exhibitor, make_fair, make_product, make_staff, three

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair() -> Fair:
    return make_fair()


def buyer_of(fair: Fair, **fields: Any) -> Participation:
    buyer = make_buyer(fair)
    terms = {"kind": "goods", "text": three("Pliers wanted"), "hs_code": "820320", "quantity": 5_000, "unit": "pcs"}
    Demand.objects.create(fair=fair, participation=buyer, **{**terms, **fields})
    return buyer


def seller_of(fair: Fair) -> Participation:
    seller = make_exhibitor(fair)
    make_product(seller)
    return seller


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text_of(client: Client, fair: Fair, name: str = "booths:recommended") -> str:
    response = client.get(reverse(name, args=[fair.slug]))
    assert response.status_code == 200
    main = response.content.decode().partition("<main")[2] or response.content.decode()
    plain = re.sub(r"<[^>]*>", " ", main.partition("</main>")[0])
    return re.sub(r"[\s\u2066-\u2069]+", " ", plain)


def say(client: Client, other: Participation, interested: str) -> Any:
    return client.post(reverse("booths:interest", args=[other.fair.slug, other.pk]), {"interested": interested})


def links(client: Client, fair: Fair) -> list[str]:
    page = client.get(reverse("booths:recommended", args=[fair.slug])).content.decode()
    return re.findall(r'href="([^"]*)"', page.partition("<main")[2].partition("</main>")[0])


def test_a_seller_sees_buyers_with_their_demands_and_the_reasons(fair: Fair) -> None:
    seller, buyer = seller_of(fair), buyer_of(fair)
    client = signed_in(make_staff(seller))
    shown = text_of(client, fair)
    for part in (str(buyer.company.name), "Same HS code: 8203.20", "5,000 pieces", "Pliers wanted", "Lahore"):
        assert part in shown
    assert links(client, fair) == [
        reverse("meetings:wishes", args=[fair.slug]),
        f"{reverse('demands:wanted', args=[fair.slug])}?show=all",
        buyer.demands.get().get_absolute_url(),
        reverse("meetings:request_make", args=[fair.slug, buyer.pk]),
        reverse("meetings:wish", args=[fair.slug, buyer.pk]),
    ]


def test_a_buyer_sees_exhibitors_with_their_products(fair: Fair) -> None:
    seller, buyer = seller_of(fair), buyer_of(fair)
    client = signed_in(make_staff(buyer))
    shown = text_of(client, fair)
    for part in (str(seller.company.name), "Same HS code: 8203.20", "Pliers", "Yongkang"):
        assert part in shown
    assert links(client, fair) == [
        reverse("meetings:wishes", args=[fair.slug]),
        seller.booth.get_absolute_url(),
        seller.booth.displays.get().get_absolute_url(),
        reverse("meetings:request_make", args=[fair.slug, seller.pk]),
        reverse("meetings:wish", args=[fair.slug, seller.pk]),
    ]


def test_a_company_that_does_both_sees_both(fair: Fair) -> None:
    seller, buyer, both = seller_of(fair), buyer_of(fair), seller_of(fair)
    Participation.objects.filter(pk=both.pk).update(buys=True, wants=["8203"])
    shown = text_of(signed_in(make_staff(both)), fair)
    assert shown.index("Buyers") < shown.index(str(buyer.company.name)) < shown.index("Exhibitors")
    assert shown.index("Exhibitors") < shown.index(str(seller.company.name))


def test_nobodys_plans_nor_wishes_are_told(fair: Fair) -> None:
    seller, buyer = seller_of(fair), buyer_of(fair, target_price=23_457, currency="USD", incoterm="FOB")
    Participation.objects.filter(pk=buyer.pk).update(plan_minor=7_654_321, plan_currency="USD")
    Preference.objects.create(fair=fair, participation=buyer, wanted=seller, wish="must")
    shown = text_of(signed_in(make_staff(seller)), fair)
    assert str(buyer.company.name) in shown
    for secret in ("2.3457", "76,543", "must meet"):
        assert secret not in shown


def test_not_interested_hides_it_for_all_the_company_and_is_undone_in_one_press(fair: Fair) -> None:
    seller, buyer = seller_of(fair), buyer_of(fair)
    person, colleague = make_staff(buyer), make_staff(buyer, is_manager=False)
    name, client = str(seller.company.name), signed_in(person)
    for _ in range(2):  # twice is once
        assert say(client, seller, "no").status_code == 302
    row = NotInterested.objects.get()
    assert (row.participation, row.other, row.said_by, row.fair) == (buyer, seller, person, fair)
    for reader in (client, signed_in(colleague)):
        shown = text_of(reader, fair)
        assert shown.index("Nothing to recommend yet") < shown.index("No longer recommended") < shown.index(name)
    assert str(buyer.company.name) in text_of(signed_in(make_staff(seller)), fair)
    assert say(signed_in(colleague), seller, "yes").status_code == 302
    assert "Same HS code" in text_of(client, fair)
    assert NotInterested.objects.count() == 0


def test_what_is_hidden_by_others_is_not_shown(fair: Fair) -> None:
    seller, buyer, rival = seller_of(fair), buyer_of(fair), buyer_of(fair)
    NotInterested.objects.create(fair=fair, participation=rival, other=seller)
    assert "No longer recommended" not in text_of(signed_in(make_staff(buyer)), fair)


def test_ones_own_company_and_other_fairs_cannot_be_hidden(fair: Fair) -> None:
    buyer, elsewhere = buyer_of(fair), buyer_of(make_fair())
    client = signed_in(make_staff(buyer))
    assert say(client, buyer, "no").status_code == 409
    assert say(client, elsewhere, "no").status_code == 404
    assert NotInterested.objects.count() == 0


@pytest.mark.parametrize(
    ("sells", "said", "advice", "link"),
    [
        (
            True,
            False,
            ["Add your products with their HS codes", "languages your staff speak on the Staff page"],
            "booths:my_booth",
        ),
        (True, True, ["No company in this fair matches yours so far."], "booths:buyers"),
        (False, False, ["Enter the goods you need as a demand", "which languages"], "demands:add"),
        (False, True, ["No company in this fair matches yours so far."], "booths:halls"),
    ],
)
def test_without_recommendations_it_says_what_to_complete(
    fair: Fair, sells: bool, said: bool, advice: list[str], link: str
) -> None:
    company = (seller_of if said else make_exhibitor)(fair) if sells else (buyer_of if said else make_buyer)(fair)
    client = signed_in(make_staff(company, speaks=["ur"] if said else []))
    shown = text_of(client, fair)
    assert [part for part in ["Nothing to recommend yet", *advice] if part not in shown] == []
    pages = [reverse("meetings:wishes", args=[fair.slug]), reverse(link, args=[fair.slug])]
    if sells:
        pages.insert(1, f"{reverse('demands:wanted', args=[fair.slug])}?show=all")
    assert links(client, fair) == pages


def test_a_buyer_does_not_learn_who_else_buys(fair: Fair) -> None:
    other, seller = buyer_of(fair), seller_of(fair)
    client = signed_in(make_staff(buyer_of(fair)))
    assert [say(client, one, "no").status_code for one in (other, seller)] == [404, 302]
    assert list(NotInterested.objects.values_list("other", flat=True)) == [seller.pk]
    assert str(other.company.name) not in text_of(client, fair)


def test_the_short_form_has_the_first_three_without_ways_to_hide_them(fair: Fair) -> None:
    buyer = buyer_of(fair)
    for _ in range(5):
        seller_of(fair)
    client = signed_in(make_staff(buyer))
    shown = text_of(client, fair, "booths:recommended_in_short")
    assert (shown.count("Same HS code"), shown.count("Not interested")) == (3, 0)
    assert shown.split()[:5] == ["Recommended", "for", "you", "View", "all"]
    assert text_of(client, fair).count("Not interested") == 5
    day = client.get(reverse("meetings:day", args=[fair.slug])).content.decode()
    assert day.count(f'data-hx-get="{reverse("booths:recommended_in_short", args=[fair.slug])}"') == 1
    assert "Recommended for you</h2>" not in day  # it comes with what it is the heading of


def test_the_short_form_is_empty_where_nothing_is_recommended(fair: Fair) -> None:
    assert text_of(signed_in(make_staff(make_buyer(fair))), fair, "booths:recommended_in_short").strip() == ""


def test_somebody_of_several_companies_sees_each(fair: Fair) -> None:
    seller, buyer = seller_of(fair), buyer_of(fair)
    other_buyer, other_seller = buyer_of(fair), seller_of(fair)
    person = make_staff(seller)
    Staff.objects.create(company=buyer.company, user=person, position="buyer")
    shown = text_of(signed_in(person), fair)
    assert shown.index(str(other_buyer.company.name)) < shown.index(str(other_seller.company.name))
    assert f"Buyers · {seller.company.name}" in shown


def test_the_number_of_queries_does_not_grow(fair: Fair) -> None:
    buyer = buyer_of(fair)
    client = signed_in(make_staff(buyer))
    counts = []
    for _ in range(2):
        for _ in range(3):
            seller_of(fair)
        text_of(client, fair)
        with CaptureQueriesContext(connection) as queries:
            text_of(client, fair)
        counts.append(len(queries))
    assert counts[0] == counts[1]
