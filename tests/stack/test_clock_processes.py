"""Clock and tasks as separate processes: one clock acts, another takes over, nothing is done twice or left undone."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command

from tests.servers.postgres_server import PostgresServer
from tests.servers.programs import wait_until
from tests.servers.redis_server import RedisServer
from tests.servers.serve import Server, Servers
from tests.servers.worker_process import WorkerProcess

MEETINGS = 24
CLOCK, TASKS = "--no-tasks", "--no-clock"
IS_THE_CLOCK = "this process is the clock"
WAITS = "failed, and is tried again"  # logged by a loop that cannot reach the database
LEFT = "did not end in"  # logged when a loop does not stop in time
# Meetings whose reminders fall due one after the other, half a second apart, from `first` seconds on.
_MAKE_MEETINGS = """
from datetime import timedelta
from django.conf import settings
from django.utils import timezone
from meetings.schedule.actions.closing import REMIND_BEFORE
from meetings.schedule.actions.planning import schedule_meeting
from meetings.models.meeting import Side
from tests import factories

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
now = timezone.now() + REMIND_BEFORE
for number in range(AS_MANY):
    fair = factories.make_fair()
    [slot] = factories.make_slots(fair, first=now + timedelta(seconds=FROM + number / 2), number=1)
    sells, buys = factories.make_exhibitor(fair), factories.make_buyer(fair)
    parties = [(factories.make_staff(sells), Side.EXHIBITOR), (factories.make_staff(buys), Side.BUYER)]
    schedule_meeting(fair=fair, exhibitor=sells, buyer=buys, slot=slot, parties=parties, interpreter=None,
          interpreting="none", reason={})
"""
_COUNT = """
import json
from collections import Counter
from django_tasks_db.models import DBTaskResult
from fairplatform.notices.models import Notice
from meetings.models import Meeting
notified = Counter(Notice.objects.filter(code="meeting_soon").values_list("recipient", flat=True))
print(json.dumps({
    "unreminded": Meeting.objects.filter(reminded_at=None).count(),
    "people notified": len(notified),
    "times notified": sorted(set(notified.values())),
    "letters": dict(Counter(DBTaskResult.objects.values_list("status", flat=True))),
}))
"""


class Fair:
    """A web process on PostgreSQL and Redis, and what runs beside it."""

    def __init__(self, web: Server, folder: Path) -> None:
        self.web, self.folder = web, folder
        self.beside: list[WorkerProcess] = []

    def start(self, *flags: str) -> WorkerProcess:
        log = self.folder / f"beside-{len(self.beside)}.log"
        process = WorkerProcess.with_flags(self.web.program.environment, log, *flags)
        self.beside.append(process)
        process.start()
        return process

    def make_meetings(self, number: int, *, first: float) -> None:
        self.web.manage(
            "shell", "-v", "0", "-c", _MAKE_MEETINGS.replace("AS_MANY", str(number)).replace("FROM", str(first))
        )

    def holder(self) -> str | None:
        """The holder of the clock lease, whether or not that process still runs."""
        with psycopg.connect(self.web.environment["DATABASE_URL"]) as connection:
            row = connection.execute("SELECT holder FROM meetings_clocklease WHERE until > now()").fetchone()
        return row[0] if row else None

    def reminded(self) -> int:
        """How many meetings have had their reminders sent."""
        with psycopg.connect(self.web.environment["DATABASE_URL"]) as connection:
            row = connection.execute("SELECT count(*) FROM meetings_meeting WHERE reminded_at IS NOT NULL").fetchone()
        return int(row[0]) if row else 0

    def counts(self) -> dict[str, Any]:
        return dict(json.loads(self.web.manage("shell", "-v", "0", "-c", _COUNT)))


@pytest.fixture
def fair(serve: Servers, postgres_server: PostgresServer, redis_server: RedisServer, tmp_path: Path) -> Iterator[Fair]:
    web = serve("--no-clock", "--no-tasks", DATABASE_URL=postgres_server.migrated(), REDIS_URL=redis_server.url)
    present = Fair(web, tmp_path)
    yield present
    for process in present.beside:
        process.stop()


def test_another_clock_takes_over_and_nobody_is_notified_twice(fair: Fair) -> None:
    first, second = fair.start(CLOCK), fair.start(CLOCK)
    wait_until(lambda: fair.holder() is not None, seconds=30, what="a clock")
    fair.make_meetings(MEETINGS, first=2)
    wait_until(lambda: fair.reminded() > 2, seconds=60, what="the first reminders")
    # Both have tried to take the lease several times by now, and only one of them acted as the clock.
    killed, other = (first, second) if IS_THE_CLOCK in first.log else (second, first)
    assert (killed.log.count(IS_THE_CLOCK), other.log.count(IS_THE_CLOCK)) == (1, 0)
    before = fair.holder()
    killed.program.kill()
    wait_until(lambda: fair.holder() not in {before, None}, seconds=60, what="the other clock")
    killed.start()
    wait_until(lambda: fair.reminded() == MEETINGS, seconds=60, what="every reminder")
    counts = fair.counts()
    assert {name: counts[name] for name in ("unreminded", "people notified", "times notified")} == {
        "unreminded": 0,
        "people notified": 2 * MEETINGS,
        "times notified": [1],
    }
    assert (killed.log.count(IS_THE_CLOCK), other.log.count(IS_THE_CLOCK)) == (1, 1)
    # When stopped it releases the lease, so that the next one does not wait.
    before = fair.holder()
    assert other.stop() == 0
    assert fair.holder() != before
    wait_until(lambda: fair.holder() is not None, seconds=30, what="the clock that was started again")


def test_clock_and_tasks_survive_a_database_outage_and_stop_when_asked(
    fair: Fair, postgres_server: PostgresServer
) -> None:
    clock, tasks = fair.start(CLOCK), fair.start(TASKS)
    fair.make_meetings(MEETINGS, first=0)
    postgres_server.stop()
    wait_until(lambda: WAITS in clock.log and WAITS in tasks.log, seconds=60, what="both notice")
    postgres_server.start()
    done = {
        "unreminded": 0,
        "people notified": 2 * MEETINGS,
        "times notified": [1],
        "letters": {"SUCCESSFUL": 2 * MEETINGS},
    }
    wait_until(lambda: fair.counts() == done, seconds=60, what="every reminder and its letter", pause=1)
    assert len(list((fair.web.data_dir / "letters").iterdir())) > 0
    assert "Traceback" not in tasks.log
    for process in (clock, tasks):
        assert process.stop() == 0
        assert process.log.rstrip().endswith("Ended.")
        assert LEFT not in process.log


def test_they_stop_when_asked_while_the_database_is_down(fair: Fair, postgres_server: PostgresServer) -> None:
    clock, tasks = fair.start(CLOCK), fair.start(TASKS)
    postgres_server.stop()
    try:
        wait_until(lambda: WAITS in clock.log and WAITS in tasks.log, seconds=60, what="both notice")
        assert [process.program.ended for process in (clock, tasks)] == [False, False]
        assert [process.stop() for process in (clock, tasks)] == [0, 0]
        assert [LEFT in process.log for process in (clock, tasks)] == [False, False]
    finally:
        postgres_server.start()


def test_serve_with_nothing_to_run_is_an_error() -> None:
    with pytest.raises(CommandError, match="there is nothing to run"):
        call_command("serve", "--no-web", "--no-clock", "--no-tasks")
