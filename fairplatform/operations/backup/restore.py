"""Bringing a fair back from an archive: all of it is checked first, and a cut midway is not taken for a fair."""

import os
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.core.management.base import CommandError
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from redis.exceptions import RedisError

from fairplatform.operations.prepare import migrate

from . import data_dir
from .archive import DATABASES, unpack
from .database import Database, this_database
from .manifest import Manifest


class Restored(NamedTuple):
    """What came back, and where that which was there before is kept (None when there was nothing)."""

    manifest: Manifest
    kept: Path | None


def restore(archive: Path, *, replace: bool) -> Restored:
    """Puts the archive's database and files in place of an empty fair, or with `replace` of the one that is there.

    Raises CommandError. Until the archive has been read and checked as a whole, nothing is changed.
    """
    now, database = timezone.now(), this_database()
    if not archive.is_file():
        raise CommandError(f"There is no file {archive}.")
    _refuse_other_owner()
    database.check_programs()
    with data_dir.alone():
        database.refuse_others()
        is_again = _is_again(database)
        is_empty = is_again or database.is_empty()
        if not (replace or is_empty):
            raise CommandError("There is a fair here already. With --replace it is kept aside and gives way.")
        with data_dir.staging() as folder:
            told = _checked(archive, folder, database, now, mark=is_empty and not is_again)
            _forget_cached()
            kept = None if is_empty else database.keep_old()
            data_dir.mark(archive, database=database.identity, now=now)
            _put_files(folder)
            kept = database.install(folder / DATABASES[told.vendor], told, now) or kept
        _finish()
    return Restored(told, kept)


def _refuse_other_owner() -> None:
    """What is put here is its owner's alone; the server must be that owner."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    if (owner := settings.DATA_DIR.stat().st_uid) != os.geteuid():
        raise CommandError(f"{settings.DATA_DIR} belongs to user {owner}: restore as that user.")


def _is_again(database: Database) -> bool:
    """Whether an earlier restore into this very database was cut short: what it left may be overwritten."""
    left = data_dir.unfinished()
    return left is not None and left["database"] == database.identity


def _checked(archive: Path, folder: Path, database: Database, now: datetime, *, mark: bool) -> Manifest:
    """Unpacks and checks everything. `mark`: an empty place says from the start that it waits for a fair."""
    if mark:
        data_dir.mark(archive, database=database.identity, now=now)
    try:
        told = unpack(archive, folder)
        _refuse_foreign(told, database)
        database.verify(folder / DATABASES[told.vendor], told)
    except Exception:
        if mark:
            data_dir.unmark()
        raise
    return told


def _refuse_foreign(told: Manifest, database: Database) -> None:
    """Raises CommandError for another kind of database and for a program newer than this one."""
    if told.vendor != database.vendor:
        raise CommandError(f"The backup is of {told.vendor}, this fair runs on {database.vendor}: they do not mix.")
    loader = MigrationLoader(None)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations} | {
        f"{app}.{name}" for migration in loader.disk_migrations.values() for app, name in migration.replaces
    }
    if unknown := sorted(set(told.migrations) - known):
        raise CommandError(f"The backup is of a newer program ({told.program}): it has {', '.join(unknown[:3])}.")


def _put_files(folder: Path) -> None:
    """Each file under its digest; one that is there already gives way to the one just checked."""
    for path in (folder / "files").glob("*/*"):
        final = settings.FILES_DIR / path.parent.name / path.name
        final.parent.mkdir(parents=True, exist_ok=True)
        path.replace(final)


def _forget_cached() -> None:
    """What was remembered of the fair before is not true of the one that comes."""
    try:
        cache.clear()
    except (RedisError, OSError) as failure:
        raise CommandError(f"The cache could not be emptied: {failure}") from failure


def _finish() -> None:
    """Brings an older program's tables up to date; then the place is a fair again."""
    migrate()
    # One call for all the files that were put there.
    os.sync()
    data_dir.unmark()
