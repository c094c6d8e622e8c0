"""SQLite: copied while it is written to, checked before it is installed, and installed by one rename."""

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections

from .data_dir import fsync
from .manifest import FILE_TABLES, MIGRATE_TABLES, TRANSIENT_TABLES, DatabaseSnapshot, Manifest, Vendor

# Without full-text indexes, which are made of the rows of other tables.
_TABLES = """
    SELECT name FROM pragma_table_list
    WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name
"""


class SqliteDatabase:
    """The database file of DATABASE_URL."""

    vendor: Vendor = "sqlite"
    install_keeps_old = True

    def __init__(self) -> None:
        self.path = Path(settings.DATABASES["default"]["NAME"])
        self.identity = str(self.path)

    def check_client_programs(self) -> None:
        """Python's own driver is enough."""

    def snapshot(self, into: Path) -> DatabaseSnapshot:
        """A copy of one instant. In WAL mode a reader blocks no writer, so the fair does not wait."""
        if not self.path.is_file():
            raise CommandError(f"There is no database at {self.path}.")
        with closing(sqlite3.connect(self.path, isolation_level=None, timeout=20)) as source:
            source.execute("VACUUM INTO ?", [str(into)])
        with closing(sqlite3.connect(into, isolation_level=None)) as copy:
            # The bytes of deleted rows are overwritten: a stolen archive must not contain session keys.
            copy.execute("PRAGMA secure_delete = ON")
            for table in _tables(copy) & set(TRANSIENT_TABLES):
                copy.execute(f'DELETE FROM "{table}"')  # noqa: S608 — our own name
            return DatabaseSnapshot(migrations=_migrations(copy), rows=_rows(copy), files=_files(copy))

    def is_empty(self) -> bool:
        """A file that is no database counts as not empty: somebody may want it."""
        if not self.path.exists():
            return True
        try:
            with closing(sqlite3.connect(self.path)) as database:
                return not any(count for table, count in _rows(database).items() if table not in MIGRATE_TABLES)
        except sqlite3.DatabaseError:
            return False

    def refuse_other_clients(self) -> None:
        """Nothing to do: only server processes open the file, and the lock of DATA_DIR excludes them."""

    def verify(self, dump: Path, manifest: Manifest) -> None:
        """Raises CommandError unless SQLite's own checks pass and the rows are those the manifest counts."""
        with closing(sqlite3.connect(dump)) as database:
            try:
                is_damaged = database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]
                is_damaged = is_damaged or database.execute("PRAGMA foreign_key_check").fetchall() != []
                differs = _rows(database) != manifest.rows or _migrations(database) != manifest.migrations
            except sqlite3.DatabaseError:
                is_damaged, differs = True, False
        if is_damaged or differs:
            raise CommandError(
                "The database in the archive is " + ("not whole." if is_damaged else "not what it says.")
            )

    def install(self, dump: Path, manifest: Manifest, now: datetime) -> Path | None:
        """Renames the old database, then moves the new one into its place; returns the new path of the old one."""
        connections.close_all()
        aside = self.path.with_name(f"{self.path.name}.before-{now:%Y%m%dT%H%M%SZ}")
        has_old = self.path.exists()
        # The write-ahead log goes along. The main file is renamed last: without it the others are no database.
        for suffix in ("-shm", "-wal", ""):
            old = Path(f"{self.path}{suffix}")
            if old.exists():
                old.replace(f"{aside}{suffix}")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # If the database is on another file system than DATA_DIR, this copies; the rename after it is atomic anyway.
        beside = Path(shutil.move(dump, f"{self.path}.restoring"))
        fsync(beside)
        beside.replace(self.path)
        fsync(self.path.parent)
        return aside if has_old else None


def _tables(database: sqlite3.Connection) -> set[str]:
    return {name for (name,) in database.execute(_TABLES)}


def _rows(database: sqlite3.Connection) -> dict[str, int]:
    count = 'SELECT count(*) FROM "{}"'
    return {name: database.execute(count.format(name)).fetchone()[0] for name in sorted(_tables(database))}


def _migrations(database: sqlite3.Connection) -> list[str]:
    applied = database.execute("SELECT app || '.' || name FROM django_migrations")
    return sorted(name for (name,) in applied)


def _files(database: sqlite3.Connection) -> list[str]:
    tables = _tables(database) & set(FILE_TABLES)
    return sorted({row[0] for table in tables for row in database.execute(f'SELECT sha256 FROM "{table}"')})  # noqa: S608
