"""Every reason of the matching has words in every language."""

from typing import get_args

import pytest
from django.utils import translation

from booths import hs_codes
from booths.match_reasons import all_in_words, in_words
from fairplatform.matching import Reason
from fairplatform.matching.sides import Code

REASONS = {
    "same_code": (Reason("same_code", ("820320",)), "Same HS code: 8203.20 "),
    "same_heading": (Reason("same_heading", ("8203",)), "Same HS heading: 8203 "),
    "same_chapter": (Reason("same_chapter", ("82",)), "Same HS chapter: 82 "),
    "cooperation": (Reason("cooperation", ("agency",)), "Type of cooperation: Agency"),
    "quantity": (Reason("quantity", quantity=5000, unit="pcs"), "The minimum order is met: 5,000 pieces"),
    "below_minimum": (Reason("below_minimum", quantity=1, unit="sets"), "Below the minimum order: 1 set"),
    "minimum_not_stated": (
        Reason("minimum_not_stated", quantity=5000, unit="pcs"),
        "Quantity needed: 5,000 pieces; no minimum order is given",
    ),
    "minimum_in_other_unit": (
        Reason("minimum_in_other_unit", quantity=1, unit="t"),
        "Quantity needed: 1 tonne; the minimum order is in another unit",
    ),
    "certificates": (Reason("certificates", ("CE", "GS")), "Certificates: CE · GS"),
    "certificates_missing": (Reason("certificates_missing", ("PSQCA",)), "Certificates not declared: PSQCA"),
    "price": (Reason("price"), "The price is within the target"),
    "price_above_target": (Reason("price_above_target"), "The price is above the target"),
    "price_not_comparable": (
        Reason("price_not_comparable", ("CFR", "FOB")),
        "Prices cannot be compared: CFR against FOB",
    ),
    "language": (Reason("language", ("ur", "zh")), "Language in common: Urdu · Chinese"),
}


def test_no_reason_is_without_words() -> None:
    assert sorted(REASONS) == sorted(get_args(Code))


@pytest.mark.parametrize("code", sorted(REASONS))
def test_a_reason_is_put_into_words(code: str) -> None:
    reason, words = REASONS[code]
    with translation.override("en"):
        assert in_words(reason)[: len(words)] == words


def test_prices_for_delivery_to_two_places_are_set_against_each_other() -> None:
    with translation.override("zh-hans"):
        words = in_words(Reason("price_not_comparable", ("ningbo", "karachi")))
    assert [name in words for name in ("宁波", "卡拉奇")] == [True, True]


@pytest.mark.parametrize("subject", [("CFR", "CFR"), ("", "FOB"), ("CFR", "")])
def test_prices_of_other_units_or_currencies_are_not_set_against_each_other(subject: tuple[str, str]) -> None:
    with translation.override("en"):
        assert in_words(Reason("price_not_comparable", subject)) == "Prices cannot be compared"


def test_a_code_has_the_title_of_its_heading_where_only_that_is_translated() -> None:
    """Its own is in English only: pliers are of the heading of files, pliers and cutters."""
    with translation.override("zh-hans"):
        assert in_words(Reason("same_code", ("820320",))).endswith(str(hs_codes.short_title("8203")))


def test_what_must_be_settled_is_told_apart_from_what_speaks_for_two_companies() -> None:
    reasons = (Reason("price"), Reason("price_above_target"), Reason("certificates_missing", ("CE",)))
    assert [reason.is_to_settle for reason in all_in_words(reasons)] == [False, True, True]
