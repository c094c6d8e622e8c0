"""What a company has said; never what others say of it."""

from collections.abc import Collection

from django.db.models import QuerySet

from fairplatform.fairs.models import Participation, Preference
from meetings.models import TickList


def of_companies(keys: Collection[int]) -> "QuerySet[Preference]":
    """The wishes of these companies, about companies that are in the fair."""
    rows = Preference.objects.filter(participation__in=keys, wanted__state=Participation.State.APPROVED)
    rows = rows.select_related("participation__company", "wanted__company", "said_by")
    return rows.order_by("participation", "wanted__company__slug")


def asked(keys: Collection[int]) -> "QuerySet[TickList]":
    """The lists of these companies in a round that is open."""
    rows = TickList.objects.filter(participation__in=keys, round__closed_at=None)
    return rows.select_related("round", "participation__company").order_by("pk")


def wish_of(own: Participation, other: Participation) -> str:
    row = Preference.objects.filter(participation=own, wanted=other).first()
    return row.wish if row else ""
