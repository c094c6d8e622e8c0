"""The triggers that raise a content version with every change to a table of the content, whoever makes it."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections

from fairplatform.db import triggers
from fairplatform.db.triggers import Trigger

from .models import Counter
from .store import PUBLIC

COUNTER = Counter._meta.db_table
# Steps of up to 2**32 leave a 64-bit number room for some thousand million changes.
_SQLITE = f"""
    INSERT INTO {COUNTER} (content, number)
        SELECT '%(content)s', 0 WHERE NOT EXISTS (SELECT 1 FROM {COUNTER} WHERE content = '%(content)s');
    UPDATE {COUNTER} SET number = number + 1 + abs(random() %% 4294967296)
        WHERE id = (SELECT min(id) FROM {COUNTER} WHERE content = '%(content)s');
"""  # noqa: S608 — our own table
# A transaction that finds every row locked by others adds one: none ever waits here for another.
_POSTGRESQL = f"""
    UPDATE {COUNTER} SET number = number + 1 + floor(random() * 4294967296)::bigint
        WHERE id = (
            SELECT id FROM {COUNTER} WHERE content = '%(content)s' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
        );
    IF NOT FOUND THEN
        INSERT INTO {COUNTER} (content, number) VALUES ('%(content)s', 1 + floor(random() * 4294967296)::bigint);
    END IF;
"""  # noqa: S608 — our own table


def versioned_tables() -> Iterator[tuple[str, str]]:
    """The tables whose changes raise a version, with the name of its content.

    Each app names in its AppConfig, as `public_models`, those of what everybody sees alike, and as `versioned_models`,
    by the name of the content, those of what only some see and yet something is cached of.
    """
    for config in apps.get_app_configs():
        named = {PUBLIC: getattr(config, "public_models", ()), **getattr(config, "versioned_models", {})}
        for content, names in named.items():
            yield from ((content, config.get_model(name)._meta.db_table) for name in names)


def content_triggers(vendor: str) -> Iterator[Trigger]:
    for content, table in versioned_tables():
        if vendor == "postgresql":
            events, body = "INSERT OR UPDATE OR DELETE OR TRUNCATE", _POSTGRESQL % {"content": content}
            yield Trigger(f"edition_{table}", table, events, body, scope="STATEMENT")
        else:
            for event in ("INSERT", "UPDATE", "DELETE"):
                yield Trigger(f"edition_{table}_{event.lower()}", table, event, _SQLITE % {"content": content})


def install(using: str, **_: Any) -> None:
    """After each migration and each flush (the signal post_migrate)."""
    triggers.install(using, content_triggers(connections[using].vendor), needed=COUNTER)


def remove(using: str, **_: Any) -> None:
    """Before each migration (the signal pre_migrate): it may alter the table that they write to."""
    triggers.remove(using, content_triggers(connections[using].vendor))
