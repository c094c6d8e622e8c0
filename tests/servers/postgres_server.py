"""A PostgreSQL of the tests' own: own port, own folder, owned by a person who is not root (initdb refuses root)."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from .command import manage
from .programs import Program, free_port


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
class Databases:
    """The databases of a running PostgreSQL, whoever started it."""

    port: int

    def url(self, database: str) -> str:
        """The address of one of its databases, as DATABASE_URL wants it."""
        return f"postgres://fair@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str) -> list[tuple[object, ...]]:
        """Run one statement outside a transaction in the administrative database; the rows that it gives."""
        with psycopg.connect(self.url("postgres"), autocommit=True, connect_timeout=2) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def empty(self) -> str:
        """The URL of a new database with nothing in it."""
        return self.copy("template0")

    def copy(self, template: str, *, name: str = "") -> str:
        """The URL of a new database with everything that the template has."""
        name = name or f"fair_{uuid4().hex}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'")
        return self.url(name)

    def has(self, name: str) -> bool:
        return bool(self.execute(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))

    def migrated(self) -> str:
        """The URL of a new database with all our tables, copied from a template made once."""
        if not self.has("migrated"):
            manage("migrate", "--verbosity", "0", environment={"DATABASE_URL": self.copy("template0", name="migrated")})
        return self.copy("migrated")


@dataclass
class PostgresServer(Databases):
    """A PostgreSQL that we run; `stop` and `start` may be called in the middle of a test and keep address and data."""

    program: Program

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
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL that tests may stop and kill, as durable as a fair's own; each takes `migrated()` or `empty()`."""
    with running_postgres() as server:
        yield server
