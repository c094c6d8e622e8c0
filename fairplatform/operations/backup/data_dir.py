"""DATA_DIR as a whole: the lock that says who uses it, and the mark of a restore that has not finished."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.management.base import CommandError

_LOCK = "in-use.lock"
_RESTORE_MARK = "restore-unfinished.json"
_STAGING = "restore-staging"


class UnfinishedRestore(NamedTuple):
    """A restore that was interrupted: its archive, when it began, and the `identity` of the database it was for."""

    archive: str
    began_at: str
    database: str


@contextmanager
def lock(path: Path, *, shared: bool, message: str) -> Iterator[None]:
    """Holds a lock on the file, which the system releases when the process ends in whatever way.

    Raises CommandError(message) if another process holds it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise CommandError(message) from busy
        yield


@contextmanager
def in_use() -> Iterator[None]:
    """For a process that serves the fair; several may hold it.

    Raises CommandError while a restore runs, or after one was interrupted.
    """
    with lock(settings.DATA_DIR / _LOCK, shared=True, message="A restore is at work in this DATA_DIR."):
        refuse_unfinished_restore()
        yield


@contextmanager
def exclusive_use() -> Iterator[None]:
    """For a restore: raises CommandError if a server process runs here, and lets none start meanwhile."""
    message = "A server (or another restore) works here: stop it first."
    with lock(settings.DATA_DIR / _LOCK, shared=False, message=message):
        yield


def refuse_unfinished_restore() -> None:
    if restore := unfinished_restore():
        raise CommandError(
            f"The restore of {restore.archive}, begun {restore.began_at}, was not finished. "
            f"Restore again, or remove {settings.DATA_DIR / _RESTORE_MARK} to go on with what is there."
        )


def unfinished_restore() -> UnfinishedRestore | None:
    """The restore that was interrupted here, None if there was none."""
    try:
        return UnfinishedRestore(**json.loads((settings.DATA_DIR / _RESTORE_MARK).read_text()))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError):
        # The mark itself was cut short while it was written.
        return UnfinishedRestore("an archive", "some time ago", "")


def mark_restore(archive: Path, *, database: str, now: datetime) -> None:
    """Notes on the disk that a restore has begun; until `clear_restore_mark` no server starts here."""
    restore = UnfinishedRestore(str(archive), f"{now:%Y-%m-%d %H:%M:%S}Z", database)
    path = settings.DATA_DIR / _RESTORE_MARK
    path.write_text(json.dumps(restore._asdict()))
    fsync(path, path.parent)


def clear_restore_mark() -> None:
    (settings.DATA_DIR / _RESTORE_MARK).unlink(missing_ok=True)
    fsync(settings.DATA_DIR)


@contextmanager
def staging_folder() -> Iterator[Path]:
    """An empty folder on the file system of DATA_DIR, removed at the end, as is one left by an interrupted restore."""
    folder = settings.DATA_DIR / _STAGING
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def fsync(*paths: Path) -> None:
    """Makes files (their content) and folders (the names in them) durable before it returns."""
    for path in paths:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
