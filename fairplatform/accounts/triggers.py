"""The triggers that raise a person's `access_version` with every change to a row that gives them a role.

Open sockets compare it with the version they were opened with (`socket_auth.recheck`).
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps

from fairplatform.db import triggers
from fairplatform.db.triggers import Trigger

ROWS = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
_RAISE = "UPDATE accounts_user SET access_version = access_version + 1 WHERE id IN ({people});"


def role_tables() -> dict[str, str]:
    """Each table that gives people roles, and a query for the keys of the people whom one `{row}` of it concerns.

    Apps name them in `role_models` of their AppConfig.
    """
    return {
        config.get_model(name)._meta.db_table: people
        for config in apps.get_app_configs()
        for name, people in getattr(config, "role_models", {}).items()
    }


def access_triggers() -> Iterator[Trigger]:
    for table, people in role_tables().items():
        for event, rows in ROWS.items():
            concerned = " UNION ".join(people.format(row=row) for row in rows)
            yield Trigger(f"access_{table}_{event.lower()}", table, event, _RAISE.format(people=concerned))


def install(using: str, **_: Any) -> None:
    """After each migration and each flush (the signal post_migrate)."""
    triggers.install(using, access_triggers(), needed="accounts_user")


def remove(using: str, **_: Any) -> None:
    """Before each migration (the signal pre_migrate)."""
    triggers.remove(using, access_triggers())
