"""A PostgreSQL of the tests' own: own port, own folder, owned by a person who is not root (initdb refuses root)."""

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from .programs import Program, free_port
from .serve import manage


def binaries() -> Path:
    """The folder with initdb and postgres: on the PATH, or where Debian keeps the newest."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return versions[-1].parent


def _owner() -> str | None:
    """Who runs it: somebody other than root; None when we are not root ourselves."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


@dataclass
class PostgresServer:
    """A running PostgreSQL; `stop` and `start` may be called in the middle of a test and keep address and data."""

    program: Program
    port: int
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _template: str = ""

    def url(self, database: str) -> str:
        """The address of one of its databases, as DATABASE_URL wants it."""
        return f"postgres://fair@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str) -> None:
        """Run one statement outside a transaction in the administrative database."""
        with psycopg.connect(self.url("postgres"), autocommit=True, connect_timeout=2) as connection:
            connection.execute(statement.encode())

    def empty(self) -> str:
        """The URL of a new database with nothing in it."""
        name = f"fair_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        return self.url(name)

    def migrated(self) -> str:
        """The URL of a new database with all our tables, copied from a template made once."""
        if not self._template:
            address = self.empty()
            manage("migrate", "--verbosity", "0", environment={"DATABASE_URL": address})
            self._template = address.rsplit("/", 1)[1]
        name = f"fair_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {self._template}")
        return self.url(name)

    def _answers(self) -> bool:
        try:
            self.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def start(self) -> None:
        self.program.start(ready=self._answers)

    def stop(self) -> None:
        self.program.stop()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One PostgreSQL for the whole run; each test takes a database of its own from `migrated()` or `empty()`."""
    folder = Path(tempfile.mkdtemp(prefix="fairplatform-postgres-"))
    owner, data, port = _owner(), folder / "data", free_port()
    if owner:
        shutil.chown(folder, user=owner)
    create = [str(binaries() / "initdb"), "-D", str(data), "-U", "fair", "--auth=trust", "-E", "UTF8", "--locale=C"]
    subprocess.run(create, cwd=folder, user=owner, check=True, capture_output=True)
    settings = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"]
    command = [str(binaries() / "postgres"), "-D", str(data), "-p", str(port), *settings]
    program = Program(command, folder / "log", folder=folder, user=owner, polite=signal.SIGINT)
    server = PostgresServer(program, port)
    server.start()
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)
