"""What stands in the ledger, added up: never across kinds, currencies or provenances."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from fairplatform.fairs.models import Fair

from .models import Entry


@dataclass(frozen=True)
class Total:
    """The standing entries of one kind, provenance and currency ("": without an amount), and what they add up to."""

    kind: str
    provenance: str
    currency: str
    count: int
    amount_minor: int | None


def totals(fair: Fair) -> list[Total]:
    """All totals of a fair, those that the parties have confirmed first. Reported figures are in none."""
    own = Entry.objects.standing().filter(fair=fair)
    counted = _with_amount(own).values("kind", "provenance", "currency").order_by()
    found = [
        Total(*row)
        for row in counted.annotate(count=Count("pk"), amount=Sum("amount_minor")).values_list(
            "kind", "provenance", "currency", "count", "amount"
        )
    ]
    without = own.filter(amount_minor=None).values("kind", "provenance").order_by().annotate(count=Count("pk"))
    found += [Total(row["kind"], row["provenance"], "", row["count"], None) for row in without]
    order = {provenance: place for place, provenance in enumerate(Entry.Provenance.values)}
    return sorted(found, key=lambda total: (order[total.provenance], total.kind, total.currency))


def rows_of(fair: Fair, total: Total) -> QuerySet[Entry]:
    """The entries that a total is of."""
    own = Entry.objects.standing().filter(fair=fair, kind=total.kind, provenance=total.provenance)
    if total.amount_minor is None:
        return own.filter(amount_minor=None)
    return _with_amount(own).filter(currency=total.currency)


def _with_amount(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    return entries.filter(amount_minor__isnull=False)
