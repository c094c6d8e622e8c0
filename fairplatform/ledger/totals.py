"""What stands in the ledger, added up: never across kinds, currencies or provenances."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When

from fairplatform.fairs.models import Fair

from .hidden import Summed, added, summed
from .models import Entry
from .models.entry import keeps_amount


@dataclass(frozen=True)
class Total:
    """The standing entries of one kind, provenance and currency ("": without an amount), and what they add up to.

    `hidden`: how many amounts that a party hides are not in the sum (hidden.py).
    """

    kind: str
    provenance: str
    currency: str
    count: int
    amount_minor: int | None
    hidden: int = 0


def totals(fair: Fair) -> list[Total]:
    """All totals of a fair, those that the parties have confirmed first. Reported figures are in none."""
    return totals_of_each([fair])[fair.pk]


def totals_of_each(fairs: Iterable[Fair], *, in_public: bool = False) -> dict[int, list[Total]]:
    """The totals of several fairs, by the fair's primary key: two queries, however many fairs there are.

    `in_public`: amounts that nobody has released to everybody are in them as hidden ones are.
    """
    fairs = list(fairs)
    own = Entry.objects.standing().filter(fair__in=fairs)
    found: dict[int, list[Total]] = {fair.pk: [] for fair in fairs}
    for group, amounts in _amounts(own, in_public=in_public).items():
        sums = amounts.summed()
        found[group.fair].append(Total(group.kind, group.provenance, group.currency, amounts.count, *sums))
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
    """What stands in one group: `shown` in sum; `hidden` by a party, or `kept` back, one by one, the oldest first."""

    count: int = 0
    shown: int = 0
    hidden: list[int] = field(default_factory=list)
    kept: list[int] = field(default_factory=list)

    def summed(self) -> Summed:
        """Amounts are kept back only until they are released: these do not decide which hidden ones are in a sum."""
        return added([summed(self.shown, self.hidden), summed(0, self.kept)])


def _amounts(own: QuerySet[Entry], *, in_public: bool) -> dict[_Group, _Amounts]:
    """One query: what is shown is added up by the database, each hidden amount is a row of its own."""
    concealed = Q(is_amount_hidden=True) | keeps_amount() if in_public else Q(is_amount_hidden=True)
    by = (*_Group._fields, "is_amount_hidden")
    rows = _with_amount(own).values(*by, place=Case(When(concealed, then=F("number")))).order_by("place")
    found: dict[_Group, _Amounts] = defaultdict(_Amounts)
    for row in rows.annotate(rows=Count("pk"), amount=Sum("amount_minor")):
        one = found[_Group(*(row[name] for name in _Group._fields))]
        one.count += row["rows"]
        if row["place"] is None:
            one.shown += row["amount"]
        else:
            (one.hidden if row["is_amount_hidden"] else one.kept).append(row["amount"])
    return found


def _with_amount(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    return entries.filter(amount_minor__isnull=False)
