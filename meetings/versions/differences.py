"""What a draft changes of the schedule before it: who moves, who is new, who is gone."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from fairplatform.accounts.models import User
from meetings.models import Participant, PlannedMeeting, ScheduleVersion
from meetings.models.meeting import Side


@dataclass(frozen=True)
class Differences:
    """`moved`: to another time; `interpreted`: at the same time with another interpreter; `gone`: without a time by
    now. `is_of_published`: compared with the meetings, and not with an earlier draft. `people`: by published meeting,
    those who are named for it. `are_fewest`: of the moves; None where the schedule was not made again.
    """

    rows: Sequence[PlannedMeeting]
    interpreters: Mapping[int, int]
    people: Mapping[int, Sequence[User]]
    are_fewest: bool | None

    @cached_property
    def moved(self) -> list[PlannedMeeting]:
        return [row for row in self.rows if row.starts_at and row.was_at and row.starts_at != row.was_at]

    @cached_property
    def interpreted(self) -> list[PlannedMeeting]:
        return [
            row
            for row in self.rows
            if row.existing_id
            and row.starts_at == row.was_at
            and row.interpreter_id != self.interpreters.get(row.existing_id)
        ]

    @cached_property
    def new(self) -> list[PlannedMeeting]:
        return [row for row in self.rows if row.starts_at and not row.was_at]

    @cached_property
    def gone(self) -> list[PlannedMeeting]:
        return [row for row in self.rows if row.was_at and not row.starts_at]

    def concerned(self, row: PlannedMeeting) -> list[User]:
        """Whom a change of this meeting concerns: who is named for it, and who interprets it from now on."""
        named = self.people.get(row.existing_id or 0, ())
        return list(dict.fromkeys([*named, *([row.interpreter] if row.interpreter else [])]))

    @property
    def kept(self) -> int:
        return sum(row.starts_at == row.was_at for row in self.rows if row.starts_at) - len(self.interpreted)

    @property
    def is_of_published(self) -> bool:
        return any(row.existing_id for row in self.rows)


def differences(version: ScheduleVersion) -> Differences:
    rows = list(version.rows.select_related("exhibitor__company", "buyer__company", "interpreter"))
    meetings = [row.existing_id for row in rows if row.existing_id]
    interpreters, people = dict[int, int](), defaultdict[int, list[User]](list)
    # Exhibitors' people, buyers', then interpreters.
    named = Participant.objects.filter(meeting__in=meetings).select_related("user").order_by("pk")
    for one in sorted(named, key=lambda one: (not one.side, one.side != Side.EXHIBITOR)):
        people[one.meeting_id].append(one.user)
        if not one.side:
            interpreters[one.meeting_id] = one.user_id
    return Differences(rows, interpreters, people, version.moves_are_fewest)
