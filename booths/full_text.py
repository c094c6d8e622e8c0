"""The full-text indexes of the columns that the search looks into, on SQLite (FTS5) and on PostgreSQL (GIN).

Both index the tokens of `booths.search` as they are and know nothing of languages, so that both find the same. SQLite
has a table of its own for the words of each model; triggers keep it up to date, whoever changes the rows. PostgreSQL
has a second column for each, which it computes itself, and an index of that: rows that match a word of half of the
products are read without the index, and to compare a column takes a fifth of the time of computing it again.
"""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from django.db import connections, models
from django.db.models.sql.compiler import SQLCompiler

from fairplatform.db import triggers
from fairplatform.db.keys import POSTGRESQL_KEYS, SQLITE_KEYS, sqlite_keys
from fairplatform.db.triggers import Trigger

from .search import Query


class Indexed(NamedTuple):
    """A table and its columns of tokens."""

    table: str
    columns: tuple[str, ...]

    @property
    def words(self) -> str:
        """SQLite's table of its words."""
        return f"{self.table}_words"


INDEXED = (
    Indexed("booths_booth", ("search_title", "search")),
    Indexed("booths_product", ("search_title", "search")),
    Indexed("booths_demand", ("search_title", "search")),
)


Conditions = tuple[tuple[Query, str], ...]
"""Queries, and for each the column of tokens in which all its terms must occur."""


class Tier(NamedTuple):
    """A score, and what a row has that gets it."""

    score: int
    conditions: Conditions


class Matches(models.Func):
    """Whether the row of `table` with this key has every term of a query in a column of tokens.

    `key`: a path to it; of a foreign key the column itself, so that no row of the table need be read. `also`: what it
    has besides. `others`: keys of which it may be one instead; as a condition of its own PostgreSQL would ask each row.
    """

    output_field = models.BooleanField()

    def __init__(
        self,
        key: str,
        query: Query,
        table: str,
        column: str = "search",
        *also: tuple[Query, str],
        others: Collection[int] = (),
    ) -> None:
        super().__init__(models.F(key))
        self.key, self.table, self.conditions, self.others = key, table, ((query, column), *also), list(others)

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **_: Any) -> tuple[str, tuple[Any, ...]]:
        key, parameters = compiler.compile(self.source_expressions[0])
        rows, values = _sqlite_rows(self.table, self.conditions)
        if self.others:
            rows, values = f"{rows} UNION ALL {SQLITE_KEYS}", [*values, sqlite_keys(self.others)]
        return f"{key} IN ({rows})", (*parameters, *values)

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **_: Any) -> tuple[str, tuple[Any, ...]]:
        key, parameters = compiler.compile(self.source_expressions[0])
        rows, values = _postgresql_rows(self.table, self.conditions)
        if self.others:
            return f"{key} IN ({rows} UNION ALL {POSTGRESQL_KEYS})", (*parameters, *values, self.others)
        return f"{key} IN ({rows})", (*parameters, *values)


class Score(models.Func):
    """The score of the first tier whose conditions the row of `table` with this key meets, else the least; see Matches.

    One expression: to make as many conditions takes Django longer than the database needs to compare them.
    """

    output_field = models.IntegerField()

    def __init__(self, key: str, tiers: Collection[Tier], table: str, least: int) -> None:
        super().__init__(models.F(key))
        self.tiers, self.table, self.least = tiers, table, least

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **_: Any) -> tuple[str, tuple[Any, ...]]:
        key, parameters = compiler.compile(self.source_expressions[0])
        whens, given = list[str](), list[Any]()
        for tier in self.tiers:
            rows, values = _sqlite_rows(self.table, tier.conditions)
            whens.append(f"WHEN {key} IN ({rows}) THEN {tier.score}")
            given += [*parameters, *values]
        return f"CASE {' '.join(whens)} ELSE {self.least} END", tuple(given)

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **_: Any) -> tuple[str, tuple[Any, ...]]:
        """Compares the words of the row itself: to look up what else meets a condition takes three times as long."""
        key, parameters = compiler.compile(self.source_expressions[0])
        whens, given = list[str](), list[Any]()
        for tier in self.tiers:
            match, values = _postgresql_match(tier.conditions)
            whens.append(f"WHEN {match} THEN {tier.score}")
            given += values
        case = f"CASE {' '.join(whens)} ELSE {self.least} END"
        return f"(SELECT {case} FROM {self.table} scored WHERE scored.id = {key})", (*given, *parameters)  # noqa: S608


