"""The data folder as one place: who has it open, and whether a restore was left half done there."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

_LOCK = "in-use.lock"
_MARK = "restore-unfinished.json"
_STAGING = "restore-staging"


@contextmanager
def lock(path: Path, *, shared: bool, taken: str) -> Iterator[None]:
    """Holds a lock that ends with the process, however it ends. Raises CommandError(taken) when others hold it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as held:
        try:
            fcntl.flock(held, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise CommandError(taken) from busy
        yield


@contextmanager
def opened() -> Iterator[None]:
    """A server process works here. Raises CommandError while a restore is at work, or after one that was cut short."""
    with lock(settings.DATA_DIR / _LOCK, shared=True, taken="A restore is at work in this place."):
        refuse_unfinished()
        yield


@contextmanager
def alone() -> Iterator[None]:
    """No server process works here, and none can start. Raises CommandError when one does."""
    with lock(
        settings.DATA_DIR / _LOCK, shared=False, taken="A server (or another restore) works here: stop it first."
    ):
        yield


def refuse_unfinished() -> None:
    if mark := unfinished():
        raise CommandError(
            f"The restore of {mark['archive']}, begun {mark['began_at']}, was not finished. "
            f"Restore again, or remove {settings.DATA_DIR / _MARK} to go on with what is there."
        )


def unfinished() -> dict[str, Any] | None:
    """What a restore that was cut short left word of: archive, began_at, database."""
    try:
        return dict(json.loads((settings.DATA_DIR / _MARK).read_text()))
    except FileNotFoundError:
        return None
    except ValueError:
        return {"archive": "an archive", "began_at": "some time ago", "database": ""}


def mark(archive: Path, *, database: str, now: datetime) -> None:
    """From here on the place is neither what it was nor what it is to be."""
    words = {"archive": str(archive), "began_at": f"{now:%Y-%m-%d %H:%M:%S}Z", "database": database}
    path = settings.DATA_DIR / _MARK
    path.write_text(json.dumps(words))
    sync(path, path.parent)


def unmark() -> None:
    (settings.DATA_DIR / _MARK).unlink(missing_ok=True)
    sync(settings.DATA_DIR)


@contextmanager
def staging() -> Iterator[Path]:
    """An empty folder on the same file system, gone at the end; one that a cut left behind is removed first."""
    folder = settings.DATA_DIR / _STAGING
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def sync(*paths: Path) -> None:
    """On the disk, also when the power goes now: the bytes of files, the names in folders."""
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
