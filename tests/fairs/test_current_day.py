"""Which day of the fair it is."""

from datetime import UTC, date, datetime, time, timedelta

from fairplatform.fairs.models import Fair, FairDay
from fairplatform.fairs.slots import current_day

FAIR = Fair(host_zone="Asia/Shanghai", station_zone="Asia/Karachi")
SECOND = timedelta(seconds=1)


def test_it_is_a_day_of_the_fair_on_its_date_in_the_zone_of_the_day_alone() -> None:
    for zone, midnight in (
        ("", datetime(2026, 5, 13, 19, tzinfo=UTC)),  # in Pakistan
        ("America/New_York", datetime(2026, 5, 14, 4, tzinfo=UTC)),
    ):
        day = FairDay(date=date(2026, 5, 14), zone=zone)
        moments = [midnight - SECOND, midnight, midnight + timedelta(days=1)]
        assert [current_day(FAIR, [day], moment) for moment in moments] == [None, day, None]


def test_a_day_lasts_until_the_end_of_its_night() -> None:
    first = FairDay(pk=1, date=date(2026, 5, 14), starts=time(22), ends=time(1))
    second = FairDay(pk=2, date=date(2026, 5, 15), starts=time(22), ends=time(1))
    end = datetime(2026, 5, 14, 20, tzinfo=UTC)  # 01:00 in Pakistan
    assert [current_day(FAIR, [first, second], at) for at in (end - SECOND, end)] == [first, second]
