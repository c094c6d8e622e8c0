"""Thirty-two workers book one slot at the same instant, a thousand times: one succeeds, on either database."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.servers.command import manage
from tests.servers.postgres_server import PostgresServer
from tests.servers.prepared import prepared
from tests.sizes import full

pytestmark = pytest.mark.server
WORKERS, ROUNDS, ROUNDS_WITHOUT = 32, full(1000, small=20), full(10, small=4)
# SQLite has one writer, and the others sleep before they try again: several databases at once use that time.
DATABASES = {"sqlite": full(10, small=4), "postgresql": 4}


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest, templates: Path, tmp_path: Path) -> list[dict[str, str]]:
    """The environments of migrated databases."""
    folders = [tmp_path / str(number) for number in range(DATABASES[request.param])]
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres_server")
        addresses = [server.migrated() for _ in folders]
    else:
        addresses = [f"sqlite:///{folder / 'fair.sqlite3'}" for folder in folders]
        for folder in folders:
            prepared(templates, "tables").copy_to(folder)
    return [
        {"DATA_DIR": str(folder), "DATABASE_URL": address, "DATABASE_POOL": str(WORKERS + 2)}
        for folder, address in zip(folders, addresses, strict=True)
    ]


def race(environment: dict[str, str], *, rounds: int, guarded: bool) -> dict[str, object]:
    """Runs the race on this database; returns the JSON it printed."""
    script = f"from tests.faults.slot_race import run; run(workers={WORKERS}, rounds={rounds}, guarded={guarded})"
    done = manage("shell", "-v", "0", "-c", script, environment=environment)
    printed: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return printed


def test_exactly_one_of_many_books_the_slot(databases: list[dict[str, str]]) -> None:
    rounds = ROUNDS // len(databases)
    with ThreadPoolExecutor(len(databases)) as beside:
        results = list(beside.map(lambda database: race(database, rounds=rounds, guarded=True), databases))
    assert results == [{"winners": {"1": rounds}, "double": 0}] * len(databases)


def test_without_the_constraint_the_slot_is_booked_twice(databases: list[dict[str, str]]) -> None:
    """The control experiment: without the constraint the race is detected."""
    result = race(databases[0], rounds=ROUNDS_WITHOUT, guarded=False)
    assert result["winners"] != {"1": ROUNDS_WITHOUT}
    assert result["double"]
