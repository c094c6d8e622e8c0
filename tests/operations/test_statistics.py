"""The database's statistics of its rows: at a start, and on SQLite every hour."""

from datetime import timedelta

import pytest
from django.db import connection

from fairplatform.accounts.models import Company
from fairplatform.db.sql import execute
from fairplatform.db.statistics import hourly_statistics, refresh_statistics
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.db.statistics")]
NUMBER = {
    "sqlite": "SELECT max(CAST(stat AS integer)) FROM sqlite_stat1 WHERE tbl = 'accounts_company'",
    "postgresql": "SELECT reltuples::int FROM pg_class WHERE relname = 'accounts_company'",
}


def companies_known() -> int:
    """The number of companies by the statistics, which exist on SQLite once any were made."""
    return int(execute(NUMBER[connection.vendor])[0][0] or 0)


def make_companies() -> None:
    Company.objects.bulk_create(Company(slug=f"c{number}", name={"en": "A"}, country="CN") for number in range(300))


def test_they_count_the_rows() -> None:
    make_companies()
    refresh_statistics()
    assert companies_known() == 300


@pytest.mark.embedded
def test_the_clock_renews_them_every_hour() -> None:
    refresh_statistics()
    step = hourly_statistics()
    step(NOW)
    make_companies()
    known = []
    for minutes in (1, 59, 60):
        step(NOW + timedelta(minutes=minutes))
        known.append(companies_known())
    assert known == [0, 0, 300]
