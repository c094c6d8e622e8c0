"""Where a backup goes, what it never overwrites, and what it says of stored files that are lost."""

import fcntl
import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from fairplatform.operations.backup import data_dir as places
from fairplatform.operations.backup.create import backup
from fairplatform.operations.backup.postgresql import program
from tests.faults.room import no_room
from tests.operations.fairs import OFFER, members

_HOLD = "import fcntl, sys; held = open(sys.argv[1], 'a'); fcntl.flock(held, int(sys.argv[2])); print(); input()"
DAYS = [f"fair-2020051{day}T070000Z.tar.gz" for day in range(4, 8)]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*") if not path.name.endswith(".lock"))


def test_backup_holds_database_files_and_manifest_and_nothing_secret(fair: Path) -> None:
    (fair / "secret_key").write_text("the key")
    made = backup(None, keep=None)
    assert made.path.parent == fair / "backups"
    assert [(e.name.split("/")[0], e.mode) for e, _ in members(made.path)] == [
        ("database.sqlite3", 0o600),
        ("files", 0o600),
        ("manifest.json", 0o600),
    ]
    assert members(made.path)[1][1] == OFFER
    assert (fair / "backups").stat().st_mode & 0o777 == 0o700
    assert names(fair / "backups") == [made.path.name]


def test_backup_overwrites_nothing(fair: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.tar.gz").write_text("mine")
    with pytest.raises(CommandError, match="exists already"):
        backup(tmp_path / "mine.tar.gz", keep=None)
    assert (tmp_path / "mine.tar.gz").read_text() == "mine"
    with pytest.raises(CommandError, match="There is no folder"):
        backup(tmp_path / "nowhere/mine.tar.gz", keep=None)


def test_only_the_newest_are_kept_and_only_of_our_own(fair: Path, tmp_path: Path) -> None:
    folder = tmp_path / "shelf"
    folder.mkdir()
    for name in (*DAYS, "letter.txt", "fair-old.tar.gz"):
        (folder / name).write_text(name)
    made = backup(folder, keep=2)
    assert names(folder) == sorted([DAYS[-1], made.path.name, "letter.txt", "fair-old.tar.gz"])


def test_nothing_is_deleted_when_a_backup_fails(fair: Path, tmp_path: Path) -> None:
    (fair / "fair.sqlite3").unlink()
    (tmp_path / DAYS[0]).write_text("old but whole")
    with pytest.raises(CommandError, match="no database"):
        backup(tmp_path, keep=1)
    assert names(tmp_path) == [DAYS[0], "place"]


@pytest.mark.parametrize("stage", ["database", "archive"])
def test_without_room_there_is_no_new_backup_and_the_old_ones_stay(fair: Path, tmp_path: Path, stage: str) -> None:
    (tmp_path / DAYS[0]).write_text("old but whole")
    put_file(fair, os.urandom(4_000_000))
    room = 4096 if stage == "database" else 2_000_000
    with no_room(beyond=room), pytest.raises(CommandError, match=f"No backup was made in {tmp_path}: .+ as they were"):
        backup(tmp_path, keep=1)
    assert names(tmp_path) == [DAYS[0], "place"]
    made = backup(tmp_path, keep=1)
    assert names(tmp_path) == [made.path.name, "place"]


def put_file(place: Path, content: bytes) -> None:
    """In the place of the one stored file of the fair."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = place / f"files/{sha256[:2]}/{sha256}"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    with closing(sqlite3.connect(place / "fair.sqlite3")) as database, database:
        database.execute("UPDATE files_file SET sha256 = ?", [sha256])


@pytest.mark.parametrize("damage", ["lost", "changed"])
def test_lost_file_is_named_and_the_rest_is_backed_up(
    fair: Path, capsys: pytest.CaptureFixture[str], damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "nice", lambda by: by)
    [path] = (fair / "files").glob("*/*")
    path.unlink() if damage == "lost" else path.write_bytes(OFFER[::-1])
    with pytest.raises(CommandError, match=path.name) as failure:
        call_command("backup")
    assert failure.value.returncode == 3
    archive = Path(capsys.readouterr().out.strip())
    assert [entry.name for entry, _ in members(archive)] == ["database.sqlite3", "manifest.json"]


def test_two_backups_do_not_meet_in_one_folder(fair: Path) -> None:
    (fair / "backups").mkdir()
    at_work = places.lock(fair / "backups/.fair-backup.lock", shared=False, taken="")
    with at_work, pytest.raises(CommandError, match="Another backup is at work"):
        backup(None, keep=None)
    assert names(fair / "backups") == []


def test_what_a_cut_left_behind_is_removed_by_the_next(fair: Path) -> None:
    left = fair / "backups/.fair-backup-unfinished-x1"
    left.mkdir(parents=True)
    (left / "archive").write_bytes(bytes(1000))
    made = backup(None, keep=None)
    assert names(fair / "backups") == [made.path.name]


def test_an_unfinished_place_is_not_backed_up(fair: Path) -> None:
    (fair / "restore-unfinished.json").write_text("")
    with pytest.raises(CommandError, match="was not finished"):
        backup(None, keep=None)


def test_server_and_restore_shut_each_other_out_across_processes(fair: Path) -> None:
    """Two servers may share a place; a restore shares it with nobody, and a killed holder holds nothing."""
    with places.opened(), places.opened():
        assert not may(places.alone)
    with places.alone():
        assert not may(places.opened)
    command = [sys.executable, "-c", _HOLD, str(fair / "in-use.lock"), str(fcntl.LOCK_SH)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        assert not may(places.alone)
        other.send_signal(signal.SIGKILL)
    assert may(places.alone)


def may(door) -> bool:
    try:
        with door():
            return True
    except CommandError:
        return False


def test_missing_programs_of_postgresql_are_named_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="apt-get install postgresql-client-99"):
        program("pg_dump", at_least=99)
    with pytest.raises(CommandError, match="found here: none"):
        program("pg_nothing", at_least=15)


def test_oldest_program_that_will_do_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fairplatform.operations.backup.postgresql.DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "9/bin"))
    for version in (9, 15, 16, 17):
        path = tmp_path / f"{version}/bin/pg_dump"
        path.parent.mkdir(parents=True)
        path.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}.3'\n")
        path.chmod(0o755)
    assert shutil.which("pg_dump") == str(tmp_path / "9/bin/pg_dump")
    assert program("pg_dump", at_least=15) == str(tmp_path / "15/bin/pg_dump")
    assert program("pg_dump", at_least=9) == str(tmp_path / "9/bin/pg_dump")
