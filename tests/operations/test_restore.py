"""Where a restore goes: an empty place, a fair that gives way and is kept, an older program's archive."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.operations.fairs import contents, query, tables
from tests.servers.command import manage
from tests.servers.postgres_server import PostgresServer
from tests.servers.redis_server import RedisServer
from tests.servers.serve import Servers

_AN_OLDER_FAIR = """
from django.core.management import call_command
from tests.factories import make_fair

call_command("migrate", verbosity=0)
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
# What processes keep in Redis of the fair that is there.
_REMEMBER = 'from django.core.cache import cache; cache.set("fairs", "both")'
_REMEMBERED = 'from django.core.cache import cache; print(cache.get("fairs", "nothing"))'


def environment(folder: Path, **settings: str) -> dict[str, str]:
    return {"DATA_DIR": str(folder)} | settings


def slugs(place: dict[str, str]) -> list[str]:
    return [slug for (slug,) in query(place, "SELECT slug FROM fairs_fair")]


def remembered(place: dict[str, str]) -> str:
    return manage("shell", "--no-imports", "-c", _REMEMBERED, environment=place).stdout.strip()


def test_fair_that_is_there_stays_unless_it_is_to_be_replaced_and_is_kept_then(archive: Path, tmp_path: Path) -> None:
    place = environment(tmp_path)
    manage("shell", "--no-imports", "-c", _AN_OLDER_FAIR.replace("older", "mine"), environment=place)
    before = contents(tmp_path)
    with pytest.raises(RuntimeError, match="There is a fair here already"):
        manage("restore", str(archive), environment=place)
    assert contents(tmp_path) == before
    told = manage("restore", str(archive), "--replace", environment=place).stdout
    kept = Path(told.splitlines()[1].removeprefix("What was here before is kept in "))
    with closing(sqlite3.connect(kept)) as old:
        assert old.execute("SELECT slug FROM fairs_fair").fetchall() == [("mine",)]
    assert slugs(place) != ["mine"]
    assert (tmp_path / "fair.sqlite3").stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "backups", "fair.sqlite3", kept.name, "files", "in-use.lock", "secret_key",
    ]  # fmt: skip


def test_archive_of_an_older_program_is_brought_up_to_date(tmp_path: Path) -> None:
    older, newer = environment(tmp_path / "older"), environment(tmp_path / "newer")
    script = ("shell", "--no-imports", "-c", _AN_OLDER_FAIR)
    old = Path(manage(*script, environment=older).stdout.strip())
    # Tables without a fair are nothing to lose.
    manage("migrate", "--verbosity", "0", environment=newer)
    manage("restore", str(old), environment=newer)
    assert slugs(newer) == ["older"]
    applied = "SELECT max(name) FROM django_migrations WHERE app = 'django_tasks_database'"
    assert query(older, applied)[0][0].startswith("0018")
    assert query(newer, applied)[0][0] > "0018_z"
    assert "[ ]" not in manage("showmigrations", environment=newer).stdout


def test_nothing_is_restored_under_a_running_server(serve: Servers, archive: Path) -> None:
    server = serve()
    before = query(server.environment, "SELECT count(*) FROM fairs_fair")
    with pytest.raises(RuntimeError, match="stop it first"):
        server.manage("restore", str(archive), "--replace")
    assert query(server.environment, "SELECT count(*) FROM fairs_fair") == before
    assert server.status("/readyz") == 200


def test_restore_on_postgresql(
    postgres_server: PostgresServer, redis_server: RedisServer, archive: Path, tmp_path: Path
) -> None:
    """Refused while others are connected or for the other database's archive; a fair that gives way is backed up."""
    place = environment(tmp_path, DATABASE_URL=postgres_server.migrated(), REDIS_URL=redis_server.empty())
    backup = manage("shell", "--no-imports", "-c", _TWO_FAIRS, environment=place).stdout.strip()
    assert slugs(place) == ["first", "second"]
    before = tables(place)
    manage("shell", "--no-imports", "-c", _REMEMBER, environment=place)
    with pytest.raises(RuntimeError, match="There is a fair here already"):
        manage("restore", backup, environment=place)
    with pytest.raises(RuntimeError, match="they do not mix"):
        manage("restore", str(archive), "--replace", environment=place)
    with psycopg.connect(place["DATABASE_URL"]), pytest.raises(RuntimeError, match="1 others are connected"):
        manage("restore", backup, "--replace", environment=place)
    assert (tables(place), remembered(place)) == (before, "both")
    told = manage("restore", backup, "--replace", environment=place).stdout
    assert (slugs(place), remembered(place)) == (["first"], "nothing")
    kept = told.splitlines()[1].removeprefix("What was here before is kept in ")
    manage("restore", kept, "--replace", environment=place)
    assert tables(place) == before
