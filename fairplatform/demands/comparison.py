"""The quotes for one demand side by side: like with like, and never a converted figure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from booths.hs_codes import HEADING
from booths.models import Quote, QuoteVersion
from fairplatform.i18n.text import isolated
from fairplatform.matching import Price
from fairplatform.matching.fit import comparable, is_same_but_place


@dataclass(frozen=True)
class Answer:
    """One exhibitor's quote as it stands. `notes`: with which other quotes it cannot be compared, and why.

    `is_cheapest`: of those whose prices can be compared, of which there are at least two.
    """

    quote: Quote
    version: QuoteVersion
    is_cheapest: bool = False
    is_over: bool = False
    notes: list[str] = field(default_factory=list)


def compare(quotes: Sequence[Quote], today: date) -> list[Answer]:
    """The standing quotes, comparable ones beside each other, each such group with the cheapest first."""
    standing = [(quote, quote.newest) for quote in quotes if quote.newest and not quote.newest.withdrawn]
    groups = list(_groups([(quote, version, _price(version)) for quote, version in standing]))
    return [answer for group in groups for answer in _answers(group, groups, today)]


_Priced = tuple[Quote, QuoteVersion, Price]


def _groups(priced: Sequence[_Priced]) -> Iterator[list[_Priced]]:
    """The quotes by what they can be compared with, the largest group first."""
    groups: list[list[_Priced]] = []
    for one in priced:
        group = next((group for group in groups if _are_alike(group[0], one)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return iter(sorted(groups, key=lambda group: -len(group)))


def _answers(group: Sequence[_Priced], groups: Sequence[Sequence[_Priced]], today: date) -> Iterator[Answer]:
    # A quote that is no longer valid is nobody's best offer.
    amounts = [price.amount for _quote, version, price in group if not _is_over(version, today)]
    others = [other[0] for other in groups if other is not group]
    for quote, version, price in sorted(group, key=lambda one: one[2].amount):
        is_over = _is_over(version, today)
        is_cheapest = len(amounts) > 1 and not is_over and price.amount == min(amounts)
        notes = [_why_not((quote, version, price), other) for other in others]
        yield Answer(quote, version, is_cheapest, is_over, notes)


def _are_alike(one: _Priced, other: _Priced) -> bool:
    """Whether two quotes are for goods under one known heading, in the same quantity, at comparable prices.

    And both with a certificate of origin, or both without, if the demand needs one: it changes the duty.
    """
    heading = _heading(one[1])
    is_same = bool(heading) and heading == _heading(other[1]) and one[1].quantity == other[1].quantity
    return is_same and _is_origin_alike(one, other) and comparable(one[2], other[2])


def _is_origin_alike(one: _Priced, other: _Priced) -> bool:
    return not one[0].demand.needs_origin or one[1].gives_origin == other[1].gives_origin


def _heading(version: QuoteVersion) -> str:
    return version.hs_code[:HEADING] if len(version.hs_code) >= HEADING else ""


def _why_not(one: _Priced, other: _Priced) -> str:
    """Why this quote and another one say nothing about which is cheaper."""
    company = isolated(other[0].participation.company.name)
    return _("Cannot be compared with %(company)s: %(reason)s") % {"company": company, "reason": _reason(one, other)}


def _reason(one: _Priced, other: _Priced) -> str:
    headings = [_heading(version) for _quote, version, _price in (one, other)]
    prices = [price for _quote, _version, price in (one, other)]
    if not all(headings):
        return _("an HS heading is missing")
    if headings[0] != headings[1]:
        return _against(*(f"HS {heading}" for heading in headings))
    if prices[0].currency != prices[1].currency:
        return _("different currencies")
    if prices[0].unit != prices[1].unit:
        return _("different units")
    if not is_same_but_place(*prices):
        terms = [price.incoterm for price in prices]
        return _against(*terms) if all(terms) else _("a delivery term is missing")
    if not comparable(*prices):
        places = [version.place_name for _quote, version, _price in (one, other)]
        return _against(*places) if all(places) else _("a named place is missing")
    if one[1].quantity != other[1].quantity:
        amounts = [version.amount for _quote, version, _price in (one, other)]
        return _against(*amounts) if all(amounts) else _("a quantity is missing")
    return _("only one provides the certificate of origin")


def _against(one: str, other: str) -> str:
    return _("%(one)s against %(other)s") % {"one": isolated(one), "other": isolated(other)}


def _is_over(version: QuoteVersion, today: date) -> bool:
    return version.valid_until is not None and version.valid_until < today


def _price(version: QuoteVersion) -> Price:
    assert version.figure is not None  # only a version that withdraws has none
    return Price(version.figure, version.currency, version.unit, version.incoterm, version.place)
