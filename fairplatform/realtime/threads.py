"""Reads and actions of sockets run in threads of their own, each with its own database connection."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from functools import partial
from typing import Any, TypeVar

from django.db import close_old_connections, connection, transaction

T = TypeVar("T")
# An action may wait for other writers; nobody who only reads waits behind it. More readers would not read faster: they
# take turns at the interpreter, and each keeps pages of the database for itself.
ACTIONS = ThreadPoolExecutor(max_workers=8, thread_name_prefix="action")
READERS = ThreadPoolExecutor(max_workers=4, thread_name_prefix="reader")


async def in_thread(function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Runs an action. Channels' own helper would queue all sockets on one thread."""
    return await _run(ACTIONS, partial(function, *args, **kwargs))


async def read_in_thread(function: Callable[..., T], *args: Any) -> T:
    """Runs what only reads."""
    return await _run(READERS, partial(function, *args))


async def _run(pool: ThreadPoolExecutor, function: Callable[[], T]) -> T:
    context = copy_context()

    def call() -> T:
        close_old_connections()
        try:
            return context.run(function)
        finally:
            close_old_connections()

    return await asyncio.get_running_loop().run_in_executor(pool, call)


@contextmanager
def reading() -> Iterator[None]:
    """One transaction that only reads: all of it sees one state, and it neither waits for a writer nor makes one wait.

    Our SQLite transactions take the place of the one writer as they begin, PostgreSQL's see a new state with each
    statement: neither is what a reader needs. Inside another transaction it is only a part of that.
    """
    if connection.in_atomic_block:
        yield
        return
    with _deferred(), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@contextmanager
def _deferred() -> Iterator[None]:
    database: Any = connection
    database.ensure_connection()  # what it brings with it is not to come over what is said here
    usual = getattr(database, "transaction_mode", None)  # SQLite's alone
    database.transaction_mode = usual and "DEFERRED"
    try:
        yield
    finally:
        database.transaction_mode = usual
