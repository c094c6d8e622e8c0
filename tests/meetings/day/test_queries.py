"""Which day of the fair it is."""

from datetime import UTC, datetime, timedelta

import pytest

from fairplatform.fairs.models import FairDay
from meetings.day.queries import today
from tests.factories import make_fair

pytestmark = pytest.mark.django_db


def test_it_is_a_day_of_the_fair_on_its_date_in_the_stations_country_alone() -> None:
    fair = make_fair(station_zone="Asia/Karachi")
    day = FairDay.objects.create(fair=fair, number=1, date="2026-05-14")
    day.refresh_from_db()
    midnight = datetime(2026, 5, 13, 19, 0, tzinfo=UTC)  # in Pakistan
    moments = [midnight - timedelta(seconds=1), midnight, midnight + timedelta(days=1)]
    assert [today(fair, [day], moment) for moment in moments] == [None, day, None]
