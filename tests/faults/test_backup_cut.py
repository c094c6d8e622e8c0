"""Backup and restore killed by SIGKILL: nothing incomplete looks complete, and the command can be run again."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.operations.small_fair import query, stored_digests, table_rows
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


def run_until_killed(environment: dict[str, str], *words: str, when: Callable[[], bool]) -> None:
    """Starts a command and kills its process group as soon as `when` is true; it must not have ended by then."""
    program = subprocess.Popen(
        [*MANAGE, *words], cwd=REPOSITORY, env=clean_environment() | environment, start_new_session=True
    )
    deadline = time.monotonic() + 60
    while program.poll() is None and not when() and time.monotonic() < deadline:
        time.sleep(0.001)
    # The leader has not been waited for yet, so its group still exists.
    os.killpg(program.pid, signal.SIGKILL)
    assert program.wait() == -signal.SIGKILL


def total_size(folder: Path, pattern: str) -> int:
    """Bytes in the files that match; files may be deleted while they are counted."""
    total = 0
    for path in folder.glob(pattern):
        try:
            total += path.stat().st_size
        except FileNotFoundError:
            continue
    return total


def test_killed_backup_leaves_nothing_that_looks_complete(tmp_path: Path) -> None:
    environment = {"DATA_DIR": str(tmp_path / "fair")}
    make_fair(environment, files=FILES)
    archives = tmp_path / "archives"
    archives.mkdir()
    for position in full((1, FILES * BYTES // 2, FILES * BYTES - BYTES), small=(FILES * BYTES // 2,)):
        # The archive grows under a temporary name; if it had its own already, that must be noticed.
        run_until_killed(
            environment,
            "backup",
            str(archives),
            when=lambda: total_size(archives, ".fair-*/archive") + total_size(archives, "fair-*") >= position,  # noqa: B023
        )
        assert list(archives.glob("fair-*")) == []
        assert total_size(archives, ".fair-*/archive") >= position
    archive = manage("backup", str(archives), environment=environment).stdout.strip()
    assert [str(path) for path in archives.glob("*fair-*") if not path.name.endswith(".lock")] == [archive]
    assert_restored_after_kills(environment, archive, tmp_path / "new")


def assert_restored_after_kills(source: dict[str, str], archive: str, folder: Path) -> None:
    """Restores killed while unpacking, while installing files and after installing the database; then one completes."""
    environment, restore_mark = {"DATA_DIR": str(folder)}, folder / "restore-unfinished.json"
    moments: list[Callable[[], bool]] = [
        lambda: total_size(folder, "restore-staging/files/*/*") > BYTES,
        lambda: total_size(folder, "files/*/*") > 0,
        lambda: (folder / "fair.sqlite3").exists(),
    ]
    for number, when in enumerate(moments):
        run_until_killed(environment, "restore", archive, when=when)
        assert (restore_mark.exists(), (folder / "fair.sqlite3").exists() and number == 0) == (True, False)
    for word in ("serve", "prepare", "backup"):
        with pytest.raises(RuntimeError, match="was not finished"):
            manage(word, environment=environment)
    manage("restore", archive, environment=environment)
    assert (table_rows(environment), stored_digests(environment)) == (table_rows(source), stored_digests(source))
    assert (restore_mark.exists(), (folder / "restore-staging").exists()) == (False, False)


def test_killed_restore_on_postgresql(postgres_server: PostgresServer, tmp_path: Path) -> None:
    """pg_restore is one transaction: killed in it, the database has no tables, and DATA_DIR is marked."""
    environment = {"DATA_DIR": str(tmp_path / "fair"), "DATABASE_URL": postgres_server.empty()}
    make_fair(environment, files=1)
    archive = manage("backup", environment=environment).stdout.strip()
    other = {"DATA_DIR": str(tmp_path / "new"), "DATABASE_URL": postgres_server.migrated()}
    name = other["DATABASE_URL"].rsplit("/", 1)[1]
    # By then the tables have been created; without the one transaction they would stay.
    running_restore = """SELECT count(*) FROM pg_stat_activity WHERE application_name = 'pg_restore' AND datname = %s
        AND query ~ '(ADD CONSTRAINT|CREATE (UNIQUE )?INDEX)'"""
    any_client = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
    with psycopg.connect(postgres_server.url("postgres"), autocommit=True) as watch:
        run_until_killed(
            other, "restore", archive, when=lambda: watch.execute(running_restore, [name]).fetchone() == (1,)
        )
        wait_until(lambda: watch.execute(any_client, [name]).fetchone() == (0,), seconds=10, what="the rollback")
    assert query(other, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
    with pytest.raises(RuntimeError, match="was not finished"):
        manage("serve", environment=other)
    manage("restore", archive, environment=other)
    assert (table_rows(other), stored_digests(other)) == (table_rows(environment), stored_digests(environment))
