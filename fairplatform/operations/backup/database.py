"""What backup and restore ask of a database; one class for each that the program runs on."""

from datetime import datetime
from pathlib import Path
from typing import Protocol

from django.conf import settings

from .manifest import Manifest, Snapshot, Vendor
from .postgresql import PostgresDatabase
from .sqlite import SqliteDatabase


class Database(Protocol):
    """Every method raises CommandError, in words for the operator. `identity` tells one database from another."""

    vendor: Vendor
    identity: str

    def check_programs(self) -> None: ...
    def snapshot(self, into: Path) -> Snapshot: ...
    def is_empty(self) -> bool: ...
    def refuse_others(self) -> None: ...
    def verify(self, staged: Path, told: Manifest) -> None: ...
    def keep_old(self) -> Path | None: ...
    def install(self, staged: Path, told: Manifest, now: datetime) -> Path | None: ...


def this_database() -> Database:
    """The one of DATABASE_URL."""
    return SqliteDatabase() if settings.EMBEDDED else PostgresDatabase()
