"""How well a seller and a buyer fit, and why."""

from dataclasses import replace
from decimal import Decimal

import pytest

from fairplatform.matching import Buyer, Need, Offer, Price, Reason, Seller, both_ways, fit
from fairplatform.matching.fit import (
    CERTIFICATES,
    COOPERATION,
    EACH_MORE,
    LANGUAGE,
    MOST_MORE,
    PRICE,
    QUANTITY,
    Fit,
    comparable,
)

PLIERS = Offer("820320", 3_000, "pcs", Price(Decimal("1.10"), "USD", "pcs", "FOB", "ningbo"), frozenset({"CE", "GS"}))
SELLER = Seller(offers=(PLIERS,))


def wanting(hs: str, **terms: object) -> Buyer:
    return Buyer(needs=(replace(Need(hs=hs), **terms),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("hs", "points", "reasons"),
    [
        ("820320", 60, (Reason("same_code", ("820320",)),)),
        ("8203200000", 60, (Reason("same_code", ("820320",)),)),
        ("8203", 40, (Reason("same_heading", ("8203",)),)),
        ("820330", 40, (Reason("same_heading", ("8203",)),)),
        ("820411", 15, (Reason("same_chapter", ("82",)),)),
        ("82", 15, (Reason("same_chapter", ("82",)),)),
        ("830110", 0, ()),
        ("8", 0, ()),
    ],
)
def test_goods_are_compared_by_code_heading_and_chapter(hs: str, points: int, reasons: tuple[Reason, ...]) -> None:
    found = fit(SELLER, wanting(hs))
    assert (found.points, found.reasons) == (points, reasons)
    # Announced headings do for both sides what products and demands do.
    assert fit(Seller(headings=("820320",)), Buyer(headings=(hs,))).points == points


@pytest.mark.parametrize(
    ("terms", "points", "reason"),
    [
        ({"quantity": 3_000, "unit": "pcs"}, QUANTITY, Reason("quantity", quantity=3_000, unit="pcs")),
        ({"quantity": 2_999, "unit": "pcs"}, 0, Reason("below_minimum", quantity=3_000, unit="pcs")),
        ({"quantity": 20, "unit": "dozen"}, 0, Reason("minimum_in_other_unit", quantity=20, unit="dozen")),
        ({"certificates": frozenset({"CE"})}, CERTIFICATES, Reason("certificates", ("CE",))),
        ({"certificates": frozenset({"CE", "UL", "PSQCA"})}, 0, Reason("certificates_missing", ("PSQCA", "UL"))),
        ({"target": Price(Decimal("1.10"), "USD", "pcs", "FCA")}, PRICE, Reason("price")),
        ({"target": Price(Decimal("1.09"), "USD", "pcs", "FOB")}, 0, Reason("price_above_target")),
        (
            {"target": Price(Decimal(2), "USD", "pcs", "CFR")},
            0,
            Reason("price_not_comparable", ("FOB", "CFR")),
        ),
        (
            {"target": Price(Decimal(2), "USD", "pcs", "FOB", "karachi")},
            0,
            Reason("price_not_comparable", ("ningbo", "karachi")),
        ),
    ],
)
def test_each_term_that_both_name_adds_a_reason(terms: dict[str, object], points: int, reason: Reason) -> None:
    found = fit(SELLER, wanting("820320", **terms))
    assert (found.points, found.reasons[1:]) == (60 + points, (reason,))


@pytest.mark.parametrize(
    "terms",
    [
        {"quantity": 1_000_000},
        {},
    ],
)
def test_what_is_not_known_says_nothing(terms: dict[str, object]) -> None:
    assert fit(SELLER, wanting("820320", **terms)).reasons == (Reason("same_code", ("820320",)),)


@pytest.mark.parametrize(
    "offer", [replace(PLIERS, minimum=None), replace(PLIERS, minimum=None, unit=""), Offer("8203")]
)
def test_a_quantity_is_said_where_no_minimum_order_is_stated(offer: Offer) -> None:
    found = fit(Seller(offers=(offer,)), wanting("820320", quantity=5_000, unit="pcs"))
    assert found.reasons[1:] == (Reason("minimum_not_stated", quantity=5_000, unit="pcs"),)


def test_terms_of_other_goods_in_the_chapter_say_nothing() -> None:
    assert fit(SELLER, wanting("820411", quantity=5_000, unit="pcs")).reasons == (Reason("same_chapter", ("82",)),)


@pytest.mark.parametrize(
    ("open_to", "need", "points", "codes"),
    [
        ({"goods"}, Need("agency", "820320"), 0, []),
        ({"agency"}, Need("goods", "820320"), 0, []),
        ({"agency"}, Need("agency", "820320"), COOPERATION + 60, ["cooperation", "same_code"]),
        ({"agency"}, Need("agency"), COOPERATION, ["cooperation"]),
        # A sole agency of locks is nothing for a maker of pliers.
        ({"agency"}, Need("agency", "830110"), 0, []),
        ({"goods"}, Need("goods"), 0, []),
    ],
)
def test_the_kind_of_cooperation_comes_first(open_to: set[str], need: Need, points: int, codes: list[str]) -> None:
    found = fit(replace(SELLER, cooperation=frozenset(open_to)), Buyer(needs=(need,)))
    assert (found.points, [reason.code for reason in found.reasons]) == (points, codes)


def test_the_demand_met_best_gives_the_reasons_and_others_a_little() -> None:
    needs = (Need(hs="820411"), Need(hs="820320"), Need(hs="830110"))
    found = fit(SELLER, Buyer(needs=needs))
    assert (found.points, found.need) == (60 + EACH_MORE, needs[1])
    many = fit(SELLER, Buyer(needs=(needs[1],) * 20))
    assert many.points == 60 + EACH_MORE * MOST_MORE


def test_a_common_language_counts_where_the_goods_do() -> None:
    speaking = replace(SELLER, languages=frozenset({"zh", "en"}))
    buyer = replace(wanting("820320"), languages=frozenset({"en", "ur"}))
    found = fit(speaking, buyer)
    assert (found.points, found.reasons[-1]) == (60 + LANGUAGE, Reason("language", ("en",)))
    assert fit(speaking, replace(buyer, needs=())).points == 0


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("FOB", "FOB", True), ("FOB", "FCA", True), ("FOB", "EXW", False), ("CFR", "CIF", True), ("FOB", "CFR", False),
     ("CIF", "DAP", False), ("DAP", "DPU", True), ("DAP", "DDP", False), ("", "", True), ("", "FOB", False)],
)  # fmt: skip
def test_incoterms_of_one_group_are_comparable(one: str, other: str, expected: bool) -> None:
    prices = [Price(Decimal(1), "USD", "pcs", term) for term in (one, other)]
    assert comparable(*prices) is expected
    assert not comparable(prices[0], replace(prices[0], currency="CNY"))
    assert not comparable(prices[0], replace(prices[0], unit="dozen"))
    assert not comparable(prices[0], replace(prices[0], place="karachi"))


def test_of_two_who_both_sell_and_buy_both_ways_count_with_their_reasons() -> None:
    english = frozenset({"en"})
    pliers, scalpels = Reason("same_heading", ("8203",)), Reason("same_code", ("901890",))
    there = fit(Seller(headings=("8203",), languages=english), Buyer(headings=("8203",), languages=english))
    back = fit(Seller(headings=("901890",), languages=english), Buyer(headings=("901890",), languages=english))
    spoken = Reason("language", ("en",))
    found = both_ways(there, back)
    assert (found.points, found.need) == (40 + 60 + LANGUAGE, there.need)
    assert found.reasons == (pliers, spoken, replace(scalpels, is_back=True))
    assert both_ways(there, Fit(0)) == there
    assert both_ways(Fit(20), back).points == 20 + 60 + LANGUAGE
