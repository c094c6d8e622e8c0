"""Triggers that apps declare and that are put back after every migration: SQLite drops them when it alters a table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.apps import AppConfig, apps
from django.db import connections, transaction
from django.db.models.signals import post_migrate, pre_migrate

_CREATE = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS {name}",
        "CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {body} END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$",
        "CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {table} FOR EACH {scope} EXECUTE FUNCTION {name}()",
    ),
}
_REFUSE = {
    "sqlite": "SELECT RAISE(ABORT, '{message}');",
    "postgresql": "RAISE integrity_constraint_violation USING MESSAGE = '{message}';",
}


class Trigger(NamedTuple):
    """Statements that run after each `event` on a table; with scope ROW they may refer to the rows OLD and NEW.

    SQLite has one event per trigger and only the scope ROW.
    """

    name: str
    table: str
    event: str
    body: str
    scope: str = "ROW"


def refusing(vendor: str, message: str) -> str:
    """The body of a trigger that refuses what has set it off; `message` says why to whoever tries."""
    return _REFUSE[vendor].format(message=message)


def install(using: str, triggers: Iterable[Trigger], *, needed: str) -> None:
    """Creates the triggers of the tables that exist, once the table `needed`, which their statements change, does.

    One transaction for each: PostgreSQL locks the table, and two such locks at once could meet a writer's halfway.
    """
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    for trigger in triggers if needed in tables else ():
        if trigger.table in tables:
            with transaction.atomic(using), connection.cursor() as cursor:
                for statement in _CREATE[connection.vendor]:
                    cursor.execute(statement.format(**trigger._asdict()))


def remove(using: str, triggers: Iterable[Trigger]) -> None:
    """Before a migration on SQLite, which cannot alter a table that another table's trigger refers to."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for trigger in triggers:
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}")


@dataclass(frozen=True)
class KeptRows:
    """Rows that stay as they were written: triggers refuse to change or delete one of these models of an app.

    `message` says so to whoever tries.
    """

    app: str
    models: tuple[str, ...]
    message: str

    def connect(self, config: AppConfig) -> None:
        """In `ready` of the app: from then on its migrations put the triggers back."""
        pre_migrate.connect(self.remove, sender=config)
        post_migrate.connect(self.install, sender=config)

    def install(self, using: str, **_: Any) -> None:
        """After each migration and each flush (the signal post_migrate)."""
        install(using, self._triggers(using), needed=self._tables[0])

    def remove(self, using: str, **_: Any) -> None:
        """Before each migration (the signal pre_migrate)."""
        remove(using, self._triggers(using))

    @property
    def _tables(self) -> list[str]:
        return [apps.get_model(self.app, name)._meta.db_table for name in self.models]

    def _triggers(self, using: str) -> Iterator[Trigger]:
        body = refusing(connections[using].vendor, self.message)
        for table in self._tables:
            for event in ("UPDATE", "DELETE"):
                yield Trigger(f"{table}_kept_{event.lower()}", table, event, body)
