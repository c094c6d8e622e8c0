"""Statements as text, for the few places where composing one by the ORM takes ten times as long as carrying it out.

SQLite and PostgreSQL both read them. Values are always handed over as parameters.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

Model = TypeVar("Model", bound=models.Model)
Converter = Callable[[Any, Any, Any], Any]
GREATEST_KEY = 2**63 - 1
MOST = 10_000  # values of a list in one statement: with two parameters each, and some more, SQLite takes 32,766


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
    """The rows of `SELECT columns rest`; the columns are numbers and texts.

    SQLite gives them all as one: it lets the interpreter go for each row it gives, and a busy loop keeps it.
    """
    if connection.vendor != "sqlite":
        return list[Any](rows(f"SELECT {columns} {rest}", *lists))
    [(text,)] = rows(f"SELECT json_group_array(json_array({columns})) {rest}", *lists)
    return list[Any](json.loads(text))


def parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """A list that may be long, in lists that one statement takes."""
    return (values[first : first + MOST] for first in range(0, len(values), MOST))


def found_of(columns: str, rest: str, keys: Sequence[Any], *lists: Sequence[Any]) -> list[Any]:
    """`found` for any number of keys, the first list of the statement: none, and more than one statement takes."""
    return [row for some in parts(keys) for row in found(columns, rest, some, *lists)]


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
