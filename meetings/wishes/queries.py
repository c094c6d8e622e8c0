"""What a company has said; never what others say of it."""

from collections.abc import Collection, Iterable, Mapping

from django.db.models import Q, QuerySet

from fairplatform.fairs.models import Fair, Participation, Preference
from meetings.matching.common_times import CommonTimes
from meetings.models import Meeting, PlannedMeeting, ScheduleVersion, TickList

from .words import why_unplanned


def of_companies(keys: Collection[int]) -> "QuerySet[Preference]":
    """The wishes of these companies, about companies that are in the fair."""
    rows = Preference.objects.filter(participation__in=keys, wanted__state=Participation.State.APPROVED)
    rows = rows.select_related("participation__company", "wanted__company", "said_by")
    return rows.order_by("participation", "wanted__company__slug")


def asked(keys: Collection[int]) -> "QuerySet[TickList]":
    """The lists of these companies in a round that is open."""
    rows = TickList.objects.filter(participation__in=keys, round__closed_at=None)
    return rows.select_related("round", "participation__company").order_by("pk")


def unplanned(fair: Fair, wishes: Iterable[Preference]) -> Mapping[int, str]:
    """Once the schedule is published: of each wish to meet without a meeting, by its key, what the company reads."""
    wanted = [row for row in wishes if row.wish != Preference.Wish.NO]
    versions = ScheduleVersion.objects.filter(fair=fair, state=ScheduleVersion.State.PUBLISHED)
    if not wanted or not versions.exists():
        return {}
    keys = {row.participation_id for row in wanted}
    of_keys = Q(exhibitor__in=keys) | Q(buyer__in=keys)
    meetings = Meeting.objects.filter(of_keys).exclude(state=Meeting.State.CANCELLED)
    met = {frozenset(ends) for ends in meetings.values_list("exhibitor", "buyer")}
    rows = PlannedMeeting.objects.filter(of_keys, version__in=versions).order_by("version__number")
    codes = {frozenset(ends): code for *ends, code in rows.values_list("exhibitor", "buyer", "not_placed")}
    unmet = {row.pk: both for row in wanted if (both := frozenset((row.participation_id, row.wanted_id))) not in met}
    times = CommonTimes(fair, {pk for both in unmet.values() for pk in both})
    return {pk: why_unplanned(codes.get(both, ""), times.shared(*both)) for pk, both in unmet.items()}


def wish_of(own: Participation, other: Participation) -> str:
    row = Preference.objects.filter(participation=own, wanted=other).first()
    return row.wish if row else ""
