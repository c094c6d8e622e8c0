"""Keys of rows: one that somebody sent as text, and whether a key is one of many.

Many are one parameter: Django takes longer to pass hundreds than a database to find them.
"""

import json
from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models.sql.compiler import SQLCompiler

SQLITE_KEYS, POSTGRESQL_KEYS = "SELECT value FROM json_each(%s)", "SELECT unnest(%s::bigint[])"
"""Statements whose rows are the keys of their one parameter."""
_DIGITS = 18  # of the largest key that a database and Python read alike


def row_key(text: str) -> int | None:
    """The key that a form or an address gives; None of whatever can be none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else None


def sqlite_keys(keys: Collection[int]) -> str:
    """The parameter of SQLITE_KEYS; that of POSTGRESQL_KEYS is a list."""
    return json.dumps(list(keys))


class KeyIn(models.Func):
    """Whether the integer at a path is one of these keys."""

    output_field = models.BooleanField()

    def __init__(self, path: str, keys: Collection[int]) -> None:
        super().__init__(models.F(path))
        self.keys = list(keys)

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **_: Any) -> tuple[str, tuple[Any, ...]]:
        key, parameters = compiler.compile(self.source_expressions[0])
        return f"{key} IN ({SQLITE_KEYS})", (*parameters, sqlite_keys(self.keys))

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **_: Any) -> tuple[str, tuple[Any, ...]]:
        key, parameters = compiler.compile(self.source_expressions[0])
        return f"{key} IN ({POSTGRESQL_KEYS})", (*parameters, self.keys)
