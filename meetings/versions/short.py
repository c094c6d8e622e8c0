"""Companies that were matched with enough others, and have too few meetings because some found no time."""

from collections import Counter
from typing import NamedTuple

from fairplatform.fairs.models import Participation
from meetings.models import Meeting, ScheduleVersion
from meetings.models.meeting import Side


class Short(NamedTuple):
    company: Participation
    side: Side
    meetings: int
    floor: int


def short_of_meetings(version: ScheduleVersion) -> list[Short]:
    """In a draft: of those with a pair that is not placed, who stay below their floor for it."""
    rows = list(version.rows.select_related("exhibitor__company", "buyer__company"))
    held = list(Meeting.objects.filter(fair=version.fair).exclude(state=Meeting.State.CANCELLED))
    found = []
    for side in Side:
        has = Counter(getattr(row, f"{side}_id") for row in (*rows, *held) if not getattr(row, "not_placed", ""))
        waiting = Counter(getattr(row, f"{side}_id") for row in rows if row.not_placed)
        for company in {getattr(row, f"{side}_id"): getattr(row, side) for row in rows}.values():
            own = company.floor(version.fair)
            if has[company.pk] < own <= has[company.pk] + waiting[company.pk]:
                found.append(Short(company, side, has[company.pk], own))
    return found
