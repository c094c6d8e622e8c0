"""The rows of a draft: the pair that each stands for, and what it takes at its time."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from fairplatform.fairs.models import Fair
from meetings.models import MatchedPair, PlannedBooking, PlannedMeeting, ScheduleVersion
from meetings.models.booking import desks, person, rooms


def pair_of(exhibitor: int, buyer: int, *, is_first: bool) -> MatchedPair:
    """As matching would have found it; not stored."""
    origin = MatchedPair.Origin.MUST if is_first else MatchedPair.Origin.SCORE
    return MatchedPair(exhibitor_id=exhibitor, buyer_id=buyer, origin=origin)


def is_by_hand(row: PlannedMeeting) -> bool:
    """Whether a person has moved or locked it, or made the schedule again with that."""
    return row.is_locked or row.revision > 0


def book_planned(version: ScheduleVersion) -> None:
    """Makes the bookings of a draft anew: at each time the next of the desks and rooms."""
    version.bookings.all().delete()
    taken: dict[datetime, set[str]] = defaultdict(set)
    rows = version.rows.filter(not_placed="").select_related("exhibitor", "buyer")
    made = []
    for row in rows:
        assert row.starts_at is not None
        for resource in _resources(version.fair, row, taken[row.starts_at]):
            taken[row.starts_at].add(resource)
            made.append(PlannedBooking(version=version, planned=row, resource=resource, starts_at=row.starts_at))
    PlannedBooking.objects.bulk_create(made)


def _resources(fair: Fair, row: PlannedMeeting, taken: set[str]) -> Iterator[str]:
    """Those that are left: a company may have fewer desks by now."""
    alike = [desks(row.exhibitor), desks(row.buyer)] + ([rooms(fair)] if fair.rooms is not None else [])
    for names in alike:
        yield from [name for name in names if name not in taken][:1]
    if row.interpreter_id and person(row.interpreter_id) not in taken:
        yield person(row.interpreter_id)


def book_planned_row(row: PlannedMeeting) -> None:
    """Makes the bookings of one row anew."""
    row.bookings.all().delete()
    assert row.starts_at is not None
    others = PlannedBooking.objects.filter(version=row.version, starts_at=row.starts_at)
    taken = set(others.values_list("resource", flat=True))
    made = []
    for resource in _resources(row.version.fair, row, taken):
        taken.add(resource)
        made.append(PlannedBooking(version=row.version, planned=row, resource=resource, starts_at=row.starts_at))
    PlannedBooking.objects.bulk_create(made)
