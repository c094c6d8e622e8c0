"""Thirty-two who want one slot at the same instant, a thousand times: one gets it, on either database."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.servers.command import manage
from tests.servers.postgres_server import PostgresServer

WORKERS, ROUNDS, ROUNDS_WITHOUT = 32, 1000, 10
Race = Callable[..., dict[str, object]]


@pytest.fixture(params=["sqlite", "postgresql"])
def race(request: pytest.FixtureRequest, tmp_path: Path) -> Race:
    """Runs the race on a database of its own, and returns what it printed."""
    environment = {"DATA_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path / 'fair.sqlite3'}"}
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres_server")
        environment |= {"DATABASE_URL": server.migrated(), "DATABASE_POOL": str(WORKERS + 2)}
    else:
        manage("migrate", "--verbosity", "0", environment=environment)

    def run(**settings: object) -> dict[str, object]:
        words = ", ".join(f"{name}={value}" for name, value in settings.items())
        script = f"from tests.faults.slot_race import run; run(workers={WORKERS}, {words})"
        done = manage("shell", "-v", "0", "-c", script, environment=environment)
        printed: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
        return printed

    return run


def test_one_of_many_gets_the_slot_each_time(race: Race) -> None:
    assert race(rounds=ROUNDS, guarded=True) == {"winners": {"1": ROUNDS}, "double": 0}


def test_without_the_guard_the_slot_is_given_twice(race: Race) -> None:
    """The control: the race finds out when nothing guards the slot."""
    said = race(rounds=ROUNDS_WITHOUT, guarded=False)
    assert said["winners"] != {"1": ROUNDS_WITHOUT}
    assert said["double"]
