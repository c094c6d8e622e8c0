"""Reads and actions of sockets run in a pool of threads of their own, each with its own database connection."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

from django.db import close_old_connections

T = TypeVar("T")
POOL = ThreadPoolExecutor(max_workers=8, thread_name_prefix="socket")


async def in_thread(function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Runs sync code that touches the database. Channels' own helper would queue all sockets on one thread."""
    context = copy_context()

    def call() -> T:
        close_old_connections()
        try:
            return context.run(function, *args, **kwargs)
        finally:
            close_old_connections()

    return await asyncio.get_running_loop().run_in_executor(POOL, call)
