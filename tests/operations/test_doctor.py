"""Each check of the doctor, without and with a fault."""

import json
import os
import resource
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from redis import Redis

from fairplatform.operations.doctor.configuration import check_settings
from fairplatform.operations.doctor.finding import Finding
from fairplatform.operations.doctor.machine import check_machine
from fairplatform.operations.doctor.running import check_running
from fairplatform.operations.doctor.services import check_database
from meetings.models import ClockLease
from tests.faults.full_disk import full_disk
from tests.servers.command import MANAGE, clean_environment
from tests.servers.postgres_server import PostgresServer
from tests.servers.programs import wait_until
from tests.servers.redis_server import RedisServer
from tests.servers.serve import Servers

pytestmark = pytest.mark.either("fairplatform.operations.doctor.services")

PUBLIC_SETTINGS = {
    "PUBLIC_URL": "https://fair.example",
    "SECRET_KEY": "".join(map(chr, range(40, 100))),
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "TRUSTED_PROXIES": ["10.0.0.1"],
    "TURN_URLS": ["turns:turn.fair.example:443"],
    "TURN_SECRET": "secret",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
}


def states(findings: Iterable[Finding]) -> dict[str, str]:
    return {finding.name: str(finding.state) for finding in findings}


def test_settings_of_a_public_fair_are_well(settings) -> None:
    for name, value in PUBLIC_SETTINGS.items():
        setattr(settings, name, value)
    assert set(states(check_settings()).values()) == {"well"}


@pytest.mark.parametrize(
    ("changed", "name", "state"),
    [
        ({"PUBLIC_URL": "http://fair.example"}, "address", "broken"),
        ({"SESSION_COOKIE_SECURE": False}, "address", "broken"),
        ({"PUBLIC_URL": "http://127.0.0.1:8000"}, "address", "warning"),
        ({"SECRET_KEY": "short"}, "secret key", "broken"),
        ({"SECRET_KEY": "a" * 60}, "secret key", "broken"),
        ({"DEBUG": True}, "debug", "broken"),
        ({"DEMO": True}, "demonstration", "broken"),
        ({"DEMO": True, "DEMO_PUBLIC": True}, "demonstration", "warning"),
        ({"TRUSTED_PROXIES": []}, "proxies", "warning"),
        ({"TURN_URLS": []}, "turn", "warning"),
        ({"TURN_SECRET": ""}, "turn", "broken"),
        ({"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}, "letters", "warning"),
        ({"METRICS_TOKEN": "guess"}, "metrics", "warning"),
    ],
)
def test_wrong_setting_is_reported(settings, changed: dict[str, Any], name: str, state: str) -> None:
    for key, value in (PUBLIC_SETTINGS | changed).items():
        setattr(settings, key, value)
    others = states(check_settings())
    assert others.pop(name) == state
    assert set(others.values()) == {"well"}


def machine(name: str) -> Finding:
    """The finding of this name about the computer."""
    return {finding.name: finding for finding in check_machine()}[name]


def test_libraries_that_differ_from_the_lock_are_named(settings, tmp_path: Path) -> None:
    assert machine("libraries").state == "well"
    settings.ROOT = tmp_path
    assert machine("libraries").state == "warning"
    lock = "django==1.0 \\\n    --hash=x\nno-such-library==2\nno-such-either==3 ; sys_platform == 'win32' \\\n"
    (tmp_path / "requirements.lock").write_text(lock)
    finding = machine("libraries")
    assert finding.state == "broken"
    assert finding.says.startswith("Not as in requirements.lock: django 5.")
    assert finding.says.endswith(", no-such-library is missing.")


def test_low_limit_of_open_files_is_reported() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (1400, hard))
        assert machine("open files").state == "warning"
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 20_000), hard))
        assert machine("open files").state == "well"
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_low_disk_space_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    reported = []
    for least, enough in ((0, 0), (0, 2**60), (2**60, 2**60)):
        monkeypatch.setattr("fairplatform.operations.doctor.machine.LEAST_SPACE", least)
        monkeypatch.setattr("fairplatform.operations.doctor.machine.ENOUGH_SPACE", enough)
        reported.append(str(machine("disk").state))
    assert reported == ["well", "warning", "broken"]


