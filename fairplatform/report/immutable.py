"""The triggers that keep approved briefs and their figures as they were, whoever would change or delete one."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connections

from fairplatform.db import triggers
from fairplatform.db.triggers import Trigger, refusing


def brief_triggers(vendor: str) -> Iterator[Trigger]:
    for model in ("DailyBrief", "BriefFigure"):
        table = apps.get_model("report", model)._meta.db_table
        yield from refusing(vendor, table, "a brief that was approved is never changed")


def install(using: str, **_: Any) -> None:
    """After each migration and each flush (the signal post_migrate)."""
    own = list(brief_triggers(connections[using].vendor))
    triggers.install(using, own, needed=own[0].table)


def remove(using: str, **_: Any) -> None:
    """Before each migration (the signal pre_migrate)."""
    triggers.remove(using, brief_triggers(connections[using].vendor))
