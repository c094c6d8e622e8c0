"""The triggers that raise the content version with every change to a table of public content, whoever makes it."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections

from fairplatform.db import triggers
from fairplatform.db.triggers import Trigger

from .models import Counter

COUNTER = Counter._meta.db_table
# Steps of up to 2**32 leave a 64-bit number room for some thousand million changes.
_SQLITE = f"""
    INSERT INTO {COUNTER} (id, number) SELECT 1, 0 WHERE NOT EXISTS (SELECT 1 FROM {COUNTER} WHERE id = 1);
    UPDATE {COUNTER} SET number = number + 1 + abs(random() % 4294967296) WHERE id = 1;
"""  # noqa: S608 — our own table
# A transaction that finds every row locked by others adds one: none ever waits here for another.
_POSTGRESQL = f"""
    UPDATE {COUNTER} SET number = number + 1 + floor(random() * 4294967296)::bigint
        WHERE id = (SELECT id FROM {COUNTER} ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED);
    IF NOT FOUND THEN
        INSERT INTO {COUNTER} (number) VALUES (1 + floor(random() * 4294967296)::bigint);
    END IF;
"""  # noqa: S608 — our own table


def public_tables() -> Iterator[str]:
    """The tables of what everybody sees alike; each app names its models in `public_models` of its AppConfig."""
    for config in apps.get_app_configs():
        for name in getattr(config, "public_models", ()):
            yield config.get_model(name)._meta.db_table


def content_triggers(vendor: str) -> Iterator[Trigger]:
    for table in public_tables():
        if vendor == "postgresql":
            events = "INSERT OR UPDATE OR DELETE OR TRUNCATE"
            yield Trigger(f"edition_{table}", table, events, _POSTGRESQL, scope="STATEMENT")
        else:
            for event in ("INSERT", "UPDATE", "DELETE"):
                yield Trigger(f"edition_{table}_{event.lower()}", table, event, _SQLITE)


def install(using: str, **_: Any) -> None:
    """After each migration and each flush (the signal post_migrate)."""
    triggers.install(using, content_triggers(connections[using].vendor), needed=COUNTER)
