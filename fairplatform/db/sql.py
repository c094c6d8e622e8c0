"""Hand-written SQL, for the few hot paths where the ORM takes ten times as long to compile a query as to run it.

SQLite and PostgreSQL both read the statements. Values are always passed as parameters.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models

T = TypeVar("T")
Model = TypeVar("Model", bound=models.Model)
Converter = Callable[[Any, Any, Any], Any]
GREATEST_KEY = 2**63 - 1
MAX_VALUES = 10_000  # per statement: SQLite takes 32,766 parameters, and a value may need two


def execute(statement: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """Runs a statement and returns its rows; none for one that returns nothing."""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else []


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


def rows(statement: str, *lists: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What the statement returns. Each `[]` in it takes one list: of values, or of rows as `VALUES` wants them."""
    parts = statement.split("[]")
    assert len(parts) == len(lists) + 1, statement
    text, parameters = parts[0], list[Any]()
    for values, part in zip(lists, parts[1:], strict=True):
        text += ", ".join(map(_mark, values)) + part
        for value in values:
            parameters += value if isinstance(value, tuple) else [value]
    with connection.cursor() as cursor:
        cursor.execute(text, parameters)
        return cursor.fetchall() if cursor.description else []


def found(columns: str, rest: str, *lists: Sequence[Any]) -> list[Any]:
    """The rows of `SELECT columns rest`."""
    return list[Any](rows(f"SELECT {columns} {rest}", *lists))


def found_of(columns: str, rest: str, keys: Sequence[Any], *lists: Sequence[Any]) -> list[Any]:
    """`found` for any number of keys, the first list of the statement: none, and more than one statement takes."""
    return [row for some in chunks(keys) for row in found(columns, rest, some, *lists)]


def one(model: type[Model], rest: str, *parameters: Any, **also: str) -> Model | None:
    """The only row of `SELECT its columns FROM its table rest`, as the ORM would give it.

    `also`: further attributes, each with the column or expression that it is read from.
    """
    columns, converters = _plan(model, connection.vendor)
    source, names = f"FROM {model._meta.db_table} {rest}", [field.attname for field in model._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([columns, *also.values()])} {source}", parameters)
        row = cursor.fetchone()
    if row is None:
        return None
    values = list(row)
    for place, field, convert in converters:
        values[place] = convert(values[place], field.cached_col, connection)
    found = model.from_db(connection.alias, names, values[: len(names)])
    for name, value in zip(also, values[len(names) :], strict=True):
        setattr(found, name, value)
    return found


@cache
def _plan(model: type[models.Model], vendor: str) -> tuple[str, list[tuple[int, Any, Converter]]]:
    """A model's columns, and what makes its values of those of this kind of database: place, field, converter."""
    fields: Any = model._meta.concrete_fields
    converters = [
        (place, field, convert)
        for place, field in enumerate(fields)
        for convert in connection.ops.get_db_converters(field.cached_col) + field.get_db_converters(connection)
    ]
    return ", ".join(f"{model._meta.db_table}.{field.column}" for field in fields), converters


def _mark(value: Any) -> str:
    return f"({', '.join(['%s'] * len(value))})" if isinstance(value, tuple) else "%s"


def stored(model: type[models.Model], field: str, value: Any) -> Any:
    """A value as this field of this model is kept in this database."""
    return model._meta.get_field(field).get_db_prep_save(value, connection)  # type: ignore[union-attr]
