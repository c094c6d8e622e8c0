"""Backup and restore killed with -9: nothing half looks whole, and what is half says so and can be done again."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.operations.fairs import query, stored, tables
from tests.servers.command import MANAGE, clean_environment, manage
from tests.servers.postgres_server import PostgresServer
from tests.servers.programs import REPOSITORY, wait_until
from tests.sizes import full

pytestmark = pytest.mark.server
FILES, BYTES = full(200, small=20), 200_000
_MAKE = """
import os
from django.core.management import call_command
from django.utils import timezone
from fairplatform.files.actions import store
from tests.factories import actor, make_exhibitor, make_fair, make_staff

call_command("migrate", verbosity=0)
booth = make_exhibitor(make_fair()).booth
who = actor(make_staff(booth.participation))
for _ in range(FILES):
    store(who, owner=booth, name="a.pdf", content=b"%PDF-" + os.urandom(BYTES), now=timezone.now())
"""


def make_fair(environment: dict[str, str], *, files: int) -> None:
    script = _MAKE.replace("FILES", str(files)).replace("BYTES", str(BYTES))
    manage("shell", "--no-imports", "-c", script, environment=environment)


def cut(environment: dict[str, str], *words: str, when: Callable[[], bool]) -> None:
    """Starts a command and kills it, with all it started, as soon as `when`; it must not have ended by then."""
    program = subprocess.Popen(
        [*MANAGE, *words], cwd=REPOSITORY, env=clean_environment() | environment, start_new_session=True
    )
    deadline = time.monotonic() + 60
    while program.poll() is None and not when() and time.monotonic() < deadline:
        time.sleep(0.001)
    # The leader is not waited for yet, so its group is still there.
    os.killpg(program.pid, signal.SIGKILL)
    assert program.wait() == -signal.SIGKILL


def size(folder: Path, pattern: str) -> int:
    """Bytes in the files that fit; they may go while they are counted."""
    total = 0
    for path in folder.glob(pattern):
        try:
            total += path.stat().st_size
        except FileNotFoundError:
            continue
    return total


def test_cut_in_a_backup_leaves_nothing_that_looks_whole(tmp_path: Path) -> None:
    place = {"DATA_DIR": str(tmp_path / "fair")}
    make_fair(place, files=FILES)
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    for reached in full((1, FILES * BYTES // 2, FILES * BYTES - BYTES), small=(FILES * BYTES // 2,)):
        # Under whatever name it grows.
        cut(place, "backup", str(shelf), when=lambda: size(shelf, ".fair-*/archive") + size(shelf, "fair-*") >= reached)  # noqa: B023
        assert list(shelf.glob("fair-*")) == []
        assert size(shelf, ".fair-*/archive") >= reached
    archive = manage("backup", str(shelf), environment=place).stdout.strip()
    assert [str(path) for path in shelf.glob("*fair-*") if not path.name.endswith(".lock")] == [archive]
    assert_restored_after_cuts(place, archive, tmp_path / "new")


def assert_restored_after_cuts(source: dict[str, str], archive: str, folder: Path) -> None:
    """A restore cut while it unpacks, while it puts the files and once the database is there; then done again."""
    place, mark = {"DATA_DIR": str(folder)}, folder / "restore-unfinished.json"
    reached: list[Callable[[], bool]] = [
        lambda: size(folder, "restore-staging/files/*/*") > BYTES,
        lambda: size(folder, "files/*/*") > 0,
        lambda: (folder / "fair.sqlite3").exists(),
    ]
    for number, when in enumerate(reached):
        cut(place, "restore", archive, when=when)
        assert (mark.exists(), (folder / "fair.sqlite3").exists() and number == 0) == (True, False)
    for word in ("serve", "prepare", "backup"):
        with pytest.raises(RuntimeError, match="was not finished"):
            manage(word, environment=place)
    manage("restore", archive, environment=place)
    assert (tables(place), stored(place)) == (tables(source), stored(source))
    assert (mark.exists(), (folder / "restore-staging").exists()) == (False, False)


def test_cut_in_a_restore_on_postgresql(postgres_server: PostgresServer, tmp_path: Path) -> None:
    """The dump goes in as one transaction: after a cut there are no tables, and the place says why."""
    place = {"DATA_DIR": str(tmp_path / "fair"), "DATABASE_URL": postgres_server.empty()}
    make_fair(place, files=1)
    archive = manage("backup", environment=place).stdout.strip()
    other = {"DATA_DIR": str(tmp_path / "new"), "DATABASE_URL": postgres_server.migrated()}
    name = other["DATABASE_URL"].rsplit("/", 1)[1]
    # Its tables are made by then, and would be there if each had come by itself.
    at_work = """SELECT count(*) FROM pg_stat_activity WHERE application_name = 'pg_restore' AND datname = %s
        AND query ~ '(ADD CONSTRAINT|CREATE (UNIQUE )?INDEX)'"""
    anybody = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
    with psycopg.connect(postgres_server.url("postgres"), autocommit=True) as watch:
        cut(other, "restore", archive, when=lambda: watch.execute(at_work, [name]).fetchone() == (1,))
        wait_until(lambda: watch.execute(anybody, [name]).fetchone() == (0,), seconds=10, what="the rollback")
    assert query(other, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
    with pytest.raises(RuntimeError, match="was not finished"):
        manage("serve", environment=other)
    manage("restore", archive, environment=other)
    assert (tables(other), stored(other)) == (tables(place), stored(place))
