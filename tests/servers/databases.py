"""Creates, copies, dumps and restores databases of a running PostgreSQL."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg


def binaries() -> Path:
    """The folder with initdb and postgres: that on PATH, or the newest where Debian installs them."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return versions[-1].parent


@dataclass
class Databases:
    """A running server on 127.0.0.1. A template is a database that others are copied from."""

    port: int

    def url(self, database: str) -> str:
        """The DATABASE_URL of a database."""
        return f"postgres://fair@127.0.0.1:{self.port}/{database}"

    def execute(self, statement: str) -> list[tuple[object, ...]]:
        """Runs a statement outside a transaction in the database `postgres`; returns its rows."""
        with psycopg.connect(self.url("postgres"), autocommit=True, connect_timeout=2) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def empty(self) -> str:
        """Creates an empty database; returns its URL."""
        return self.copy("template0")

    def copy(self, template: str) -> str:
        """Creates a copy of a template; returns its URL."""
        name = f"fair_{uuid4().hex}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'")
        return self.url(name)

    def has(self, name: str) -> bool:
        return bool(self.execute(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))

    def dump(self, database: str, file: Path) -> None:
        """Dumps the database of this URL into a file."""
        self._tool("pg_dump", "--format=custom", f"--file={file}", database)

    def restore(self, file: Path, name: str) -> None:
        """Creates a template from a dump. It gets its name only when it is complete."""
        building = self.empty()
        self._tool("pg_restore", "--no-owner", f"--dbname={building}", str(file))
        self.execute(f"ALTER DATABASE {building.rsplit('/', 1)[1]} RENAME TO {name}")

    def _tool(self, name: str, *arguments: str) -> None:
        subprocess.run([str(binaries() / name), *arguments], check=True, capture_output=True)
