"""The triggers that move the edition on."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from django.apps import apps
from django.db import connections, transaction

from .models import Counter

# Up to 2**32 at a step: room for some thousand million changes.
_SQLITE = """
CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN
    INSERT INTO {counter} (id, number) SELECT 1, 0 WHERE NOT EXISTS (SELECT 1 FROM {counter} WHERE id = 1);
    UPDATE {counter} SET number = number + 1 + abs(random() % 4294967296) WHERE id = 1;
END
"""
# Whoever finds every row taken by a transaction still open adds one: nobody ever waits here for another.
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION edition_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE {counter} SET number = number + 1 + floor(random() * 4294967296)::bigint
        WHERE id = (SELECT id FROM {counter} ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED);
    IF NOT FOUND THEN
        INSERT INTO {counter} (number) VALUES (1 + floor(random() * 4294967296)::bigint);
    END IF;
    RETURN NULL;
END $$
"""
_POSTGRESQL = """
CREATE TRIGGER edition_{table} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION edition_move()
"""


def watched() -> Iterator[str]:
    """The tables of what all people see alike; each app names its models in `public_models`."""
    for config in apps.get_app_configs():
        for name in getattr(config, "public_models", ()):
            yield config.get_model(name)._meta.db_table


def watch(using: str, **_: Any) -> None:
    """Puts the triggers on every watched table that exists and has none. Asked after each migration and each flush."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if Counter._meta.db_table in tables:
        statements = _postgresql if connection.vendor == "postgresql" else _sqlite
        with transaction.atomic(using), connection.cursor() as cursor:
            for statement in statements(cursor, sorted(tables.intersection(watched()))):
                cursor.execute(statement)


def _sqlite(cursor: Any, tables: list[str]) -> Iterator[str]:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    present = dict(cursor.fetchall())
    for table, event in product(tables, ("INSERT", "UPDATE", "DELETE")):
        name = f"edition_{table}_{event.lower()}"
        wanted = _SQLITE.format(name=name, event=event, table=table, counter=Counter._meta.db_table).strip()
        if present.get(name) != wanted:
            yield f"DROP TRIGGER IF EXISTS {name}"
            yield wanted


def _postgresql(cursor: Any, tables: list[str]) -> Iterator[str]:
    cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
    present = {name for (name,) in cursor.fetchall()}
    yield _POSTGRESQL_FUNCTION.format(counter=Counter._meta.db_table)
    for table in tables:
        if f"edition_{table}" not in present:
            yield _POSTGRESQL.format(table=table)
