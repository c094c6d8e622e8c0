"""Restores a fair from an archive. Everything is checked before anything changes; half a restore is marked as such."""

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
from .archive import DATABASE_MEMBERS, unpack
from .create import create_backup
from .database import Database
from .manifest import Manifest


class RestoreResult(NamedTuple):
    """The manifest of what was restored, and where the data it replaced are kept (None if there were none)."""

    manifest: Manifest
    old_data: Path | None


def restore(database: Database, archive: Path, *, replace: bool) -> RestoreResult:
    """Restores database and files from the archive, into an empty fair or, with `replace`, over the one that is there.

    Raises CommandError. Nothing changes before the whole archive has been read and checked.
    """
    now = timezone.now()
    if not archive.is_file():
        raise CommandError(f"There is no file {archive}.")
    _refuse_other_owner()
    database.check_client_programs()
    with data_dir.exclusive_use():
        database.refuse_other_clients()
        is_retry = _is_retry(database)
        is_empty = is_retry or database.is_empty()
        if not (replace or is_empty):
            raise CommandError(
                "There is already a fair here. Use --replace to keep a copy of it and restore this one in its place."
            )
        with data_dir.staging_folder() as folder:
            manifest = _unpack_checked(archive, folder, database, now, mark=is_empty and not is_retry)
            _clear_cache()
            old_data = None if is_empty else _back_up_old(database)
            data_dir.mark_restore(archive, database=database.identity, now=now)
            _install_files(folder)
            old_data = database.install(folder / DATABASE_MEMBERS[manifest.vendor], manifest, now) or old_data
        _finish()
    return RestoreResult(manifest, old_data)


def _refuse_other_owner() -> None:
    """Restored files are readable to their owner alone, and that must be the user the server runs as."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    if (owner := settings.DATA_DIR.stat().st_uid) != os.geteuid():
        raise CommandError(f"{settings.DATA_DIR} belongs to user {owner}: restore as that user.")


def _is_retry(database: Database) -> bool:
    """Whether an earlier restore into this database was interrupted; what it left may be overwritten."""
    earlier = data_dir.unfinished_restore()
    return earlier is not None and earlier.database == database.identity


def _unpack_checked(archive: Path, folder: Path, database: Database, now: datetime, *, mark: bool) -> Manifest:
    """Unpacks the archive into the folder and checks all of it.

    `mark`: meanwhile an empty DATA_DIR is marked as being restored, so that no server starts on it.
    """
    if mark:
        data_dir.mark_restore(archive, database=database.identity, now=now)
    try:
        manifest = unpack(archive, folder)
        _refuse_incompatible(manifest, database)
        database.verify(folder / DATABASE_MEMBERS[manifest.vendor], manifest)
    except Exception:
        if mark:
            data_dir.clear_restore_mark()
        raise
    return manifest


def _refuse_incompatible(manifest: Manifest, database: Database) -> None:
    """Raises CommandError for an archive of the other database or of a newer version of the program."""
    if manifest.vendor != database.vendor:
        raise CommandError(
            f"The backup is from {manifest.vendor}, but this fair runs on {database.vendor}. Restore it on "
            f"{manifest.vendor}."
        )
    loader = MigrationLoader(None)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations} | {
        f"{app}.{name}" for migration in loader.disk_migrations.values() for app, name in migration.replaces
    }
    if unknown := sorted(set(manifest.migrations) - known):
        raise CommandError(f"The backup is of a newer program ({manifest.program}): it has {', '.join(unknown[:3])}.")


def _back_up_old(database: Database) -> Path | None:
    """Where `install` would destroy what is there: a backup of it in DATA_DIR/backups; returns the archive."""
    return None if database.install_keeps_old else create_backup(database, None, keep=None).path


def _install_files(folder: Path) -> None:
    """Moves the checked files into FILES_DIR, each under its digest, in place of any file of that name."""
    for path in (folder / "files").glob("*/*"):
        final = settings.FILES_DIR / path.parent.name / path.name
        final.parent.mkdir(parents=True, exist_ok=True)
        path.replace(final)


def _clear_cache() -> None:
    """The cache in Redis was filled from the data that are replaced."""
    try:
        cache.clear()
    except (RedisError, OSError) as failure:
        raise CommandError(f"The cache could not be emptied: {failure}") from failure


def _finish() -> None:
    """Migrates the tables of an older version, makes the files durable, and removes the mark."""
    migrate()
    # One call instead of an fsync for each stored file.
    os.sync()
    data_dir.clear_restore_mark()
