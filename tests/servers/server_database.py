"""Runs code of this process on the database of a running server: to create rows, or to read what it stored."""

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


def in_database_of(server: Server, act: Callable[[], Result]) -> Result:
    """Runs `act` in a thread whose connection is to the server's database; returns its result."""
    with ThreadPoolExecutor(1) as executor, override_settings(SECRET_KEY=server.secret_key):
        return executor.submit(_act, server.database_url, act).result()


def _act(address: str, act: Callable[[], Result]) -> Result:
    parameters = environ.Env.db_url_config(address)
    configured = connections.settings["default"] | parameters | {"OPTIONS": _OPTIONS[parameters["ENGINE"]]}
    connection = load_backend(parameters["ENGINE"]).DatabaseWrapper(configured, "default")
    # pytest-django forbids connections in tests without its mark; that is meant for the database of the run.
    connection.ensure_connection = lambda: None
    connection.connect()
    connections["default"] = connection
    try:
        return act()
    finally:
        connection.close()
