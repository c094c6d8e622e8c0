"""Absences as instants, with the meetings that they fall on; preferred hours as instants of one day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from fairplatform.fairs.models import Absence, Fair, Participation
from fairplatform.fairs.preferred_hours import has_preferred_hours, preferred_on
from fairplatform.i18n.zones import Interval, overlaps, period
from meetings.models import Meeting, Participant
from meetings.schedule.fair_calendars import calendars

from .owners import Owner


@dataclass(frozen=True)
class ShownAbsence:
    """One row with whose it is, when it is, and the meetings to come that it falls on."""

    row: Absence
    owner: Owner
    times: Interval
    meetings: list[Meeting]

    @property
    def is_whole(self) -> bool:
        return self.row.from_time is None and self.row.until_time is None


def hours_of(fair: Fair, every: Sequence[Owner], now: datetime) -> list[tuple[Owner, Interval]]:
    """Those of these owners that are companies with preferred hours, and the hours by the example of one day."""
    on = _example(fair, now)
    return [
        (one, preferred_on(one.company, ZoneInfo(one.zone), on))
        for one in every
        if one.company and has_preferred_hours(one.company)
    ]


def hours_of_company(company: Participation, now: datetime) -> Interval | None:
    """The same of one company; None where it has none."""
    if not has_preferred_hours(company):
        return None
    [calendar] = calendars(company.fair, [(company.company.country, company.company.city)])
    return preferred_on(company, calendar.zone, _example(company.fair, now))


def _example(fair: Fair, now: datetime) -> date:
    """The first day of the fair to come, else its last."""
    ahead = fair.days.filter(date__gte=now.date()).order_by("date").first() or fair.days.order_by("date").last()
    return ahead.date if ahead else now.date()


def absences_of(fair: Fair, every: Sequence[Owner], now: datetime) -> list[ShownAbsence]:
    """Of these owners, by time."""
    companies = [one.company.pk for one in every if one.company]
    people = [one.user.pk for one in every if one.user]
    rows = Absence.objects.filter(fair=fair)
    rows = rows.filter(participation__in=companies) | rows.filter(user__in=people)
    found = [(row, next(one for one in every if one.owns(row))) for row in rows]
    ahead = _ahead(fair, companies, people, now) if found else []
    shown = [_shown(row, owner, ahead) for row, owner in found]
    return sorted(shown, key=lambda one: (one.times, one.row.pk))


def times_of(row: Absence, owner: Owner) -> Interval:
    return period(row.date, row.from_time, row.until_time, ZoneInfo(row.zone or owner.zone))


def hit(row: Absence, owner: Owner, now: datetime) -> list[Meeting]:
    """The meetings to come that a row falls on."""
    companies, people = ([owner.company.pk] if owner.company else []), ([owner.user.pk] if owner.user else [])
    return _shown(row, owner, _ahead(row.fair, companies, people, now)).meetings


def _ahead(fair: Fair, companies: Iterable[int], people: Iterable[int], now: datetime) -> list[Meeting]:
    rows = Meeting.objects.filter(fair=fair, state=Meeting.State.CONFIRMED, slot__starts_at__gt=now)
    named = Participant.objects.filter(user__in=list(people)).values("meeting")
    keys = list(companies)
    own = rows.filter(exhibitor__in=keys) | rows.filter(buyer__in=keys) | rows.filter(pk__in=named)
    found: list[Meeting] = list(
        Meeting.objects.with_names().filter(pk__in=own.values("pk")).prefetch_related("participants")
        .order_by("slot__starts_at", "pk")
    )  # fmt: skip
    return found


def _shown(row: Absence, owner: Owner, ahead: Iterable[Meeting]) -> ShownAbsence:
    times = times_of(row, owner)
    meetings = [one for one in ahead if _is_in(one, owner) and overlaps(one.slot.planned_times(), [times])]
    return ShownAbsence(row, owner, times, meetings)


def _is_in(meeting: Meeting, owner: Owner) -> bool:
    if owner.company:
        return owner.company.pk in (meeting.exhibitor_id, meeting.buyer_id)
    return any(named.user_id == (owner.user.pk if owner.user else 0) for named in meeting.participants.all())
