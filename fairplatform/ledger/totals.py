"""What stands in the ledger, added up: never across kinds, currencies or provenances."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from django.db.models import BooleanField, Case, Count, OuterRef, QuerySet, Subquery, Sum, Value, When

from fairplatform.fairs.models import Fair

from .hidden import Summed, summed
from .kinds import Kind
from .models import Entry, ReportedFigure
from .models.entry import shows_amount


@dataclass(frozen=True)
class Total:
    """The standing entries of one kind, provenance and currency ("": without an amount), and what they add up to.

    `hidden`: how many amounts are not in the sum, because a party hides them (hidden.py) or, in public, because they
    are not released to everybody.
    """

    kind: str
    provenance: str
    currency: str
    count: int
    amount_minor: int | None
    hidden: int = 0

    @property
    def label(self) -> str:
        return str(Kind(self.kind).label)


class HasCurrency(Protocol):
    """A sum of one type of what is known in one way."""

    @property
    def currency(self) -> str: ...


class Beside(NamedTuple):
    """What was reported elsewhere, and what the parties have confirmed here in its currency: a sum for each type."""

    figure: ReportedFigure
    confirmed: list[HasCurrency]


def beside(figures: Iterable[ReportedFigure], confirmed: Iterable[HasCurrency]) -> list[Beside]:
    """Each reported figure with the sums that anybody may compare it with."""
    sums = list(confirmed)
    return [Beside(figure, [one for one in sums if one.currency == figure.currency]) for figure in figures]


def reported(fair: Fair, *, in_public: bool = False) -> list[Beside]:
    """What others have published of a fair, beside what its parties have confirmed in the ledger."""
    figures = list(ReportedFigure.objects.filter(fair=fair))
    known = totals_of_each([fair], in_public=in_public)[fair.pk] if figures else []
    return beside(figures, (one for one in known if one.provenance == Entry.Provenance.PARTIES))


def totals(fair: Fair) -> list[Total]:
    """All totals of a fair, those that the parties have confirmed first. Reported figures are in none."""
    return totals_of_each([fair])[fair.pk]


def totals_of_each(fairs: Iterable[Fair], *, in_public: bool = False) -> dict[int, list[Total]]:
    """The totals of several fairs, by the fair's primary key: two queries, however many fairs there are.

    `in_public`: only what is released to everybody with its amount is in a sum. So one release tells one amount.
    """
    fairs = list(fairs)
    own = Entry.objects.standing().filter(fair__in=fairs)
    found: dict[int, list[Total]] = {fair.pk: [] for fair in fairs}
    for group, amounts in (_released_amounts(own) if in_public else _amounts(own)).items():
        found[group.fair].append(Total(group.kind, group.provenance, group.currency, amounts.count, *amounts.summed()))
    without = own.filter(amount_minor=None).values("fair", "kind", "provenance").order_by().annotate(count=Count("pk"))
    for row in without:
        found[row["fair"]].append(Total(row["kind"], row["provenance"], "", row["count"], None))
    order = {provenance: place for place, provenance in enumerate(Entry.Provenance.values)}
    for pk, one in found.items():
        found[pk] = sorted(one, key=lambda total: (order[total.provenance], total.kind, total.currency))
    return found


def named_parties(fairs: Iterable[Fair]) -> dict[int, dict[str, Counter[int]]]:
    """How many of the standing entries from reports name how many parties, by fair and kind: one query."""
    fairs = list(fairs)
    own = Entry.objects.standing().filter(fair__in=fairs, provenance=Entry.Provenance.REPORT)
    found: dict[int, dict[str, Counter[int]]] = {fair.pk: {} for fair in fairs}
    for fair, kind, parties, count in own.order_by().values_list("fair", "kind", "parties").annotate(count=Count("pk")):
        found[fair].setdefault(kind, Counter())[parties] += count
    return found


def rows_of(fair: Fair, total: Total) -> QuerySet[Entry]:
    """The entries that a total is of."""
    own = Entry.objects.standing().filter(fair=fair, kind=total.kind, provenance=total.provenance)
    if total.amount_minor is None:
        return own.filter(amount_minor=None)
    return _with_amount(own).filter(currency=total.currency)


class _Group(NamedTuple):
    fair: int
    kind: str
    provenance: str
    currency: str


@dataclass
class _Amounts:
    """What stands in one group: `shown` in sum, `hidden` one by one, the oldest first, `kept` in no sum at all."""

    count: int = 0
    shown: int = 0
    hidden: list[int] = field(default_factory=list)
    kept: int = 0

    def summed(self) -> Summed:
        amount, hidden = summed(self.shown, self.hidden)
        return Summed(amount, hidden + self.kept)


def _amounts(own: QuerySet[Entry]) -> dict[_Group, _Amounts]:
    """One query: what is shown is added up by the database, each hidden amount is a row of its own.

    Its place is that of its agreement, which it keeps when a later entry says more of it.
    """
    of_agreement = Entry.objects.filter(fair=OuterRef("fair"), key=OuterRef("key")).order_by("number")
    place = Case(When(is_amount_hidden=True, then=Subquery(of_agreement.values("number")[:1])))
    rows = _with_amount(own).values(*_Group._fields, place=place).order_by("place")
    found: dict[_Group, _Amounts] = defaultdict(_Amounts)
    for row in rows.annotate(rows=Count("pk"), amount=Sum("amount_minor")):
        one = found[_Group(*(row[name] for name in _Group._fields))]
        one.count += row["rows"]
        if row["place"] is None:
            one.shown += row["amount"]
        else:
            one.hidden.append(row["amount"])
    return found


def _released_amounts(own: QuerySet[Entry]) -> dict[_Group, _Amounts]:
    """One query."""
    is_shown = Case(When(shows_amount(), then=Value(True)), default=Value(False), output_field=BooleanField())
    rows = _with_amount(own).values(*_Group._fields, is_shown=is_shown).order_by()
    found: dict[_Group, _Amounts] = defaultdict(_Amounts)
    for row in rows.annotate(rows=Count("pk"), amount=Sum("amount_minor")):
        one = found[_Group(*(row[name] for name in _Group._fields))]
        one.count += row["rows"]
        one.shown += row["amount"] if row["is_shown"] else 0
        one.kept += 0 if row["is_shown"] else row["rows"]
    return found


def _with_amount(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    return entries.filter(amount_minor__isnull=False)
