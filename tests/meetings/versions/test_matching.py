"""Who of a fair is matched."""

from datetime import UTC, date, datetime

import pytest

from meetings.matching.making import make_match
from tests.factories import make_buyer, make_demand, make_exhibitor, make_fair, make_product, make_slots

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("hour", "pairs"), [(15, 1), (17, 0)])
def test_a_demand_ends_with_its_last_day_at_the_fairs_host(hour: int, pairs: int) -> None:
    """In China it is the next day at 16:00 in UTC."""
    fair = make_fair()
    make_slots(fair)
    make_product(make_exhibitor(fair), hs6="820320")
    make_demand(make_buyer(fair), "Pliers", hs_code="820320", deadline=date(2020, 5, 13))
    match = make_match(fair, now=datetime(2020, 5, 13, hour, tzinfo=UTC))
    assert match.pairs.count() == pairs
