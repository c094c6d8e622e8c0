"""What the lists of what came of the meetings read."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db.models import F, QuerySet

from fairplatform.db.keys import row_key
from fairplatform.fairs.models import Fair, Participation
from meetings.models import Satisfaction
from meetings.owed.queries import Line, by_company

from ..companies.queries import companies, found
from .filters import OwedFilter

FoundOwing = tuple[dict[int, list[Line]], QuerySet[Participation]]
RIGHT = {"yes": True, "no": False, "unsaid": None}


def narrowed(rows: QuerySet[Satisfaction], fair: Fair, values: Mapping[str, Any]) -> QuerySet[Satisfaction]:
    """The answers that match every value of a SatisfactionFilter, the newest first."""
    if query := values.get("q"):
        rows = rows.filter(participation__in=found(companies(fair), query))
    if unit := values.get("unit"):
        rows = rows.filter(participation__unit=unit)
    if rating := values.get("rating"):
        rows = rows.filter(rating=rating)
    if partner := values.get("partner"):
        rows = rows.filter(right_partner=RIGHT[partner])
    return rows.select_related(
        "participation__company", "made_by", "meeting__fair", "meeting__slot",
        "meeting__exhibitor__company", "meeting__buyer__company",
    ).order_by("-made_at", "-pk")  # fmt: skip


def named_in(posted: Mapping[str, str]) -> set[int] | None:
    """The one `company` that a form names by its key; None where it names none."""
    only = posted.get("company", "")
    if not only:
        return None
    key = row_key(only)
    return set() if key is None else {key}


def rows_of(fair: Fair, form: OwedFilter, lines: Iterable[Line]) -> set[int]:
    """The keys of all companies that the filters of the list find."""
    _grouped, rows = found_owing(fair, form, lines)
    return set(rows.values_list("pk", flat=True))


def found_owing(fair: Fair, form: OwedFilter, lines: Iterable[Line]) -> FoundOwing:
    """The lines that the filters find, by company, and those companies in the order of their units."""
    state = form.values.get("state")
    grouped = by_company(line for line in lines if state in (None, line.state))
    rows = companies_owing(fair, grouped, form.values)
    return grouped, rows.order_by(F("unit__key").asc(nulls_last=True), "unit", "company__slug", "pk")


def companies_owing(fair: Fair, keys: Collection[int], values: Mapping[str, Any]) -> QuerySet[Participation]:
    """Of these companies the ones that match an OwedFilter."""
    rows = Participation.objects.filter(pk__in=keys).select_related("company", "unit")
    if query := values.get("q"):
        rows = rows.filter(pk__in=found(companies(fair), query))
    return rows.filter(unit=values["unit"]) if "unit" in values else rows