def _sqlite_rows(table: str, conditions: Conditions) -> tuple[str, list[str]]:
    words = f"{table}_words"
    match = " AND ".join(f"({query.fts5(column)})" for query, column in conditions)
    return f"SELECT rowid FROM {words} WHERE {words} MATCH %s", [match]  # noqa: S608 — our own names


def _postgresql_rows(table: str, conditions: Conditions) -> tuple[str, list[str]]:
    match, values = _postgresql_match(conditions)
    return f"SELECT id FROM {table} WHERE {match}", values  # noqa: S608


def _postgresql_match(conditions: Conditions) -> tuple[str, list[str]]:
    match = " AND ".join(f"{column}_words @@ %s::tsquery" for _query, column in conditions)
    return match, [query.tsquery() for query, _ in conditions]


def create(schema_editor: Any, *tables: str) -> None:
    """The indexes of these tables, in a migration."""
    for one in _of_tables(tables):
        if schema_editor.connection.vendor == "postgresql":
            added = ", ".join(f"ADD COLUMN {_vector(column)}" for column in one.columns)
            schema_editor.execute(f"ALTER TABLE {one.table} {added}")  # at once, as it writes the table anew
            for column in one.columns:
                index = f"{one.table}_{column}_words ON {one.table} USING gin ({column}_words)"
                schema_editor.execute(f"CREATE INDEX {index}")
        else:
            schema_editor.execute(
                f"CREATE VIRTUAL TABLE {one.words} USING fts5({', '.join(one.columns)}, content='{one.table}', "
                "content_rowid='id', detail=column, tokenize='unicode61 remove_diacritics 0')"
            )
            schema_editor.execute(f"INSERT INTO {one.words}({one.words}) VALUES ('rebuild')")  # noqa: S608


def _vector(column: str) -> str:
    vector = f"array_to_tsvector(string_to_array({column}, ' '))"
    return f"{column}_words tsvector GENERATED ALWAYS AS ({vector}) STORED"


def drop(schema_editor: Any, *tables: str) -> None:
    for one in _of_tables(tables):
        if schema_editor.connection.vendor == "postgresql":
            for column in one.columns:
                schema_editor.execute(f"ALTER TABLE {one.table} DROP COLUMN {column}_words")
        else:
            schema_editor.execute(f"DROP TABLE {one.words}")


def _of_tables(tables: Collection[str]) -> Iterator[Indexed]:
    return (one for one in INDEXED if one.table in tables)


def word_triggers() -> Iterator[Trigger]:
    """Those of SQLite, one for each event on a table."""
    for one in INDEXED:
        columns = ", ".join(one.columns)
        added = f"INSERT INTO {one.words}(rowid, {columns}) VALUES (NEW.id, {_of('NEW', one)});"  # noqa: S608
        old = f"VALUES ('delete', OLD.id, {_of('OLD', one)})"
        removed = f"INSERT INTO {one.words}({one.words}, rowid, {columns}) {old};"
        yield Trigger(f"{one.words}_insert", one.table, "INSERT", added)
        yield Trigger(f"{one.words}_delete", one.table, "DELETE", removed)
        yield Trigger(f"{one.words}_update", one.table, f"UPDATE OF {columns}", removed + added)


def _of(row: str, one: Indexed) -> str:
    return ", ".join(f"{row}.{column}" for column in one.columns)


def install(using: str, **_: Any) -> None:
    if connections[using].vendor == "sqlite":
        for one in INDEXED:
            triggers.install(using, word_triggers(), needed=one.words)


def remove(using: str, **_: Any) -> None:
    triggers.remove(using, word_triggers())
