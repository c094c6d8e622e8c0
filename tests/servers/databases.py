"""The databases of a running PostgreSQL, whoever started it."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg


def binaries() -> Path:
    """The folder with initdb and postgres: on the PATH, or where Debian keeps the newest."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return versions[-1].parent


@dataclass
class Databases:
    """Each has a name; a template is one that others are copied from."""

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

    def copy(self, template: str) -> str:
        """The URL of a new database with everything that the template has."""
        name = f"fair_{uuid4().hex}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} ENCODING 'UTF8'")
        return self.url(name)

    def has(self, name: str) -> bool:
        return bool(self.execute(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))

    def dump(self, database: str, file: Path) -> None:
        """Write the database of this address to a file that later runs restore."""
        self._tool("pg_dump", "--format=custom", f"--file={file}", database)

    def restore(self, file: Path, name: str) -> None:
        """Make a database that others are copied from. It takes its name only when it is whole."""
        building = self.empty()
        self._tool("pg_restore", "--no-owner", f"--dbname={building}", str(file))
        self.execute(f"ALTER DATABASE {building.rsplit('/', 1)[1]} RENAME TO {name}")

    def _tool(self, name: str, *arguments: str) -> None:
        subprocess.run([str(binaries() / name), *arguments], check=True, capture_output=True)
