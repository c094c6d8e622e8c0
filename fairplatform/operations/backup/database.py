"""What backup and restore need from a database; one class for each kind of database the program runs on."""

from datetime import datetime
from pathlib import Path
from typing import Protocol

from .manifest import DatabaseSnapshot, Manifest, Vendor


class Database(Protocol):
    """The database of DATABASE_URL. Its methods raise CommandError with a sentence for the operator.

    `identity` tells one database from another. `install_keeps_old`: whether `install` leaves the data it replaces
    beside the new; where it does not, restore makes a backup of them first.
    """

    vendor: Vendor
    install_keeps_old: bool
    identity: str

    def check_client_programs(self) -> None:
        """Raises CommandError unless the programs that dump and restore are installed, in a fitting version."""

    def snapshot(self, into: Path) -> DatabaseSnapshot:
        """Writes the database as of one instant to the file `into`, without blocking those who write."""

    def is_empty(self) -> bool:
        """Whether it holds nothing but what `migrate` writes."""

    def refuse_other_clients(self) -> None:
        """Raises CommandError while another process is connected to it."""

    def verify(self, dump: Path, manifest: Manifest) -> None:
        """Raises CommandError unless the file can be installed here and is what the manifest says."""

    def install(self, dump: Path, manifest: Manifest, now: datetime) -> Path | None:
        """Replaces the data by those of the file; returns where the old ones are, None if they were not kept."""
