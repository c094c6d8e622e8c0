"""The trigger that keeps the versions of a quote as they were written, whoever would change one.

They go with the quote, when a company or a fair is deleted. A product that is deleted is only unlinked: each version
has the name it had.
"""

from typing import Any

from django.apps import apps
from django.db import connections

from fairplatform.db import triggers
from fairplatform.db.triggers import Trigger, refusing

_MAY_CHANGE = {"product_id"}


def version_trigger(vendor: str) -> Trigger:
    meta = apps.get_model("booths", "QuoteVersion")._meta
    columns = ", ".join(str(field.column) for field in meta.concrete_fields if field.column not in _MAY_CHANGE)
    body = refusing(vendor, "a version of a quote is never changed")
    return Trigger("quote_version_kept", meta.db_table, f"UPDATE OF {columns}", body)


def install(using: str, **_: Any) -> None:
    """After each migration and each flush (the signal post_migrate)."""
    trigger = version_trigger(connections[using].vendor)
    triggers.install(using, [trigger], needed=trigger.table)


def remove(using: str, **_: Any) -> None:
    """Before each migration (the signal pre_migrate)."""
    triggers.remove(using, [version_trigger(connections[using].vendor)])
