"""Creating a backup: where it goes, what it never overwrites, how it reports lost files, and who may use DATA_DIR."""

import fcntl
import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from fairplatform.operations.backup.configured_database import configured_database
from fairplatform.operations.backup.create import Backup, create_backup
from fairplatform.operations.backup.data_dir import exclusive_use, in_use, lock
from fairplatform.operations.backup.postgresql import client_program
from tests.faults.full_disk import full_disk
from tests.operations.small_fair import OFFER, archive_members

_HOLD_LOCK = "import fcntl, sys; file = open(sys.argv[1], 'a'); fcntl.flock(file, int(sys.argv[2])); print(); input()"
DAYS = [f"fair-2020051{day}T070000Z.tar.gz" for day in range(4, 8)]


def back_up(target: Path | None = None, *, keep: int | None = None) -> Backup:
    return create_backup(configured_database(), target, keep=keep)


def file_names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*") if not path.name.endswith(".lock"))


def test_backup_holds_database_files_and_manifest_and_nothing_secret(fair_dir: Path) -> None:
    (fair_dir / "secret_key").write_text("the key")
    backup = back_up()
    assert backup.path.parent == fair_dir / "backups"
    assert [(e.name.split("/")[0], e.mode) for e, _ in archive_members(backup.path)] == [
        ("database.sqlite3", 0o600),
        ("files", 0o600),
        ("manifest.json", 0o600),
    ]
    assert archive_members(backup.path)[1][1] == OFFER
    assert (fair_dir / "backups").stat().st_mode & 0o777 == 0o700
    assert file_names(fair_dir / "backups") == [backup.path.name]


