"""What the fair stands on: its database, and Redis where there are several processes."""

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

from fairplatform.observability.redaction import safe_message

from .finding import Finding, broken, warning, well

PATIENCE = 3
OLDEST_POSTGRESQL = 140000
SKEW_NOTED, SKEW_HARMFUL = 1.0, 5.0  # seconds
# Each keeps what was acknowledged over a power cut.
SAFE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


def examine_database() -> Iterator[Finding]:
    """Nothing further is asked of a database that is away."""
    if is_missing():
        yield broken("database", "There is none yet in DATA_DIR.", "Run manage.py prepare.")
        return
    # A connection of its own tells in one try why there is none.
    connection.settings_dict["OPTIONS"].pop("pool", None)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error as failure:
        advice = "Start it, and look at DATABASE_URL, its network and its password."
        yield broken("database", f"It does not answer: {safe_message(failure) or type(failure).__name__}.", advice)
        return
    yield _version()
    yield _migrations()
    yield from _sqlite() if connection.vendor == "sqlite" else _postgresql()


def is_missing() -> bool:
    """Whether SQLite would make a new, empty database by being asked."""
    name = str(connection.settings_dict["NAME"])
    return connection.vendor == "sqlite" and not name.startswith("file:") and not Path(name).exists()


def _version() -> Finding:
    if connection.vendor == "sqlite":
        return well("database", f"SQLite {sqlite3.sqlite_version} answers.")
    number = int(_shown("server_version_num"))
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
    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
    if (journal, synchronous) == ("wal", 2):
        yield well("durability", "SQLite writes ahead (WAL) and waits for the disk (FULL).")
    else:
        says = f"journal_mode is {journal} and synchronous {synchronous}, not wal and 2."
        yield broken("durability", says, "Put DATA_DIR on a local disk: WAL does not work on a network's.")
    if settings.REDIS_URL:
        says = "REDIS_URL is set, but SQLite serves one process alone."
        yield warning("processes", says, "Use PostgreSQL for several processes.")


def _postgresql() -> Iterator[Finding]:
    unsafe = {name: now for name, value in SAFE.items() if (now := _shown(name)) != value}
    if unsafe:
        says = "Acknowledged work may be lost: " + ", ".join(f"{name} is {now}" for name, now in unsafe.items()) + "."
        yield broken("durability", says, "Set them to on in postgresql.conf.")
    else:
        yield well("durability", "PostgreSQL waits for the disk.")
    yield _skew()


def _skew() -> Finding:
    began = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        there = cursor.fetchone()[0]
    between = began + (timezone.now() - began) / 2
    seconds = abs((there - between).total_seconds())
    says = f"The clocks of this computer and of the database differ by {seconds:.1f} s."
    if seconds < SKEW_NOTED:
        return well("time", says)
    return (broken if seconds > SKEW_HARMFUL else warning)("time", says, "Let both keep time by NTP.")


def _shown(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        return str(cursor.fetchone()[0])


def examine_redis() -> Iterator[Finding]:
    if not settings.REDIS_URL:
        yield well("redis", "None is set; one web process needs none.")
        return
    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE) as redis:
            about: Any = redis.info("server")
    except (RedisError, OSError) as failure:
        advice = "Start it, and look at REDIS_URL, its network and its password."
        yield broken("redis", f"It does not answer: {safe_message(failure) or type(failure).__name__}.", advice)
        return
    yield well("redis", f"Redis {about['redis_version']} answers.")
    yield _layer()


def _layer() -> Finding:
    try:
        asyncio.run(asyncio.wait_for(_there_and_back(), PATIENCE))
    except (TimeoutError, OSError, RedisError):
        says = "A wake-up to ourselves did not come back: processes hear of each other only by heartbeat."
        return broken("layer", says, "Look whether Redis allows PUBLISH and SUBSCRIBE to this user.")
    return well("layer", "A wake-up went out and came back.")


async def _there_and_back() -> None:
    layer: Any = get_channel_layer()
    channel, mark = await layer.new_channel("doctor"), secrets.token_hex(8)
    await layer.send(channel, {"type": "doctor", "mark": mark})
    while (await layer.receive(channel))["mark"] != mark:
        pass
