"""Restoring: into an empty DATA_DIR, over a fair that is kept aside, and from an archive of an older version."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.operations.small_fair import folder_contents, query, table_rows
from tests.servers.command import manage
from tests.servers.postgres_server import PostgresServer
from tests.servers.prepared import Prepared
from tests.servers.redis_server import RedisServer
from tests.servers.serve import Servers

_AN_OLDER_FAIR = """
from django.core.management import call_command
from tests.factories import make_fair

call_command("migrate", "django_tasks_database", "0018", verbosity=0)
make_fair(slug="older")
call_command("backup")
"""
_TWO_FAIRS = """
from django.core.management import call_command
from tests.factories import make_fair

make_fair(slug="first")
call_command("backup")
make_fair(slug="second")
"""
# An entry of the cache, which is in Redis.
_FILL_CACHE = 'from django.core.cache import cache; cache.set("fairs", "both")'
_READ_CACHE = 'from django.core.cache import cache; print(cache.get("fairs", "nothing"))'


def environment_for(folder: Path, **settings: str) -> dict[str, str]:
    return {"DATA_DIR": str(folder)} | settings


def slugs(environment: dict[str, str]) -> list[str]:
    return [slug for (slug,) in query(environment, "SELECT slug FROM fairs_fair")]


def cached_value(environment: dict[str, str]) -> str:
    return manage("shell", "--no-imports", "-c", _READ_CACHE, environment=environment).stdout.strip()


def test_existing_fair_is_replaced_only_on_demand_and_kept_aside(
    archive: Path, tables: Prepared, tmp_path: Path
) -> None:
    environment = environment_for(tmp_path)
    tables.copy_to(tmp_path)
    manage("shell", "--no-imports", "-c", _AN_OLDER_FAIR.replace("older", "mine"), environment=environment)
    before = folder_contents(tmp_path)
    with pytest.raises(RuntimeError, match="There is already a fair here"):
        manage("restore", str(archive), environment=environment)
    assert folder_contents(tmp_path) == before
    printed = manage("restore", str(archive), "--replace", environment=environment).stdout
    kept = Path(printed.splitlines()[1].removeprefix("What was here before is kept in "))
    with closing(sqlite3.connect(kept)) as old:
        assert old.execute("SELECT slug FROM fairs_fair").fetchall() == [("mine",)]
    assert slugs(environment) != ["mine"]
    assert (tmp_path / "fair.sqlite3").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "backups", "fair.sqlite3", kept.name, "files", "in-use.lock", "secret_key",
    ]  # fmt: skip


def test_archive_of_an_older_version_is_migrated(tables: Prepared, tmp_path: Path) -> None:
    older, newer = environment_for(tmp_path / "older"), environment_for(tmp_path / "newer")
    # A database that has tables but no fair counts as empty.
    for folder in ("older", "newer"):
        tables.copy_to(tmp_path / folder)
    script = ("shell", "--no-imports", "-c", _AN_OLDER_FAIR)
    old = Path(manage(*script, environment=older).stdout.strip())
    manage("restore", str(old), environment=newer)
    assert slugs(newer) == ["older"]
    applied = "SELECT max(name) FROM django_migrations WHERE app = 'django_tasks_database'"
    assert query(older, applied)[0][0].startswith("0018")
    assert query(newer, applied)[0][0] > "0018_z"
    assert "[ ]" not in manage("showmigrations", environment=newer).stdout


def test_restore_is_refused_while_a_server_runs(serve: Servers, archive: Path) -> None:
    server = serve()
    before = query(server.environment, "SELECT count(*) FROM fairs_fair")
    with pytest.raises(RuntimeError, match="stop it first"):
        server.manage("restore", str(archive), "--replace")
    assert query(server.environment, "SELECT count(*) FROM fairs_fair") == before
    assert server.status("/readyz") == 200


def test_restore_on_postgresql(
    postgres_server: PostgresServer, redis_server: RedisServer, archive: Path, tmp_path: Path
) -> None:
    """Refused while others are connected and for an archive of SQLite; a fair that is replaced is backed up first."""
    environment = environment_for(tmp_path, DATABASE_URL=postgres_server.migrated(), REDIS_URL=redis_server.empty())
    backup = manage("shell", "--no-imports", "-c", _TWO_FAIRS, environment=environment).stdout.strip()
    assert slugs(environment) == ["first", "second"]
    before = table_rows(environment)
    manage("shell", "--no-imports", "-c", _FILL_CACHE, environment=environment)
    with pytest.raises(RuntimeError, match="There is already a fair here"):
        manage("restore", backup, environment=environment)
    with pytest.raises(RuntimeError, match="but this fair runs on"):
        manage("restore", str(archive), "--replace", environment=environment)
    with (
        psycopg.connect(environment["DATABASE_URL"]),
        pytest.raises(RuntimeError, match="1 others are connected"),
    ):
        manage("restore", backup, "--replace", environment=environment)
    assert (table_rows(environment), cached_value(environment)) == (before, "both")
    printed = manage("restore", backup, "--replace", environment=environment).stdout
    assert (slugs(environment), cached_value(environment)) == (["first"], "nothing")
    kept = printed.splitlines()[1].removeprefix("What was here before is kept in ")
    manage("restore", kept, "--replace", environment=environment)
    assert table_rows(environment) == before
