"""Two thread pools for the sockets, for actions and for reads; each thread has its own database connection."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from functools import partial
from typing import Any, TypeVar

from django.db import close_old_connections, connection, transaction

from fairplatform.db.sql import execute

T = TypeVar("T")
# Reads do not wait behind actions, which may wait for other writers. More readers would not be faster: they share the
# interpreter lock, and each connection has a page cache of its own.
ACTIONS = ThreadPoolExecutor(max_workers=8, thread_name_prefix="action")
READERS = ThreadPoolExecutor(max_workers=4, thread_name_prefix="reader")


async def in_thread(function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Runs an action. Channels' database_sync_to_async would run those of all sockets in one thread."""
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
    """A read-only transaction that sees one state of the database, and neither waits for a writer nor blocks one.

    By default, transactions here are IMMEDIATE in SQLite (they take the write lock) and READ COMMITTED in PostgreSQL
    (each statement sees a new state). Inside another transaction this does nothing.
    """
    if connection.in_atomic_block:
        yield
        return
    with _deferred(), transaction.atomic():
        if connection.vendor == "postgresql":
            execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@contextmanager
def _deferred() -> Iterator[None]:
    database: Any = connection
    database.ensure_connection()  # connecting sets transaction_mode, so it must come first
    usual = getattr(database, "transaction_mode", None)  # SQLite's alone
    database.transaction_mode = usual and "DEFERRED"
    try:
        yield
    finally:
        database.transaction_mode = usual
