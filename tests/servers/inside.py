"""What this process does on the database of a server beside it: it lays a fair, or reads what was stored."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import environ
from django.db import connections
from django.db.utils import load_backend
from django.test import override_settings

from .serve import Server

Result = TypeVar("Result")
_OPTIONS: dict[str, dict[str, Any]] = {
    "django.db.backends.sqlite3": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA foreign_keys=ON",
    },
    "django.db.backends.postgresql": {},
}


def inside(server: Server, act: Callable[[], Result]) -> Result:
    """What `act` returns. It has a thread of its own, whose connection is to the server's database."""
    with ThreadPoolExecutor(1) as aside, override_settings(SECRET_KEY=server.secret_key):
        return aside.submit(_act, server.database_url, act).result()


def _act(address: str, act: Callable[[], Result]) -> Result:
    place = environ.Env.db_url_config(address)
    configured = connections.settings["default"] | place | {"OPTIONS": _OPTIONS[place["ENGINE"]]}
    connection = load_backend(place["ENGINE"]).DatabaseWrapper(configured, "default")
    # What forbids a test the database that it did not ask for means the run's own.
    connection.ensure_connection = lambda: None
    connection.connect()
    connections["default"] = connection
    try:
        return act()
    finally:
        connection.close()
