"""What the pages of the ledger show: entries narrowed by the filters, totals with what they convert to, a history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When
from django.utils.http import urlencode

from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import LANGUAGES
from fairplatform.ledger.kinds import Kind
from fairplatform.ledger.models import LATEST_DAY_FIRST, Entry
from fairplatform.ledger.rates import converted, rates_of
from fairplatform.ledger.showing import Difference, differences
from fairplatform.ledger.totals import Total, totals
from fairplatform.money.rates import Conversion

from .filters import WITHOUT_AMOUNT

_SHOWN_AMOUNT = Case(When(is_amount_hidden=False, then=F("amount_minor")))
SORTS = {
    "": ("-number",),
    "signed": (LATEST_DAY_FIRST, "-number"),
    "amount": ("-currency", _SHOWN_AMOUNT.desc(nulls_last=True), "-number"),
}
_STATES: Mapping[str, Q] = {
    "": Q(corrected_by=None, is_withdrawn=False),
    "corrected": Q(corrected_by__isnull=False),
    "withdrawn": Q(corrected_by=None, is_withdrawn=True),
    "all": Q(),
}
_SEARCHED = ("subject", "source", "key", "sector", *(f"names__name__{code}" for code in LANGUAGES))


@dataclass(frozen=True)
class ShownTotal:
    """A total as the page shows it: beside it what it comes to in another currency, and the list of its rows."""

    total: Total
    conversion: Conversion | None

    @property
    def kind(self) -> str:
        return str(Kind(self.total.kind).label)

    @property
    def provenance(self) -> str:
        return str(Entry.Provenance(self.total.provenance).label)

    @property
    def query(self) -> str:
        """Narrows the list of entries to the rows of the total."""
        own = {"kind": self.total.kind, "provenance": self.total.provenance}
        return urlencode({**own, "currency": self.total.currency or WITHOUT_AMOUNT})


@dataclass(frozen=True)
class Step:
    """An entry in the history of an agreement, and what it says otherwise than the one that it corrects."""

    entry: Entry
    differences: list[Difference]


def narrow(fair: Fair, values: Mapping[str, Any]) -> QuerySet[Entry]:
    rows = Entry.objects.filter(_STATES[values.get("state", "")], fair=fair)
    for field in ("kind", "provenance"):
        if value := values.get(field):
            rows = rows.filter(**{field: value})
    if currency := values.get("currency"):
        without = currency == WITHOUT_AMOUNT
        rows = rows.filter(amount_minor=None) if without else rows.filter(currency=currency, amount_minor__isnull=False)
    for word in values.get("q", "").split():
        found = Q()
        for field in _SEARCHED:
            found |= Q(**{f"{field}__icontains": word})
        rows = rows.filter(pk__in=Entry.objects.filter(found, fair=fair).order_by().values("pk"))
    return rows.order_by(*SORTS[values.get("sort", "")]).prefetch_related("names")


def shown_totals(fair: Fair, today: date) -> list[ShownTotal]:
    """The totals of a fair, each with what it comes to at the newest rate of today."""
    rates = rates_of(fair)
    return [ShownTotal(total, converted(total.amount_minor, total.currency, rates, today)) for total in totals(fair)]


def conversion_of(entry: Entry, today: date) -> Conversion | None:
    """What the amount came to on the entry's day; of one without a day, today. None of a hidden amount."""
    if entry.is_amount_hidden:
        return None
    return converted(entry.amount_minor, entry.currency, rates_of(entry.fair), entry.day or today)


def history(entry: Entry) -> list[Step]:
    """All entries of the agreement, the newest first."""
    line = list(
        Entry.objects.filter(fair=entry.fair_id, key=entry.key)
        .select_related("entered_by", "on_behalf_of", "corrects")
        .prefetch_related("names")
        .order_by("-number")
    )
    by_key = {one.pk: one for one in line}
    return [Step(one, differences(by_key[one.corrects_id], one) if one.corrects_id in by_key else []) for one in line]


def newest_of(entry: Entry) -> Entry:
    """The entry that says last what this one says of its agreement."""
    return Entry.objects.filter(fair=entry.fair_id, key=entry.key).order_by("-number")[0]
