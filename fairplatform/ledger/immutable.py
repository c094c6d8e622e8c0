"""The triggers that keep entries and their names as they were written, whoever would change or delete one."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections

from fairplatform.db import triggers
from fairplatform.db.triggers import Trigger, refusing


def entry_triggers(vendor: str) -> Iterator[Trigger]:
    for model in ("Entry", "EntryName"):
        table = apps.get_model("ledger", model)._meta.db_table
        yield from refusing(vendor, table, "an entry of the ledger is never changed")


def install(using: str, **_: Any) -> None:
    """After each migration and each flush (the signal post_migrate)."""
    own = list(entry_triggers(connections[using].vendor))
    triggers.install(using, own, needed=own[0].table)


def remove(using: str, **_: Any) -> None:
    """Before each migration (the signal pre_migrate)."""
    triggers.remove(using, entry_triggers(connections[using].vendor))