def test_backup_overwrites_nothing(fair_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.tar.gz").write_text("mine")
    with pytest.raises(CommandError, match="exists already"):
        back_up(tmp_path / "mine.tar.gz", keep=None)
    assert (tmp_path / "mine.tar.gz").read_text() == "mine"
    with pytest.raises(CommandError, match="There is no folder"):
        back_up(tmp_path / "nowhere/mine.tar.gz", keep=None)


def test_only_the_newest_archives_with_default_names_are_kept(fair_dir: Path, tmp_path: Path) -> None:
    folder = tmp_path / "archives"
    folder.mkdir()
    for name in (*DAYS, "letter.txt", "fair-old.tar.gz"):
        (folder / name).write_text(name)
    backup = back_up(folder, keep=2)
    assert file_names(folder) == sorted([DAYS[-1], backup.path.name, "letter.txt", "fair-old.tar.gz"])


def test_failed_backup_deletes_nothing(fair_dir: Path, tmp_path: Path) -> None:
    (fair_dir / "fair.sqlite3").unlink()
    (tmp_path / DAYS[0]).write_text("old but whole")
    with pytest.raises(CommandError, match="no database"):
        back_up(tmp_path, keep=1)
    assert file_names(tmp_path) == ["data_dir", DAYS[0]]


@pytest.mark.parametrize("stage", ["database", "archive"])
def test_full_disk_fails_the_backup_and_keeps_the_old_ones(fair_dir: Path, tmp_path: Path, stage: str) -> None:
    (tmp_path / DAYS[0]).write_text("old but whole")
    replace_stored_file(fair_dir, os.urandom(4_000_000))
    limit = 4096 if stage == "database" else 2_000_000
    with (
        full_disk(beyond=limit),
        pytest.raises(CommandError, match=f"No backup was made in {tmp_path}: .+ as they were"),
    ):
        back_up(tmp_path, keep=1)
    assert file_names(tmp_path) == ["data_dir", DAYS[0]]
    backup = back_up(tmp_path, keep=1)
    assert file_names(tmp_path) == ["data_dir", backup.path.name]


def replace_stored_file(data_dir: Path, content: bytes) -> None:
    """Gives the one stored file of the fair another content."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = data_dir / f"files/{sha256[:2]}/{sha256}"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    with closing(sqlite3.connect(data_dir / "fair.sqlite3")) as database, database:
        database.execute("UPDATE files_file SET sha256 = ?", [sha256])


@pytest.mark.parametrize("damage", ["lost", "changed"])
def test_lost_or_damaged_file_is_reported_and_the_rest_backed_up(
    fair_dir: Path, capsys: pytest.CaptureFixture[str], damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "nice", lambda by: by)
    [path] = (fair_dir / "files").glob("*/*")
    path.unlink() if damage == "lost" else path.write_bytes(OFFER[::-1])
    with pytest.raises(CommandError, match=path.name) as failure:
        call_command("backup")
    assert failure.value.returncode == 3
    archive = Path(capsys.readouterr().out.strip())
    assert [entry.name for entry, _ in archive_members(archive)] == ["database.sqlite3", "manifest.json"]


def test_every_width_of_a_picture_is_backed_up_and_no_upload_on_its_way(fair_dir: Path) -> None:
    content = b"RIFF a picture in a small width"
    sha256 = hashlib.sha256(content).hexdigest()
    path = fair_dir / f"files/{sha256[:2]}/{sha256}"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    (fair_dir / "files/unfinished").mkdir()
    (fair_dir / "files/unfinished/part").write_bytes(b"half of it")
    with closing(sqlite3.connect(fair_dir / "fair.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO files_rendition (file_id, width, height, sha256, size) "
            "SELECT id, 320, 240, ?, ? FROM files_file",
            [sha256, len(content)],
        )
        database.execute(
            "INSERT INTO files_upload (key, user_id, company_id, purpose, name, size, modified, received, touched_at) "
            "SELECT 'a', user_id, company_id, 'logo', 'a.png', 99, 1, 10, '2020-05-14' FROM accounts_staff LIMIT 1"
        )
    backup = back_up()
    stored = {hashlib.sha256(OFFER).hexdigest(), sha256}
    files = {name.rpartition("/")[2] for name in backup.manifest.members if name.startswith("files/")}
    assert (files, backup.manifest.rows["files_upload"], backup.manifest.missing) == (stored, 0, [])


def test_second_backup_into_the_same_folder_is_refused(fair_dir: Path) -> None:
    (fair_dir / "backups").mkdir()
    running_backup = lock(fair_dir / "backups/.fair-backup.lock", shared=False, message="")
    with running_backup, pytest.raises(CommandError, match="Another backup is at work"):
        back_up()
    assert file_names(fair_dir / "backups") == []


def test_leftover_of_an_interrupted_backup_is_removed(fair_dir: Path) -> None:
    leftover = fair_dir / "backups/.fair-backup-unfinished-x1"
    leftover.mkdir(parents=True)
    (leftover / "archive").write_bytes(bytes(1000))
    backup = back_up()
    assert file_names(fair_dir / "backups") == [backup.path.name]


@pytest.mark.parametrize("mark", ["", "{}", "[]"])
def test_data_dir_with_an_unfinished_restore_is_not_backed_up(fair_dir: Path, mark: str) -> None:
    """Whatever the mark says: it may have been cut short itself."""
    (fair_dir / "restore-unfinished.json").write_text(mark)
    with pytest.raises(CommandError, match="was not finished"):
        back_up()


def test_server_and_restore_exclude_each_other_across_processes(fair_dir: Path) -> None:
    """Two servers may share a DATA_DIR; a restore shares it with nobody, and a killed process holds no lock."""
    with in_use(), in_use():
        assert not can_enter(exclusive_use)
    with exclusive_use():
        assert not can_enter(in_use)
    command = [sys.executable, "-c", _HOLD_LOCK, str(fair_dir / "in-use.lock"), str(fcntl.LOCK_SH)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        assert not can_enter(exclusive_use)
        other.send_signal(signal.SIGKILL)
    assert can_enter(exclusive_use)


def can_enter(use: Callable[[], AbstractContextManager[None]]) -> bool:
    try:
        with use():
            return True
    except CommandError:
        return False


def test_missing_client_program_is_named_with_the_package_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="apt-get install postgresql-client-99"):
        client_program("pg_dump", at_least=99)
    with pytest.raises(CommandError, match="found here: none"):
        client_program("pg_nothing", at_least=15)


def test_oldest_sufficient_client_program_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fairplatform.operations.backup.postgresql.DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "9/bin"))
    for version in (9, 15, 16, 17):
        path = tmp_path / f"{version}/bin/pg_dump"
        path.parent.mkdir(parents=True)
        path.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}.3'\n")
        path.chmod(0o755)
    assert shutil.which("pg_dump") == str(tmp_path / "9/bin/pg_dump")
    assert client_program("pg_dump", at_least=15) == str(tmp_path / "15/bin/pg_dump")
    assert client_program("pg_dump", at_least=9) == str(tmp_path / "9/bin/pg_dump")
