"""A day is frozen from 18:00 of the evening before, by the clock of whichever side comes first."""

from datetime import UTC, date, datetime, timedelta

import pytest

from fairplatform.fairs.models import FairDay
from meetings.schedule.freezing import frozen_slots
from tests.factories import make_fair, make_slots

EVENING = datetime(2027, 3, 3, 10, tzinfo=UTC)  # 18:00 in China


@pytest.mark.django_db
def test_an_evening_before_is_that_of_the_organisers_date() -> None:
    """A morning in China is the evening before in America, which organises it: it is frozen a day earlier."""
    fair = make_fair(host_zone="America/Los_Angeles")
    morning = datetime(2027, 3, 4, 1, tzinfo=UTC)  # 09:00 in China on the 4th, 17:00 on the 3rd in Los Angeles
    [slot] = make_slots(fair, first=morning, number=1)
    frozen_at = datetime(2027, 3, 3, 2, tzinfo=UTC)  # 18:00 there on the 2nd
    assert [frozen_slots(fair, at) for at in (frozen_at - timedelta(seconds=1), frozen_at)] == [set(), {slot.pk}]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("host", "station", "frozen_at"),
    [
        ("Asia/Shanghai", "Asia/Karachi", EVENING),
        ("Asia/Karachi", "Asia/Karachi", EVENING + timedelta(hours=3)),
        ("Asia/Karachi", "Asia/Shanghai", EVENING),  # whichever comes first
        ("America/New_York", "Asia/Karachi", EVENING + timedelta(hours=3)),
        # There the first slot is on the evening of the day before: that day's evening before counts.
        ("America/Los_Angeles", "Asia/Karachi", datetime(2027, 3, 3, 2, tzinfo=UTC)),
    ],
)
def test_the_slots_of_a_day_are_frozen_from_the_evening_before(host: str, station: str, frozen_at: datetime) -> None:
    fair = make_fair(host_zone=host, station_zone=station)
    first = make_slots(fair, first=datetime(2027, 3, 4, 5, tzinfo=UTC), number=2)
    later = FairDay.objects.create(fair=fair, number=2, date=date(2027, 3, 5))
    fair.slots.create(
        day=later, number=3, starts_at=datetime(2027, 3, 5, 5, tzinfo=UTC), ends_at=datetime(2027, 3, 5, 6, tzinfo=UTC)
    )
    assert frozen_slots(fair, frozen_at - timedelta(seconds=1)) == frozenset()
    assert frozen_slots(fair, frozen_at) == {slot.pk for slot in first}
    assert frozen_slots(fair, frozen_at + timedelta(days=1)) == set(fair.slots.values_list("pk", flat=True))
