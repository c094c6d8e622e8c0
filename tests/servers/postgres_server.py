"""A PostgreSQL for tests, on its own port and folder, run by another user than root (initdb refuses root)."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from .databases import Databases, binaries
from .prepared import prepared
from .programs import Program, free_port


def _owner() -> str | None:
    """The user to run it as; None: the current one, who is not root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


@dataclass
class PostgresServer(Databases):
    """A PostgreSQL that a test may `stop` and `start`; address and data stay the same."""

    program: Program
    templates: Path = field(default_factory=Path)

    def migrated(self) -> str:
        """Creates a database with all tables; returns its URL."""
        return prepared(self.templates, "tables", self).database()

    def _answers(self) -> bool:
        try:
            self.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def start(self) -> None:
        self.program.start(ready=self._answers)

    def stop(self) -> None:
        # It writes its data to the disk first; if killed before, it would leave processes that use them.
        self.program.stop(seconds=60)


@contextmanager
def running_postgres(**settings: str) -> Iterator[PostgresServer]:
    """An empty PostgreSQL with these settings, removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="fairplatform-postgres-"))
    owner, data, port = _owner(), folder / "data", free_port()
    if owner:
        shutil.chown(folder, user=owner)
    create = [str(binaries() / "initdb"), "-D", str(data), "-U", "fair", "--auth=trust", "-E", "UTF8", "--locale=C"]
    subprocess.run([*create, "--no-sync"], cwd=folder, user=owner, check=True, capture_output=True)
    own = {"listen_addresses": "127.0.0.1", "unix_socket_directories": str(folder), "max_connections": "300"}
    options = [word for name, value in (own | settings).items() for word in ("-c", f"{name}={value}")]
    command = [str(binaries() / "postgres"), "-D", str(data), "-p", str(port), *options]
    server = PostgresServer(
        port, Program(command, folder / "log", folder=folder, user=owner, stop_signal=signal.SIGINT)
    )
    try:
        server.start()
        yield server
    finally:
        # Its data are not needed again: SIGQUIT stops it without writing them to the disk.
        server.program.stop_signal = signal.SIGQUIT
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server(templates: Path) -> Iterator[PostgresServer]:
    """A PostgreSQL that tests may stop and kill, as durable as that of a fair; each uses `migrated()` or `empty()`."""
    with running_postgres() as server:
        server.templates = templates
        yield server
