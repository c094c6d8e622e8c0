"""What a draft changes of the schedule before it: who moves, who is new, who is gone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from meetings.models import Participant, PlannedMeeting, ScheduleVersion


@dataclass(frozen=True)
class Differences:
    """`moved`: to another time; `interpreted`: at the same time with another interpreter; `gone`: without a time by
    now. `is_of_published`: compared with the meetings, and not with an earlier draft.
    """

    rows: Sequence[PlannedMeeting]
    interpreters: Mapping[int, int]

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

    @property
    def kept(self) -> int:
        return sum(row.starts_at == row.was_at for row in self.rows if row.starts_at) - len(self.interpreted)

    @property
    def is_of_published(self) -> bool:
        return any(row.existing_id for row in self.rows)


def differences(version: ScheduleVersion) -> Differences:
    rows = list(version.rows.select_related("exhibitor__company", "buyer__company", "interpreter"))
    meetings = [row.existing_id for row in rows if row.existing_id]
    named = Participant.objects.filter(meeting__in=meetings, side="").values_list("meeting", "user")
    return Differences(rows, dict(named))
