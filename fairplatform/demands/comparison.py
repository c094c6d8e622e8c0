"""The quotes for one demand side by side: like with like, and never a converted figure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from booths.models import Quote, QuoteVersion
from fairplatform.i18n.text import isolated
from fairplatform.matching import Price
from fairplatform.matching.fit import comparable


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
        group = next((group for group in groups if comparable(group[0][2], one[2])), None)
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
        yield Answer(quote, version, is_cheapest, is_over, [_why_not(price, other) for other in others])


def _why_not(price: Price, other: _Priced) -> str:
    """Why this quote and another one say nothing about which is cheaper."""
    company, theirs = isolated(other[0].participation.company.name), other[2]
    if price.currency != theirs.currency:
        reason = _("different currencies")
    elif price.unit != theirs.unit:
        reason = _("different units")
    elif not price.incoterm or not theirs.incoterm:
        reason = _("a delivery term is missing")
    else:
        terms = {"one": isolated(price.incoterm), "other": isolated(theirs.incoterm)}
        reason = _("%(one)s against %(other)s") % terms
    return _("Cannot be compared with %(company)s: %(reason)s") % {"company": company, "reason": reason}


def _is_over(version: QuoteVersion, today: date) -> bool:
    return version.valid_until is not None and version.valid_until < today


def _price(version: QuoteVersion) -> Price:
    assert version.figure is not None  # only a version that withdraws has none
    return Price(version.figure, version.currency, version.unit, version.incoterm)
