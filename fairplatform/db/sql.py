"""Hand-written SQL, for the few hot paths where the ORM takes ten times as long to compile a query as to run it.

SQLite and PostgreSQL both read the statements. Values are always passed as parameters.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection

T = TypeVar("T")
GREATEST_KEY = 2**63 - 1
MAX_VALUES = 10_000  # per statement: SQLite takes 32,766 parameters, and a value may need two


def execute(statement: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
    """Runs a statement and returns its rows; none for one that returns nothing."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []


def keep_pages(mebibytes: int) -> None:
    """Lets SQLite keep so much of the database in the memory of this connection, for a transaction that writes much."""
    if connection.vendor == "sqlite":
        execute(f"PRAGMA cache_size = -{mebibytes * 2**10}")


def placeholders(values: Collection[Any]) -> str:
    """`%s, %s, %s`: one placeholder per value, for `IN (…)`."""
    return ", ".join(["%s"] * len(values))


def value_rows(rows: Collection[tuple[Any, ...]]) -> str:
    """`(%s, %s), (%s, %s)`: one row of placeholders per row, for `VALUES …`."""
    return ", ".join(f"({placeholders(row)})" for row in rows)


def chunks(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """A list of any length, in parts that one statement takes."""
    return (values[first : first + MAX_VALUES] for first in range(0, len(values), MAX_VALUES))


def to_database(value: datetime | UUID) -> Any:
    """The value as Django stores it in this database: SQLite has no type for either."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value if connection.features.has_native_uuid_field else value.hex
