"""How a backup delays those who write: the wait for an acknowledgement during one, beside the wait without one.

On SQLite, with a database of some tens of megabytes. Periods with and without a backup alternate: both meet the same
noise.
"""

import sqlite3
import time
import uuid
from contextlib import closing

from bench.processes import our_servers
from bench.table import Row, as_cheap_as, show
from tests.operations.load import Load, load
from tests.operations.small_fair import SmallFair, create_small_fair
from tests.servers.serve import Server, Servers

ROUNDS = 2
OLD_MESSAGES = 60_000
GOAL = 2.0


def fill(server: Server, fair_data: SmallFair) -> None:
    """Old messages in a conversation that nobody reads, so that there is something to copy."""
    with closing(sqlite3.connect(server.data_dir / "fair.sqlite3", timeout=20)) as database, database:
        [(fair, author)] = database.execute("SELECT (SELECT id FROM fairs_fair), (SELECT min(id) FROM accounts_user)")
        old = database.execute(
            "INSERT INTO chat_conversation (fair_id, state, created_at) VALUES (?, 'open', '2020-05-14 07:03')", [fair]
        ).lastrowid
        database.executemany(
            "INSERT INTO chat_message (conversation_id, seq, author_id, client_id, body, sent_at)"
            " VALUES (?, ?, ?, ?, ?, '2020-05-14 07:03')",
            ((old, n, author, uuid.uuid4().hex, f"{uuid.uuid4()} " * 8) for n in range(OLD_MESSAGES)),
        )


def p95(waits: list[float]) -> float:
    return sorted(waits)[int(len(waits) * 0.95)] * 1000


def waits_without_and_with_backup(server: Server, fair_data: SmallFair) -> tuple[list[float], list[float]]:
    """Seconds until acknowledgement without and during a backup."""
    backup_spans: list[tuple[float, float]] = []
    with load(server, fair_data) as traffic:
        time.sleep(2)
        for _ in range(ROUNDS):
            began = time.monotonic()
            server.manage("backup")
            backup_spans.append((began, time.monotonic()))
            time.sleep(backup_spans[-1][1] - began)
    return split_waits(traffic, backup_spans)


def split_waits(traffic: Load, backup_spans: list[tuple[float, float]]) -> tuple[list[float], list[float]]:
    quiet: list[float] = []
    during: list[float] = []
    for sent, waited in traffic.waits:
        (during if any(began <= sent < ended for began, ended in backup_spans) else quiet).append(waited)
    return quiet, during


def measure(servers: Servers) -> list[Row]:
    server = servers("--no-clock", "--no-tasks")
    try:
        fair_data = create_small_fair(server.environment)
        fill(server, fair_data)
        quiet, during = waits_without_and_with_backup(server, fair_data)
    finally:
        servers.stop()
    return [as_cheap_as("acknowledged during a backup, p95", p95(during), "ms", "without one", p95(quiet), GOAL)]


if __name__ == "__main__":
    with our_servers() as started:
        show(measure(started))
