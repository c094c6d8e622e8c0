"""A backup made while the fair runs: the database of one instant, then every stored file it names, in one file."""

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

from .archive import DATABASES, Writer, digest, file_member, writing
from .data_dir import lock, refuse_unfinished, sync
from .database import Database, this_database
from .manifest import Manifest, Snapshot, program_version

_UNFINISHED = ".fair-backup-unfinished-"
_NAME = "fair-{:%Y%m%dT%H%M%SZ}.tar.gz"
_NAMES = "fair-????????T??????Z.tar.gz"


class Made(NamedTuple):
    """Where the archive is, and what it says of itself."""

    path: Path
    manifest: Manifest


def backup(target: Path | None, *, keep: int | None) -> Made:
    """Makes an archive at `target` (a file, or a folder that exists; by default DATA_DIR/backups).

    `keep`: only so many of the archives with our own names stay in its folder. Raises CommandError; then nothing
    under a whole archive's name has come or gone.
    """
    now = timezone.now()
    path = _path(target, now)
    refuse_unfinished()
    database = this_database()
    database.check_programs()
    with _workshop(path.parent) as folder:
        if path.exists():
            raise CommandError(f"{path} exists already; a backup overwrites nothing.")
        try:
            manifest = _write(folder, database, now)
        except (OSError, sqlite3.OperationalError) as failure:
            says = f"No backup was made in {path.parent}: {safe_message(failure)}. The earlier ones are as they were."
            raise CommandError(says) from failure
        (folder / "archive").rename(path)
        sync(path.parent)
        _forget_oldest(path.parent, keep)
    return Made(path, manifest)


def _path(target: Path | None, now: datetime) -> Path:
    if target is None:
        target = settings.DATA_DIR / "backups"
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = target / _NAME.format(now) if target.is_dir() else target
    if not path.parent.is_dir():
        raise CommandError(f"There is no folder {path.parent}.")
    return path.absolute()


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """A folder beside the archive for what is not whole yet. What an earlier cut left behind is removed."""
    with lock(folder / ".fair-backup.lock", shared=False, taken=f"Another backup is at work in {folder}."):
        for left in folder.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(left)
        with tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=folder) as workshop:
            yield Path(workshop)


def _write(folder: Path, database: Database, now: datetime) -> Manifest:
    """The archive, whole but not yet under its name."""
    member = DATABASES[database.vendor]
    # First the database, then the files: whatever it names was stored before it was written.
    snapshot = database.snapshot(folder / member)
    with writing(folder / "archive") as writer:
        writer.add(member, folder / member, digest(folder / member))
        missing = [sha256 for sha256 in snapshot.files if not _add_file(writer, sha256)]
        manifest = _manifest(database, snapshot, writer, missing, now)
        writer.end(manifest)
    return manifest


def _add_file(writer: Writer, sha256: str) -> bool:
    """Whether the stored file is there and is what its name says."""
    path = settings.FILES_DIR / sha256[:2] / sha256
    try:
        known = digest(path)
    except FileNotFoundError:
        return False
    if known.sha256 != sha256:
        return False
    writer.add(file_member(sha256), path, known)
    return True


def _manifest(database: Database, snapshot: Snapshot, writer: Writer, missing: list[str], now: datetime) -> Manifest:
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


def _forget_oldest(folder: Path, keep: int | None) -> None:
    if keep is not None:
        for path in sorted(folder.glob(_NAMES), reverse=True)[keep:]:
            path.unlink()
