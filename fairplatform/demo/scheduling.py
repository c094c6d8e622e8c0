"""Makes the meetings of the demonstration as organisers make those of any fair: import, match, schedule, publish.

One condition is the demonstration's own: how many meetings begin at each time (additions.toml), because its figures at
the opening follow from that. To the solver these are rooms. It takes ten seconds, too long for each start: so what was
published is kept in schedule.json.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from django.db import transaction

from fairplatform.fairs.models import Fair, Slot
from fairplatform.report.data import Record
from fairplatform.scheduling.solving import solve
from fairplatform.workbook.json_export import schedule
from fairplatform.workbook.reading import read
from meetings.matching.making import make_match
from meetings.matching.situation import Situation
from meetings.versions.blueprint import Blueprint
from meetings.versions.drafting import store_draft
from meetings.versions.publishing import publish_draft

from .loader.fair import store_workbook
from .plan.published import slot_key
from .plan.slots import meetings_per_slot
from .plan.source import FOLDER

MADE_AT = datetime(2020, 5, 8, 4, tzinfo=UTC)  # four days before the fair of the workbook begins


class NotScheduled(Exception):
    """Not every pair has become a meeting; says how many have."""


@transaction.atomic
def make_schedule() -> list[Record]:
    """What the export of the schedule says once it is published; nothing is stored.

    There must be no fair with the slug of the demonstration. Raises SourceFaulty and NotScheduled.
    """
    fair = store_workbook(read(FOLDER), MADE_AT)
    _publish(fair)
    made = schedule(fair)
    transaction.set_rollback(True)
    return made


def _publish(fair: Fair) -> None:
    match = make_match(fair, now=MADE_AT)
    situation = Situation(fair, MADE_AT)
    blueprint = Blueprint(situation, match.pairs.filter(left_out="").order_by("pk"))
    solution = solve(replace(blueprint.problem, rooms=_rooms(situation.slots)))
    store_draft(situation, blueprint, solution, now=MADE_AT, begins=lambda: None, actor=None)
    published = publish_draft(fair, now=MADE_AT)
    wanted = sum(meetings_per_slot().values())
    if len(published.meetings) != wanted:
        raise NotScheduled(f"{len(published.meetings)} of {wanted} meetings")


def _rooms(slots: Iterable[Slot]) -> tuple[int, ...]:
    planned = meetings_per_slot()
    return tuple(planned.get(slot_key(slot.day.number, slot.starts_at), 0) for slot in slots)