def test_full_disk_is_not_taken_for_missing_permission(settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    assert machine("data folder").state == "well"
    with full_disk(beyond=0):
        finding = machine("data folder")
    assert (finding.state, finding.advice) == ("broken", "Make room there.")
    settings.DATA_DIR = tmp_path / "nowhere"
    assert machine("data folder").advice == "Give it to the user the fair runs as."


def test_missing_generated_files_are_reported(settings, tmp_path: Path) -> None:
    assert machine("languages").state == "well"
    folder = tmp_path / "ur/LC_MESSAGES"
    folder.mkdir(parents=True)
    for language in ("ur", "zh_Hans"):
        for domain in ("django", "djangojs"):
            path = tmp_path / language / "LC_MESSAGES" / f"{domain}.po"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
            path.with_suffix(".mo").touch()
    settings.LOCALE_PATHS = [tmp_path]
    assert machine("languages").state == "well"
    os.utime(folder / "django.mo", (0, 0))
    assert machine("languages").says == "1 of 4 catalogues are not compiled."
    settings.TESTING, settings.STATIC_ROOT = False, tmp_path
    assert machine("static files").state == "broken"
    (tmp_path / "staticfiles.json").touch()
    assert machine("static files").state == "well"


def test_missing_and_old_backups_are_reported(settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    assert machine("backup").state == "warning"
    (tmp_path / "backups").mkdir()
    archive = tmp_path / "backups/fair-20260101T000000Z.tar.gz"
    archive.touch()
    assert machine("backup").state == "well"
    os.utime(archive, (time.time() - 30 * 3600,) * 2)
    assert machine("backup").says == "The newest in DATA_DIR/backups is 30 hours old."


@pytest.mark.django_db
def test_stopped_clock_and_waiting_tasks_are_reported() -> None:
    assert states(check_running()) == {"clock": "warning", "tasks": "well", "duties": "well"}
    now = timezone.now()
    ClockLease.acquire("clock", now)
    task = DBTaskResult.objects.create(args_kwargs={}, task_path="x", queue_name="default", backend_name="default")
    assert states(check_running()) == {"clock": "well", "tasks": "well", "duties": "well"}
    ClockLease.objects.update(until=now - timedelta(seconds=1))
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=now - timedelta(minutes=6))
    assert states(check_running()) == {"clock": "broken", "tasks": "broken", "duties": "well"}
    DBTaskResult.objects.filter(pk=task.pk).update(status="FAILED")
    assert states(check_running())["tasks"] == "warning"
    DBTaskResult.objects.filter(pk=task.pk).update(status="RUNNING", started_at=now - timedelta(minutes=11))
    assert states(check_running())["tasks"] == "warning"


@pytest.fixture
def own_options(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Restores the options of the connection, which the doctor changes in this process."""
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", dict(connection.settings_dict["OPTIONS"]))
    yield
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_database_that_is_not_durable_is_reported(own_options: None) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = FULL")
            assert states(check_database())["durability"] == "well"
            cursor.execute("PRAGMA synchronous = NORMAL")
    # The PostgreSQL of a test run never is durable.
    assert states(check_database())["durability"] == "broken"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("skew", "state"), [(0, "well"), (3, "warning"), (-10, "broken")])
def test_clock_skew_to_the_database_is_reported(own_options: None, skew: int, state: str) -> None:
    with time_machine.travel(timezone.now() + timedelta(seconds=skew)):
        reported = states(check_database()).get("time")
    # An embedded database has no clock of its own.
    assert reported == (None if connection.vendor == "sqlite" else state)


def doctor(environment: Mapping[str, str]) -> tuple[int, dict[str, str]]:
    """Runs the command; returns its exit status and the state of each finding by name."""
    done = subprocess.run(
        [*MANAGE, "doctor", "--json"],
        env=clean_environment() | dict(environment),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    findings = [json.loads(line) for line in done.stdout.splitlines()]
    return done.returncode, {finding["name"]: finding["state"] for finding in findings}


def test_running_embedded_fair_is_well_and_a_missing_one_broken(serve: Servers, tmp_path: Path) -> None:
    # On SQLite also in the scaled run, whose PostgreSQL is not durable.
    server = serve("--prepare", DATABASE_URL=f"sqlite:///{tmp_path / 'fair.sqlite3'}", REDIS_URL="")

    def is_well() -> bool:
        code, found = doctor(server.environment)
        return code == 0 and found["clock"] == found["durability"] == found["migrations"] == "well"

    wait_until(is_well, seconds=30, what="a doctor without faults")
    code, found = doctor({"DATA_DIR": str(tmp_path / "empty")})
    assert (code, found["database"], found["static files"]) == (1, "broken", "broken")
    assert not (tmp_path / "empty/fair.sqlite3").exists()


def test_unavailable_services_are_reported_and_the_other_checks_go_on(
    postgres_server: PostgresServer, redis_server: RedisServer, tmp_path: Path
) -> None:
    address = postgres_server.empty()
    environment = {"DATA_DIR": str(tmp_path), "DATABASE_URL": address, "REDIS_URL": redis_server.url}
    services = ("database", "migrations", "durability", "time", "redis", "layer")
    code, found = doctor(environment)
    assert code == 1
    assert [found[name] for name in services] == ["well", "broken", "well", "well", "well", "well"]
    postgres_server.execute(f"ALTER DATABASE {address.rsplit('/', 1)[1]} SET synchronous_commit = off")
    assert doctor(environment)[1]["durability"] == "broken"
    with Redis.from_url(redis_server.url) as redis:
        redis.execute_command("ACL", "SETUSER", "default", "-publish")
        try:
            found = doctor(environment)[1]
        finally:
            redis.execute_command("ACL", "SETUSER", "default", "+publish")
    assert (found["redis"], found["layer"]) == ("well", "broken")
    for away, back in (
        (postgres_server.program.freeze, postgres_server.program.thaw),
        (postgres_server.stop, postgres_server.start),
    ):
        away()
        redis_server.program.freeze()
        try:
            code, found = doctor(environment)
        finally:
            back()
            redis_server.program.thaw()
        assert (code, found["database"], found["redis"], found["disk"]) == (1, "broken", "broken", "well")
