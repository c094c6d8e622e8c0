"""Statements as text, for the few places where composing one by the ORM takes ten times as long as carrying it out.

SQLite and PostgreSQL both read them. Values are always handed over as parameters.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection, models


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


def _mark(value: Any) -> str:
    return f"({', '.join(['%s'] * len(value))})" if isinstance(value, tuple) else "%s"


def stored(model: type[models.Model], field: str, value: Any) -> Any:
    """A value as this field of this model is kept in this database."""
    return model._meta.get_field(field).get_db_prep_save(value, connection)  # type: ignore[union-attr]
