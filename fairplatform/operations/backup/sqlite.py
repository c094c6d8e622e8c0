"""The embedded database: copied while it is written to, checked beside its place, and put there by one rename."""

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections

from .data_dir import sync
from .manifest import BOOKKEEPING, TRANSIENT, Manifest, Snapshot, Vendor

_TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name"


class SqliteDatabase:
    """The database file of DATABASE_URL."""

    vendor: Vendor = "sqlite"

    def __init__(self) -> None:
        self.path = Path(settings.DATABASES["default"]["NAME"])
        self.identity = str(self.path)

    def check_programs(self) -> None:
        """Needs none."""

    def snapshot(self, into: Path) -> Snapshot:
        """A copy of one instant. In WAL mode a reader blocks no writer, so the fair does not wait."""
        if not self.path.is_file():
            raise CommandError(f"There is no database at {self.path}.")
        with closing(sqlite3.connect(self.path, isolation_level=None, timeout=20)) as source:
            source.execute("VACUUM INTO ?", [str(into)])
        with closing(sqlite3.connect(into, isolation_level=None)) as copy:
            # Overwritten, not only unlinked: a stolen archive must not open anybody's session.
            copy.execute("PRAGMA secure_delete = ON")
            names = _names(copy)
            for table in names & set(TRANSIENT):
                copy.execute(f'DELETE FROM "{table}"')  # noqa: S608 — our own name
            return Snapshot(migrations=_migrations(copy), rows=_rows(copy), files=_files(copy))

    def is_empty(self) -> bool:
        """Whether nobody would miss anything that is there; a file that is not a database may be dear to somebody."""
        if not self.path.exists():
            return True
        try:
            with closing(sqlite3.connect(self.path)) as database:
                return not any(number for table, number in _rows(database).items() if table not in BOOKKEEPING)
        except sqlite3.DatabaseError:
            return False

    def refuse_others(self) -> None:
        """Servers hold the place's lock; there are no others on an embedded database."""

    def verify(self, staged: Path, told: Manifest) -> None:
        """Raises CommandError unless the copy is whole and has the rows the manifest counts."""
        with closing(sqlite3.connect(staged)) as database:
            try:
                faults = database.execute("PRAGMA integrity_check").fetchall() != [("ok",)]
                faults = faults or database.execute("PRAGMA foreign_key_check").fetchall() != []
                differs = _rows(database) != told.rows or _migrations(database) != told.migrations
            except sqlite3.DatabaseError:
                faults, differs = True, False
        if faults or differs:
            raise CommandError("The database in the archive is " + ("not whole." if faults else "not what it says."))

    def keep_old(self) -> Path | None:
        """Nothing to do before the old one is moved aside."""
        return None

    def install(self, staged: Path, told: Manifest, now: datetime) -> Path | None:
        """Puts the copy in its place. What was there is kept beside it; returns where."""
        connections.close_all()
        aside = self.path.with_name(f"{self.path.name}.before-{now:%Y%m%dT%H%M%SZ}")
        kept = self.path.exists()
        # The log of the old database goes with it, the main file last: without it nothing there is a database.
        for ending in ("-shm", "-wal", ""):
            old = Path(f"{self.path}{ending}")
            if old.exists():
                old.replace(f"{aside}{ending}")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # Another file system than DATA_DIR's copies here; what has the database's name is whole all the same.
        beside = Path(shutil.move(staged, f"{self.path}.restoring"))
        sync(beside)
        beside.replace(self.path)
        sync(self.path.parent)
        return aside if kept else None


def _names(database: sqlite3.Connection) -> set[str]:
    return {name for (name,) in database.execute(_TABLES)}


def _rows(database: sqlite3.Connection) -> dict[str, int]:
    count = 'SELECT count(*) FROM "{}"'
    return {name: database.execute(count.format(name)).fetchone()[0] for name in sorted(_names(database))}


def _migrations(database: sqlite3.Connection) -> list[str]:
    applied = database.execute("SELECT app || '.' || name FROM django_migrations")
    return sorted(name for (name,) in applied)


def _files(database: sqlite3.Connection) -> list[str]:
    return sorted(sha256 for (sha256,) in database.execute("SELECT DISTINCT sha256 FROM files_file"))
