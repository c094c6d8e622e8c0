"""Checks of the services the program uses: the database, and Redis if several processes run."""

import asyncio
import secrets
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from channels.layers import get_channel_layer
from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from redis import Redis
from redis.exceptions import RedisError

from fairplatform.db.sql import execute
from fairplatform.observability.redaction import safe_message

from .finding import Finding, broken, warning, well

TIMEOUT = 3  # seconds
OLDEST_POSTGRESQL = 140_000  # as in server_version_num
WARNING_SKEW, BROKEN_SKEW = 1.0, 5.0  # seconds
# Without any of these a power cut may lose committed transactions.
DURABLE_SETTINGS = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


def check_database() -> Iterator[Finding]:
    """Only that it is unavailable, if it is."""
    if is_missing():
        yield broken("database", "There is none yet in DATA_DIR.", "Run manage.py prepare.")
        return
    # Without the pool, which retries, the first error is reported.
    connection.settings_dict["OPTIONS"].pop("pool", None)
    try:
        execute("SELECT 1")
    except Error as failure:
        advice = "Start it, and look at DATABASE_URL, its network and its password."
        yield broken("database", f"It does not answer: {safe_message(failure) or type(failure).__name__}.", advice)
        return
    yield _version()
    yield _migrations()
    yield from _sqlite() if connection.vendor == "sqlite" else _postgresql()


def is_missing() -> bool:
    """Whether there is no file of SQLite yet: connecting would create an empty one."""
    name = str(connection.settings_dict["NAME"])
    return connection.vendor == "sqlite" and not name.startswith("file:") and not Path(name).exists()


def _version() -> Finding:
    if connection.vendor == "sqlite":
        return well("database", f"SQLite {sqlite3.sqlite_version} answers.")
    number = int(_setting("server_version_num"))
    says = f"PostgreSQL {number // 10000}.{number % 10000} answers."
    if number < OLDEST_POSTGRESQL:
        return broken("database", says, "The program needs PostgreSQL 14 or newer.")
    return well("database", says)


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        return broken("migrations", f"{len(missing)} are not applied.", "Run manage.py prepare.")
    return well("migrations", "All are applied.")


def _sqlite() -> Iterator[Finding]:
    [[journal]], [[synchronous]] = execute("PRAGMA journal_mode"), execute("PRAGMA synchronous")
    if (journal, synchronous) == ("wal", 2):
        yield well("durability", "SQLite writes ahead (WAL) and waits for the disk (FULL).")
    else:
        says = f"journal_mode is {journal} and synchronous {synchronous}, not wal and 2."
        yield broken("durability", says, "Put DATA_DIR on a local disk: WAL does not work on a network's.")
    if settings.REDIS_URL:
        says = "REDIS_URL is set, but SQLite serves one process alone."
        yield warning("processes", says, "Use PostgreSQL for several processes.")


def _postgresql() -> Iterator[Finding]:
    unsafe = {name: now for name, value in DURABLE_SETTINGS.items() if (now := _setting(name)) != value}
    if unsafe:
        says = "Acknowledged work may be lost: " + ", ".join(f"{name} is {now}" for name, now in unsafe.items()) + "."
        yield broken("durability", says, "Set them to on in postgresql.conf.")
    else:
        yield well("durability", "PostgreSQL waits for the disk.")
    yield _clock_skew()


def _clock_skew() -> Finding:
    """The difference to the clock of the database, which is compared with the middle of the query here."""
    began = timezone.now()
    [[database_time]] = execute("SELECT clock_timestamp()")
    middle = began + (timezone.now() - began) / 2
    seconds = abs((database_time - middle).total_seconds())
    says = f"The clocks of this computer and of the database differ by {seconds:.1f} s."
    if seconds < WARNING_SKEW:
        return well("time", says)
    return (broken if seconds > BROKEN_SKEW else warning)("time", says, "Let both keep time by NTP.")


def _setting(name: str) -> str:
    [[value]] = execute("SELECT current_setting(%s)", [name])
    return str(value)


def check_redis() -> Iterator[Finding]:
    if not settings.REDIS_URL:
        yield well("redis", "None is set; one web process needs none.")
        return
    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT) as redis:
            server: Any = redis.info("server")  # declared for clients of asyncio too
    except (RedisError, OSError) as failure:
        advice = "Start it, and look at REDIS_URL, its network and its password."
        yield broken("redis", f"It does not answer: {safe_message(failure) or type(failure).__name__}.", advice)
        return
    yield well("redis", f"Redis {server['redis_version']} answers.")
    yield _layer()


def _layer() -> Finding:
    try:
        asyncio.run(asyncio.wait_for(_send_and_receive(), TIMEOUT))
    except (TimeoutError, OSError, RedisError):
        says = "A wake-up to ourselves did not come back: events of other processes arrive only with a heartbeat."
        return broken("layer", says, "Look whether Redis allows PUBLISH and SUBSCRIBE to this user.")
    return well("layer", "A wake-up went out and came back.")


async def _send_and_receive() -> None:
    layer: Any = get_channel_layer()
    channel, mark = await layer.new_channel("doctor"), secrets.token_hex(8)
    await layer.send(channel, {"type": "doctor", "mark": mark})
    while (await layer.receive(channel))["mark"] != mark:
        pass
