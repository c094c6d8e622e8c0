"""The companies' people who are named for the published meetings that a draft plans again, and what else they have."""

from collections import Counter, defaultdict
from datetime import datetime

from meetings.models import Booking, Participant, PlannedMeeting, ScheduleVersion
from meetings.models.booking import PERSON


class Named:
    """A company with several desks may have two meetings at once, a person may not."""

    def __init__(self, version: ScheduleVersion) -> None:
        rows = list(version.rows.exclude(existing=None))
        meetings = [row.existing_id for row in rows]
        self._of: dict[int | None, list[int]] = defaultdict(list)
        named = Participant.objects.filter(meeting__in=meetings).exclude(side="").order_by("pk")
        for meeting, user in named.values_list("meeting", "user"):
            self._of[meeting].append(user)
        self._engaged = Counter((user, row.starts_at) for row in rows for user in self._of[row.existing_id])
        elsewhere = Booking.objects.filter(fair=version.fair, resource__startswith=PERSON).exclude(meeting__in=meetings)
        for resource, at in elsewhere.values_list("resource", "slot__starts_at"):
            self._engaged[int(resource.removeprefix(PERSON)), at] += 1

    def busy(self, row: PlannedMeeting, at: datetime) -> list[int]:
        """Who of the people named for this meeting would have another one then, by key."""
        itself = 1 if row.starts_at == at else 0
        return [user for user in self._of.get(row.existing_id, ()) if self._engaged[user, at] > itself]
