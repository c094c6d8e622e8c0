"""What the page of the schedule shows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairplatform.fairs.models import Fair, Participation
from meetings.matching.situation import Situation
from meetings.matching.words import why_below
from meetings.models import Match, Meeting, PlannedMeeting, ScheduleVersion
from meetings.models.meeting import Side
from meetings.versions.attendees import Attendees
from meetings.versions.conflicts import Conflict, conflicts
from meetings.versions.differences import Differences, differences
from meetings.versions.drafting import counts, is_current
from meetings.versions.publishing import (
    changed_since,
    frozen_since,
    is_over_only,
    left_unattended,
    people_busy,
    placed_rows,
    situation_of,
    stamp,
)
from meetings.versions.reasons import CONFLICTS, NOT_PLACED
from meetings.versions.short import meetings_of, short_of_meetings
from meetings.versions.standing import standing_conflicts

from ..companies.queries import companies, found

MOST_LISTED = 100  # conflicts and changes that a page lists
State = ScheduleVersion.State
# Where organisers see what a conflict is about.
WHERE: Mapping[str, tuple[str, Promise]] = {
    "not_approved": ("office:companies", _("Companies")),
    "slot_gone": ("office:days", _("Days and slots")),
    "ceiling": ("office:companies", _("Companies")),
    "company_busy": ("office:hours", _("Working hours")),
    "interpreter_gone": ("office:people", _("People")),
    "interpreter_minutes": ("office:people", _("People")),
    "rooms_full": ("office:fair", _("The fair")),
    "pin_changed": ("office:imports", _("Import and export")),
}


class Below(NamedTuple):
    """A company with fewer meetings than it should have, in a role, and why."""

    company: Participation
    side: Side
    meetings: int
    floor: int
    why: str


class Listed(NamedTuple):
    """A conflict in words. `where`: the page of the office that it is about, and its title; empty where none is."""

    row: PlannedMeeting
    text: Promise
    where: tuple[str, Promise] | tuple[()]


class Standing(NamedTuple):
    """The conflicts of the meetings to come that the page lists, and how many there are besides."""

    listed: Sequence[Listed]
    more: int


@dataclass(frozen=True)
class DraftPage:
    """A draft, looked at now."""

    version: ScheduleVersion
    counts: Mapping[str, int]
    reasons: Sequence[tuple[str, Promise, int]]
    conflicts: Sequence[Listed]
    more_conflicts: int
    is_over_only: bool  # the conflicts are ceilings, over which organisers may go
    below: Sequence[Below]
    differences: Differences
    is_outdated: bool  # pairs or musts are new since the matching
    stamp: str
    edited: int


def draft_page(draft: ScheduleVersion, now: datetime) -> DraftPage:
    situation = situation_of(draft, now)
    looked_at = [
        *conflicts(situation, placed_rows(draft)),
        *changed_since(draft),
        *frozen_since(draft, now),
        *people_busy(draft),
    ]
    causes = Counter(draft.rows.exclude(not_placed="").order_by().values_list("not_placed", flat=True))
    match = Match.objects.filter(fair=draft.fair).first()
    return DraftPage(
        draft,
        counts(draft),
        [(code, NOT_PLACED[code], number) for code, number in causes.most_common()],
        listed(looked_at[:MOST_LISTED]),
        max(0, len(looked_at) - MOST_LISTED),
        is_over_only(looked_at),
        below(draft),
        differences(draft),
        _is_outdated(match, situation, draft),
        stamp(draft),
        draft.rows.filter(revision__gt=0).count(),
    )


def standing(fair: Fair, now: datetime) -> Standing:
    found = standing_conflicts(fair, now)
    return Standing(listed(found[:MOST_LISTED]), max(0, len(found) - MOST_LISTED))


def listed(of: Sequence[Conflict]) -> list[Listed]:
    return [Listed(one.row, CONFLICTS[one.code], WHERE.get(one.code, ())) for one in of]


def _is_outdated(match: Match | None, situation: Situation, draft: ScheduleVersion) -> bool:
    return match is None or match.made_at > draft.made_at or not is_current(match, situation)


def below(version: ScheduleVersion) -> list[Below]:
    """First those that lack most. What the matching knows is why; how many meetings they have, the draft says."""
    match = Match.objects.filter(fair=version.fair).first()
    rows = match.shortfalls.select_related("participation__company") if match else ()
    meetings, no_time = meetings_of(version.fair, list(version.rows.all())), str(_("Some of its pairs have no time."))
    found = []
    for row in rows:
        side, has = Side(row.side), meetings[Side(row.side)][row.participation_id]
        if has < row.floor:
            why = why_below(row) if has >= row.meetings else f"{why_below(row)} {no_time}"
            found.append(Below(row.participation, side, has, row.floor, why))
    known = {(row.participation_id, row.side) for row in rows}
    found += [
        Below(one.company, one.side, one.meetings, one.floor, no_time)
        for one in short_of_meetings(version)
        if (one.company.pk, one.side) not in known
    ]
    return sorted(found, key=lambda one: (one.meetings - one.floor, one.company.pk, one.side))


def not_placed(draft: ScheduleVersion, values: Mapping[str, Any]) -> Any:
    """The pairs without a time that match the filters; what comes first is first."""
    rows = draft.rows.exclude(not_placed="").select_related("exhibitor__company", "buyer__company")
    if reason := values.get("reason"):
        rows = rows.filter(not_placed=reason)
    if query := values.get("q"):
        keys = found(companies(draft.fair), query)
        rows = rows.filter(Q(exhibitor__in=keys) | Q(buyer__in=keys))
    return rows.order_by("-is_first", "pk")


def draft_of(fair: Fair) -> ScheduleVersion | None:
    return ScheduleVersion.objects.filter(fair=fair, state=State.DRAFT).select_related("fair").first()


def published(fair: Fair) -> Any:
    """The versions that have meetings, the newest first."""
    has = Count("rows", filter=Q(rows__meeting__isnull=False) & ~Q(rows__meeting__state=Meeting.State.CANCELLED))
    rows = ScheduleVersion.objects.filter(fair=fair, state=State.PUBLISHED).annotate(meetings=has)
    return rows.filter(meetings__gt=0).order_by("-number")


def unattended(draft: ScheduleVersion, now: datetime) -> list[PlannedMeeting]:
    """The new meetings for which nobody of one of the companies would be named."""
    situation = situation_of(draft, now)
    rows = [row for row in placed_rows(draft) if row.existing is None]
    found = conflicts(situation, rows)
    if found and not is_over_only(found):
        return []
    return left_unattended(situation, Attendees(situation, rows), rows)
