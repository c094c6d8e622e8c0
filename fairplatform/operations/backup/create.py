"""Makes a backup while the fair runs: the database as of one instant, then every stored file it refers to."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from fairplatform.observability.redaction import safe_message

from .archive import DATABASE_MEMBERS, ArchiveWriter, digest, file_member, open_writer
from .data_dir import fsync, lock, refuse_unfinished_restore
from .database import Database
from .manifest import DatabaseSnapshot, Manifest, program_version

_UNFINISHED = ".fair-backup-unfinished-"
_NAME = "fair-{:%Y%m%dT%H%M%SZ}.tar.gz"
_NAMES = "fair-????????T??????Z.tar.gz"


class Backup(NamedTuple):
    """An archive that was made: where it is, and its manifest."""

    path: Path
    manifest: Manifest


def create_backup(database: Database, target: Path | None, *, keep: int | None) -> Backup:
    """Makes an archive at `target`: a new file, or an existing folder (by default DATA_DIR/backups).

    `keep`: afterwards only this many archives with default names stay in its folder. Raises CommandError if no
    archive could be made; the archives that were there are then untouched.
    """
    now = timezone.now()
    path = _path(target, now)
    refuse_unfinished_restore()
    database.check_client_programs()
    with _working_folder(path.parent) as folder:
        if path.exists():
            raise CommandError(f"{path} exists already; a backup overwrites nothing.")
        try:
            manifest = _write(folder, database, now)
        except (OSError, sqlite3.OperationalError) as failure:
            says = f"No backup was made in {path.parent}: {safe_message(failure)}. The earlier ones are as they were."
            raise CommandError(says) from failure
        (folder / "archive").rename(path)
        fsync(path.parent)
        _delete_oldest(path.parent, keep)
    return Backup(path, manifest)


def _path(target: Path | None, now: datetime) -> Path:
    if target is None:
        target = settings.DATA_DIR / "backups"
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = target / _NAME.format(now) if target.is_dir() else target
    if not path.parent.is_dir():
        raise CommandError(f"There is no folder {path.parent}.")
    return path.absolute()


@contextmanager
def _working_folder(parent: Path) -> Iterator[Path]:
    """A temporary folder on the file system of the archive. Those of interrupted backups are removed first."""
    with lock(parent / ".fair-backup.lock", shared=False, message=f"Another backup is at work in {parent}."):
        for leftover in parent.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(leftover)
        with tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=parent) as folder:
            yield Path(folder)


def _write(folder: Path, database: Database, now: datetime) -> Manifest:
    """Writes the whole archive under a temporary name: `archive` in the folder."""
    member = DATABASE_MEMBERS[database.vendor]
    # The database first: a file is stored before the row that refers to it, and removed a day after the last such row
    # (files.cleaning), so every file of the snapshot is there.
    snapshot = database.snapshot(folder / member)
    with open_writer(folder / "archive") as writer:
        writer.add(member, folder / member, digest(folder / member))
        missing = [sha256 for sha256 in snapshot.files if not _add_file(writer, sha256)]
        manifest = _manifest(database, snapshot, writer, missing, now)
        writer.finish(manifest)
    return manifest


def _add_file(writer: ArchiveWriter, sha256: str) -> bool:
    """Adds a stored file; false if it is missing or its content no longer has this digest."""
    path = settings.FILES_DIR / sha256[:2] / sha256
    try:
        member = digest(path)
    except FileNotFoundError:
        return False
    if member.sha256 != sha256:
        return False
    writer.add(file_member(sha256), path, member)
    return True


def _manifest(
    database: Database, snapshot: DatabaseSnapshot, writer: ArchiveWriter, missing: list[str], now: datetime
) -> Manifest:
    return Manifest(
        program=program_version(),
        made_at=now,
        vendor=database.vendor,
        server=snapshot.server,
        migrations=snapshot.migrations,
        rows=snapshot.rows,
        members=writer.members,
        missing=missing,
    )


def _delete_oldest(folder: Path, keep: int | None) -> None:
    if keep is not None:
        for path in sorted(folder.glob(_NAMES), reverse=True)[keep:]:
            path.unlink()
