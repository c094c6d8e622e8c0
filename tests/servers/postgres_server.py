"""A PostgreSQL of the tests' own: own port, own folder, owned by a person who is not root (initdb refuses root)."""

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
    """Who runs it: somebody other than root; None when we are not root ourselves."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


@dataclass
class PostgresServer(Databases):
    """A PostgreSQL that we run; `stop` and `start` may be called in the middle of a test and keep address and data."""

    program: Program
    templates: Path = field(default_factory=Path)

    def migrated(self) -> str:
        """The URL of a new database with all our tables."""
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
        # It brings what it has to the disk first; killed instead, it would leave processes that hold its data.
        self.program.stop(seconds=60)


@contextmanager
def running_postgres(**settings: str) -> Iterator[PostgresServer]:
    """A PostgreSQL with nothing in it and these settings, gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="fairplatform-postgres-"))
    owner, data, port = _owner(), folder / "data", free_port()
    if owner:
        shutil.chown(folder, user=owner)
    create = [str(binaries() / "initdb"), "-D", str(data), "-U", "fair", "--auth=trust", "-E", "UTF8", "--locale=C"]
    subprocess.run([*create, "--no-sync"], cwd=folder, user=owner, check=True, capture_output=True)
    own = {"listen_addresses": "127.0.0.1", "unix_socket_directories": str(folder), "max_connections": "300"}
    options = [word for name, value in (own | settings).items() for word in ("-c", f"{name}={value}")]
    command = [str(binaries() / "postgres"), "-D", str(data), "-p", str(port), *options]
    server = PostgresServer(port, Program(command, folder / "log", folder=folder, user=owner, polite=signal.SIGINT))
    try:
        server.start()
        yield server
    finally:
        # Nobody reads its data again: it need not bring them to the disk first.
        server.program.polite = signal.SIGQUIT
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server(templates: Path) -> Iterator[PostgresServer]:
    """A PostgreSQL that tests may stop and kill, as durable as a fair's own; each takes `migrated()` or `empty()`."""
    with running_postgres() as server:
        server.templates = templates
        yield server
