"""A fair's companies as the sellers and buyers that are compared."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from booths.matching_sides import buyers, need_of, sellers
from booths.models import Demand, Display
from fairplatform.fairs.models import Fair, Participation
from fairplatform.matching import Buyer, Need, Offer, Price, Seller
from tests.factories import make_buyer, make_exhibitor, make_fair, make_product, make_staff

pytestmark = pytest.mark.django_db
TODAY = date(2020, 5, 14)
PLIERS = Offer("820320", 3_000, "pcs", Price(Decimal("1.1"), "USD", "pcs", "FOB", "ningbo"), frozenset({"CE"}))


@pytest.fixture
def fair(db: None) -> Fair:
    return make_fair()


def say(participation: Participation, **fields: Any) -> Participation:
    for name, value in fields.items():
        setattr(participation, name, value)
    participation.save()
    return participation


def make_demand(participation: Participation, **fields: Any) -> Demand:
    terms = {"kind": "goods", "text": {"en": "Locks"}, "hs_code": "8301"}
    return Demand.objects.create(fair=participation.fair, participation=participation, **{**terms, **fields})


def test_a_seller_has_its_products_headings_cooperation_and_languages(fair: Fair) -> None:
    seller = say(make_exhibitor(fair), offers=["8301", "8205"], cooperation=["agency"])
    make_staff(seller, speaks=["zh", "en"])
    make_staff(seller, speaks=["ur"])
    make_staff(seller, speaks=["fr"], is_active=False)
    make_product(seller)
    make_product(seller, hs6="820411", hs_code="82041100", moq=None, moq_unit="", price_low=None, price_high=None,
                 certificates=["GS", "CE (EN 1154)", " "])  # fmt: skip
    assert sellers(fair) == {
        seller.pk: Seller(
            offers=(PLIERS, Offer("82041100", certificates=frozenset({"GS", "CE"}))),
            headings=("8301", "8205"),
            cooperation=frozenset({"agency", "goods"}),
            languages=frozenset({"zh", "en", "ur"}),
        )
    }


@pytest.mark.parametrize(
    ("stated", "shows", "open_to"),
    [([], False, {"goods"}), (["agency"], False, {"agency"}), (["agency"], True, {"agency", "goods"})],
)
def test_who_shows_products_sells_goods(fair: Fair, stated: list[str], shows: bool, open_to: set[str]) -> None:
    seller = say(make_exhibitor(fair), cooperation=stated)
    if shows:
        make_product(seller)
    assert sellers(fair)[seller.pk].cooperation == open_to


def test_a_buyer_has_its_current_demands_headings_and_languages(fair: Fair) -> None:
    buyer = say(make_buyer(fair), wants=["820320"])
    make_staff(buyer, speaks=["ur"])
    make_demand(buyer, deadline=date(2020, 5, 13))
    make_demand(buyer, deadline=TODAY, kind="agency", hs_code="")
    demand = make_demand(
        buyer, hs_code="82032000", quantity=5_000, unit="pcs", target_price=12_500, currency="USD", incoterm="CFR",
        place="karachi",
        certificates=["psqca"],
    )  # fmt: skip
    price = Price(Decimal("1.25"), "USD", "pcs", "CFR", "karachi")
    need = Need("goods", "82032000", 5_000, "pcs", price, frozenset({"PSQCA"}))
    assert need_of(demand) == need
    assert buyers(fair, on=TODAY) == {
        buyer.pk: Buyer(needs=(Need("agency"), need), headings=("820320",), languages=frozenset({"ur"}))
    }


def test_a_company_that_sells_and_buys_is_both_and_others_are_none(fair: Fair) -> None:
    both = say(make_exhibitor(fair), buys=True)
    seller, buyer = make_exhibitor(fair), make_buyer(fair)
    say(make_exhibitor(fair), state="submitted")
    say(make_buyer(fair), state="invited")
    elsewhere = make_fair()
    make_product(make_exhibitor(elsewhere))
    make_demand(make_buyer(elsewhere))
    assert (set(sellers(fair)), set(buyers(fair, on=TODAY))) == ({both.pk, seller.pk}, {both.pk, buyer.pk})
    assert (set(sellers(fair, [seller.pk])), set(buyers(fair, [both.pk], on=TODAY))) == ({seller.pk}, {both.pk})


def test_goods_shown_at_another_fair_are_not_offered_at_this_one(fair: Fair) -> None:
    seller = make_exhibitor(fair)
    product = make_product(seller)
    assert sellers(fair)[seller.pk].offers == (PLIERS,)
    Display.objects.filter(product=product).delete()
    assert sellers(fair)[seller.pk].offers == ()


def test_the_number_of_queries_does_not_grow(fair: Fair, django_assert_num_queries: Any) -> None:
    for _ in range(3):
        make_product(make_exhibitor(fair))
        make_demand(make_buyer(fair))
    with django_assert_num_queries(3):
        sellers(fair)
    with django_assert_num_queries(3):
        buyers(fair, on=TODAY)
