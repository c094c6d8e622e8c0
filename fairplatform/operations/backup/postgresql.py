"""PostgreSQL: dumped and restored by its own programs, on one exported snapshot and in one transaction."""

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

from .manifest import BOOKKEEPING, TRANSIENT, Manifest, Snapshot, Vendor

DEBIAN = Path("/usr/lib/postgresql")
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
# Tables with all that hangs on them, and functions, unless they are an extension's.
_DROPS = """SELECT format('DROP TABLE %s CASCADE', relation.oid::regclass) FROM pg_class relation
    WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = relation.oid AND deptype = 'e')
    UNION ALL SELECT format('DROP ROUTINE %s CASCADE', routine.oid::regprocedure) FROM pg_proc routine
    WHERE pronamespace = current_schema()::regnamespace
    AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = routine.oid AND deptype = 'e')"""
_OTHERS = """SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()"""


class PostgresDatabase:
    """The database of DATABASE_URL on its server."""

    vendor: Vendor = "postgresql"

    def __init__(self) -> None:
        self.parameters = _parameters()
        self.identity = " ".join(str(self.parameters.get(name, "")) for name in ("host", "port", "dbname"))

    def check_programs(self) -> None:
        """Raises CommandError, saying what to install, unless pg_dump and pg_restore are new enough for the server."""
        with self._session() as session:
            server = session.info.server_version // 10_000
        for name in ("pg_dump", "pg_restore"):
            program(name, at_least=server)

    def snapshot(self, into: Path) -> Snapshot:
        """A dump and what is told of it, both of one instant. Nobody waits for it but who changes tables."""
        with self._session() as session:
            session.isolation_level, session.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True
            server = session.info.server_version // 10_000
            instant = _one(session, "SELECT pg_export_snapshot()")
            # Not packed: the archive packs everything once.
            words = ["--format=custom", "--compress=0", "--no-owner", "--no-privileges", f"--snapshot={instant}"]
            words += [f"--exclude-table-data={table}" for table in TRANSIENT]
            self._run(program("pg_dump", at_least=server), *words, f"--file={into}")
            return Snapshot(server=server, migrations=_migrations(session), rows=_rows(session), files=_files(session))

    def is_empty(self) -> bool:
        """Whether nobody would miss anything that is there."""
        with self._session() as session:
            return not any(number for table, number in _rows(session).items() if table not in BOOKKEEPING)

    def refuse_others(self) -> None:
        """Raises CommandError while anybody else is connected, from whatever machine."""
        connections.close_all()
        with self._session() as session:
            if number := _one(session, _OTHERS):
                raise CommandError(f"{number} others are connected to the database: stop every server process first.")

    def verify(self, staged: Path, told: Manifest) -> None:
        """Raises CommandError unless this server and its programs can read the dump."""
        with self._session() as session:
            server = session.info.server_version // 10_000
        if server < told.server:
            raise CommandError(
                f"The backup is of PostgreSQL {told.server}, this server is {server}: it must not be older."
            )
        self._run(program("pg_restore", at_least=server), "--list", str(staged))

    def keep_old(self) -> Path | None:
        """A backup of what is there now; returns where it is."""
        from .create import backup

        return backup(None, keep=None).path

    def install(self, staged: Path, told: Manifest, now: datetime) -> Path | None:
        """Puts the dump in place of what is there: one transaction, so a cut leaves the database without tables."""
        with self._session() as session:
            server = session.info.server_version // 10_000
            for (statement,) in session.execute(_DROPS).fetchall():
                session.execute(statement.encode())
        words = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
        self._run(program("pg_restore", at_least=server), *words, f"--dbname={self.parameters['dbname']}", str(staged))
        with self._session() as session:
            if (_rows(session), _migrations(session)) != (told.rows, told.migrations):
                raise CommandError("The database does not have the rows that the archive counts.")
            session.execute("ANALYZE")
        return None

    @contextmanager
    def _session(self) -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
        """One connection of our own, beside Django's pool."""
        try:
            with psycopg.connect(**self.parameters) as session:
                yield session
        except psycopg.Error as failure:
            raise CommandError(f"PostgreSQL: {failure}") from failure

    def _run(self, *words: str) -> None:
        """Runs a program of PostgreSQL; where to connect and the password go by its environment, unseen by others."""
        options = {
            option.keyword.decode(): option.envvar.decode() for option in Conninfo.get_defaults() if option.envvar
        }
        surroundings = {options[name]: str(value) for name, value in self.parameters.items() if name in options}
        done = subprocess.run(words, env=os.environ | surroundings, capture_output=True, text=True, check=False)
        if done.returncode:
            raise CommandError(f"{Path(words[0]).name} failed: {done.stderr.strip()[-2000:]}")


def program(name: str, *, at_least: int) -> str:
    """The path of one of PostgreSQL's programs, of the server's version or a newer one."""
    places = [shutil.which(name), *map(str, DEBIAN.glob(f"*/bin/{name}"))]
    found = sorted((_version(place), place) for place in places if place)
    # The oldest that will do: a much newer one says things the server does not understand.
    for version, place in found:
        if version >= at_least:
            return place
    here = ", ".join(str(version) for version, _ in found) or "none"
    raise CommandError(
        f"{name} {at_least} or newer is needed, as the server is PostgreSQL {at_least}; found here: {here}. "
        f"On Debian or Ubuntu: apt-get install postgresql-client-{at_least}"
    )


def _version(place: str) -> int:
    told = subprocess.run([place, "--version"], capture_output=True, text=True, check=False).stdout
    return int(next(iter(re.findall(r"\d+", told)), 0))


def _parameters() -> dict[str, Any]:
    """How to connect, in libpq's words, from DATABASE_URL."""
    known = {option.keyword.decode() for option in Conninfo.get_defaults()}
    given = connections["default"].get_connection_params()
    return {name: value for name, value in given.items() if name in known and value} | {"client_encoding": "UTF8"}


def _one(session: "psycopg.Connection[tuple[Any, ...]]", query: str) -> Any:
    row = session.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


def _tables(session: "psycopg.Connection[tuple[Any, ...]]") -> list[str]:
    return [name for (name,) in session.execute(_TABLES)]


def _rows(session: "psycopg.Connection[tuple[Any, ...]]") -> dict[str, int]:
    """How many rows each table has for the archive's purpose: none where they are left out."""
    count = sql.SQL("SELECT count(*) FROM {}")
    return {
        table: 0 if table in TRANSIENT else session.execute(count.format(sql.Identifier(table))).fetchall()[0][0]
        for table in _tables(session)
    }


def _migrations(session: "psycopg.Connection[tuple[Any, ...]]") -> list[str]:
    return sorted(name for (name,) in session.execute("SELECT app || '.' || name FROM django_migrations"))


def _files(session: "psycopg.Connection[tuple[Any, ...]]") -> list[str]:
    return sorted(sha256 for (sha256,) in session.execute("SELECT DISTINCT sha256 FROM files_file"))
