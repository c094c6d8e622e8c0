"""What stands in the ledger, added up: never across kinds, currencies or provenances."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from fairplatform.fairs.models import Fair

from .models import Entry


@dataclass(frozen=True)
class Total:
    """The standing entries of one kind, provenance and currency ("": without an amount), and what they add up to.

    `hidden`: of how many of them a party hides the amount.
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


def totals_of_each(fairs: Iterable[Fair]) -> dict[int, list[Total]]:
    """The totals of several fairs, by the fair's primary key: two queries, however many fairs there are."""
    fairs = list(fairs)
    own = Entry.objects.standing().filter(fair__in=fairs)
    counted = _with_amount(own).values("fair", "kind", "provenance", "currency").order_by()
    sums = counted.annotate(
        count=Count("pk"), amount=Sum("amount_minor"), hidden=Count("pk", filter=Q(is_amount_hidden=True))
    )
    found: dict[int, list[Total]] = {fair.pk: [] for fair in fairs}
    for pk, *own_sum in sums.values_list("fair", "kind", "provenance", "currency", "count", "amount", "hidden"):
        found[pk].append(Total(*own_sum))
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


def _with_amount(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    return entries.filter(amount_minor__isnull=False)
