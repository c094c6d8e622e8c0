"""PostgreSQL: dumped by pg_dump from an exported snapshot, restored by pg_restore in one transaction."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from django.core.management.base import CommandError
from django.db import connections
from psycopg import sql
from psycopg.pq import Conninfo
from psycopg.rows import TupleRow

from .manifest import FILE_TABLES, MIGRATE_TABLES, TRANSIENT_TABLES, DatabaseSnapshot, Manifest, Vendor

DEBIAN = Path("/usr/lib/postgresql")
Connection = psycopg.Connection[TupleRow]
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
# Statements that drop every table, with what depends on it, and every function, except those of extensions.
_DROPS = """SELECT format('DROP TABLE %s CASCADE', relation.oid::regclass) FROM pg_class relation
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = relation.oid AND deptype = 'e')
    UNION ALL SELECT format('DROP ROUTINE %s CASCADE', routine.oid::regprocedure) FROM pg_proc routine
    WHERE pronamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = routine.oid AND deptype = 'e')"""
_OTHER_CLIENTS = """SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"""


class PostgresDatabase:
    """The database of DATABASE_URL on its server."""

    vendor: Vendor = "postgresql"
    install_keeps_old = False

    def __init__(self) -> None:
        self.parameters = _parameters()
        self.identity = " ".join(str(self.parameters.get(name, "")) for name in ("host", "port", "dbname"))

    def check_client_programs(self) -> None:
        """Raises CommandError, saying what to install, unless pg_dump and pg_restore are new enough for the server."""
        with self._connect() as connection:
            server = _server_version(connection)
        for name in ("pg_dump", "pg_restore"):
            client_program(name, at_least=server)

    def snapshot(self, into: Path) -> DatabaseSnapshot:
        """A dump, and counts taken in the same snapshot. Only a change of tables (ALTER, DROP) has to wait for it."""
        with self._connect() as connection:
            connection.isolation_level, connection.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
            server = _server_version(connection)
            snapshot_id = _value(connection, "SELECT pg_export_snapshot()")
            # Not compressed here: the archive compresses everything once.
            options = ["--format=custom", "--compress=0", "--no-owner", "--no-privileges", f"--snapshot={snapshot_id}"]
            options += [f"--exclude-table-data={table}" for table in TRANSIENT_TABLES]
            self._run(client_program("pg_dump", at_least=server), *options, f"--file={into}")
            return DatabaseSnapshot(
                server=server, migrations=_migrations(connection), rows=_rows(connection), files=_files(connection)
            )

    def is_empty(self) -> bool:
        with self._connect() as connection:
            return not any(count for table, count in _rows(connection).items() if table not in MIGRATE_TABLES)

    def refuse_other_clients(self) -> None:
        """Raises CommandError while anybody else is connected, from whatever machine."""
        connections.close_all()
        with self._connect() as connection:
            if count := _value(connection, _OTHER_CLIENTS):
                raise CommandError(f"{count} others are connected to the database: stop every server process first.")

    def verify(self, dump: Path, manifest: Manifest) -> None:
        """Raises CommandError unless this server is new enough for the dump and pg_restore can read it."""
        with self._connect() as connection:
            server = _server_version(connection)
        if server < manifest.server:
            raise CommandError(
                f"The backup is of PostgreSQL {manifest.server}, this server is {server}: it must not be older."
            )
        self._run(client_program("pg_restore", at_least=server), "--list", str(dump))

    def install(self, dump: Path, manifest: Manifest, now: datetime) -> Path | None:
        """Drops what is there, then restores in one transaction: interrupted, it leaves a database without tables."""
        with self._connect() as connection:
            server = _server_version(connection)
            for (statement,) in connection.execute(_DROPS).fetchall():
                connection.execute(statement.encode())
        options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
        options.append(f"--dbname={self.parameters['dbname']}")
        self._run(client_program("pg_restore", at_least=server), *options, str(dump))
        with self._connect() as connection:
            if (_rows(connection), _migrations(connection)) != (manifest.rows, manifest.migrations):
                raise CommandError("The database does not have the rows that the archive counts.")
            connection.execute("ANALYZE")
        return None

    @contextmanager
    def _connect(self) -> Iterator[Connection]:
        """A connection outside Django's pool. Errors of PostgreSQL become CommandError."""
        try:
            with psycopg.connect(**self.parameters) as connection:
                yield connection
        except psycopg.Error as failure:
            raise CommandError(f"PostgreSQL: {failure}") from failure

    def _run(self, *command: str) -> None:
        """Runs a client program. Address and password go by its environment, which other users cannot read."""
        variables = {
            option.keyword.decode(): option.envvar.decode() for option in Conninfo.get_defaults() if option.envvar
        }
        environment = {variables[name]: str(value) for name, value in self.parameters.items() if name in variables}
        done = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise CommandError(f"{Path(command[0]).name} failed: {done.stderr.strip()[-2000:]}")


def client_program(name: str, *, at_least: int) -> str:
    """The path of pg_dump or pg_restore, of this major version or a newer one. Raises CommandError if there is none."""
    paths = [shutil.which(name), *map(str, DEBIAN.glob(f"*/bin/{name}"))]
    installed = sorted((_major_version(path), path) for path in paths if path)
    # The oldest that is new enough: a much newer one uses commands the server does not know.
    for version, path in installed:
        if version >= at_least:
            return path
    versions = ", ".join(str(version) for version, _ in installed) or "none"
    raise CommandError(
        f"{name} {at_least} or newer is needed, as the server is PostgreSQL {at_least}; found here: {versions}. "
        f"On Debian or Ubuntu: apt-get install postgresql-client-{at_least}"
    )


def _major_version(path: str) -> int:
    printed = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    return int(next(iter(re.findall(r"\d+", printed)), 0))


def _parameters() -> dict[str, Any]:
    """How to connect, as libpq's parameters, from DATABASE_URL."""
    known = {option.keyword.decode() for option in Conninfo.get_defaults()}
    given = connections["default"].get_connection_params()
    return {name: value for name, value in given.items() if name in known and value} | {"client_encoding": "UTF8"}


def _server_version(connection: Connection) -> int:
    """The major version."""
    return connection.info.server_version // 10_000


def _value(connection: Connection, query: str) -> Any:
    """The one column of the one row the query gives."""
    row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


def _tables(connection: Connection) -> list[str]:
    return [name for (name,) in connection.execute(_TABLES)]


def _rows(connection: Connection) -> dict[str, int]:
    """The number of rows each table has in an archive: 0 for those whose rows are left out."""
    count = sql.SQL("SELECT count(*) FROM {}")
    return {
        table: 0
        if table in TRANSIENT_TABLES
        else connection.execute(count.format(sql.Identifier(table))).fetchall()[0][0]
        for table in _tables(connection)
    }


def _migrations(connection: Connection) -> list[str]:
    return sorted(name for (name,) in connection.execute("SELECT app || '.' || name FROM django_migrations"))


def _files(connection: Connection) -> list[str]:
    query = sql.SQL("SELECT sha256 FROM {}")
    tables = set(_tables(connection)) & set(FILE_TABLES)
    return sorted({row[0] for table in tables for row in connection.execute(query.format(sql.Identifier(table)))})
