"""Companies that were matched with enough others, and have too few meetings because some found no time."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from fairplatform.fairs.models import Fair, Participation
from meetings.models import Meeting, PlannedMeeting, ScheduleVersion
from meetings.models.meeting import Side


class Short(NamedTuple):
    company: Participation
    side: Side
    meetings: int
    floor: int


def meetings_of(fair: Fair, rows: Sequence[PlannedMeeting] = ()) -> Mapping[Side, Counter[int]]:
    """How many meetings each company has once a draft with these rows is published, by side and participation.

    Those that have a time, and the meetings of the fair that the draft is not about.
    """
    placed = [row for row in rows if not row.not_placed]
    held = Meeting.objects.filter(fair=fair).exclude(state=Meeting.State.CANCELLED)
    others = held.exclude(pk__in=[row.existing_id for row in rows if row.existing_id])
    ends = [(one.exhibitor_id, one.buyer_id) for one in (*placed, *others)]
    return {
        Side.EXHIBITOR: Counter(exhibitor for exhibitor, _buyer in ends),
        Side.BUYER: Counter(buyer for _exhibitor, buyer in ends),
    }


def full(companies: Iterable[Participation], fair: Fair, rows: Sequence[PlannedMeeting] = ()) -> set[int]:
    """Which of these companies then have as many meetings as they may, in one of their roles."""
    meetings = meetings_of(fair, rows)
    most = {one.pk: one.ceiling(fair) for one in companies}
    return {key for key, own in most.items() if own is not None and any(of[key] >= own for of in meetings.values())}


def short_of_meetings(version: ScheduleVersion) -> list[Short]:
    """In a draft: of those with a pair that is not placed, who stay below their floor for it."""
    rows = list(version.rows.select_related("exhibitor__company", "buyer__company"))
    meetings, found = meetings_of(version.fair, rows), []
    for side in Side:
        has = meetings[side]
        waiting = Counter(getattr(row, f"{side}_id") for row in rows if row.not_placed)
        for company in {getattr(row, f"{side}_id"): getattr(row, side) for row in rows}.values():
            own = company.floor(version.fair)
            if has[company.pk] < own <= has[company.pk] + waiting[company.pk]:
                found.append(Short(company, side, has[company.pk], own))
    return found
