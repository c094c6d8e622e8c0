"""Thirty-two who want one slot at the same instant, a thousand times: one gets it, on either database."""

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
# Who lost the race for SQLite's one writer sleeps before it tries again: meanwhile those at other databases go on.
BESIDE = {"sqlite": full(10, small=4), "postgresql": 4}


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest, templates: Path, tmp_path: Path) -> list[dict[str, str]]:
    """Databases with all tables: what the environment says of each."""
    folders = [tmp_path / str(number) for number in range(BESIDE[request.param])]
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
    """Runs the race on this database, and returns what it printed."""
    script = f"from tests.faults.slot_race import run; run(workers={WORKERS}, rounds={rounds}, guarded={guarded})"
    done = manage("shell", "-v", "0", "-c", script, environment=environment)
    printed: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return printed


def test_one_of_many_gets_the_slot_each_time(databases: list[dict[str, str]]) -> None:
    rounds = ROUNDS // len(databases)
    with ThreadPoolExecutor(len(databases)) as beside:
        said = list(beside.map(lambda database: race(database, rounds=rounds, guarded=True), databases))
    assert said == [{"winners": {"1": rounds}, "double": 0}] * len(databases)


def test_without_the_guard_the_slot_is_given_twice(databases: list[dict[str, str]]) -> None:
    """The control: the race finds out when nothing guards the slot."""
    said = race(databases[0], rounds=ROUNDS_WITHOUT, guarded=False)
    assert said["winners"] != {"1": ROUNDS_WITHOUT}
    assert said["double"]
