"""Triggers that move a person's `access_version` on with every row that says what the person is, however it is written.

The open sockets of that person ask again at the next look at them all (`identity.recheck`).
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections, transaction

_EVENTS = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}
_RENEW = "UPDATE accounts_user SET access_version = access_version + 1 WHERE id IN ({people});"
_SQLITE = "CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {renew} END"
_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {renew} RETURN NULL; END $$
"""
_POSTGRESQL = "CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def role_tables() -> dict[str, str]:
    """Each table that says what people are, and whom one of its {row}s concerns; apps name them in `role_models`."""
    return {
        config.get_model(name)._meta.db_table: people
        for config in apps.get_app_configs()
        for name, people in getattr(config, "role_models", {}).items()
    }


def watch(using: str, **_: Any) -> None:
    """Puts the triggers on the tables that exist. Asked after each migration and each flush."""
    connection = connections[using]
    with transaction.atomic(using), connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table, people in role_tables().items():
            if table in tables:
                for statement in _statements(connection.vendor, table, people):
                    cursor.execute(statement)


def unwatch(using: str, **_: Any) -> None:
    """Asked before each migration: SQLite makes no table anew that the triggers of others speak of."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in (_name(table, event) for table in role_tables() for event in _EVENTS):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def _name(table: str, event: str) -> str:
    return f"access_{table}_{event}"


def _statements(vendor: str, table: str, people: str) -> Iterator[str]:
    for event, rows in _EVENTS.items():
        fields = {
            "name": _name(table, event),
            "event": event.upper(),
            "table": table,
            "renew": _RENEW.format(people=" UNION ".join(people.format(row=row) for row in rows)),
        }
        if vendor == "postgresql":
            yield _FUNCTION.format(**fields)
            yield _POSTGRESQL.format(**fields)
        else:
            yield f"DROP TRIGGER IF EXISTS {fields['name']}"
            yield _SQLITE.format(**fields)
