"""What the lists of what came of the meetings read."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import QuerySet

from fairplatform.fairs.models import Fair, Participation
from meetings.models import Satisfaction

from ..companies.queries import companies, found

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


def companies_owing(fair: Fair, keys: Collection[int], values: Mapping[str, Any]) -> QuerySet[Participation]:
    """Of these companies the ones that match an OwedFilter."""
    rows = Participation.objects.filter(pk__in=keys).select_related("company", "unit")
    if query := values.get("q"):
        rows = rows.filter(pk__in=found(companies(fair), query))
    return rows.filter(unit=values["unit"]) if "unit" in values else rows
