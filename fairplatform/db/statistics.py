"""What the database knows of how many rows have which values, by which it chooses an index."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection

from .sql import execute

INTERVAL = timedelta(hours=1)
ROWS_READ = 400  # of each index: SQLite's own advice, which takes milliseconds for any size of table


def refresh_statistics() -> None:
    """For a start, and after an import, which may bring most of the rows that there are."""
    if connection.vendor == "sqlite":
        execute(f"PRAGMA analysis_limit = {ROWS_READ}")
    execute("ANALYZE")


def hourly_statistics() -> Callable[[datetime], None]:
    """A step of the clock. PostgreSQL's autovacuum does the same by itself."""
    refreshed_at: datetime | None = None

    def refresh_hourly(now: datetime) -> None:
        nonlocal refreshed_at
        if refreshed_at is None:
            refreshed_at = now
        elif connection.vendor == "sqlite" and now - refreshed_at >= INTERVAL:
            refreshed_at = now
            refresh_statistics()

    return refresh_hourly
