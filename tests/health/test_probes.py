"""/healthz, /readyz and /metrics: who may read them, and what they answer during outages."""

import http.client
import json
import threading
from collections.abc import Callable

import pytest
from channels.testing import HttpCommunicator
from django.conf import settings
from redis import Redis

from fairplatform.health.probes import with_probes
from tests.servers.postgres_server import PostgresServer
from tests.servers.programs import wait_until
from tests.servers.redis_server import RedisServer
from tests.servers.serve import Server, Servers

pytestmark = pytest.mark.either("fairplatform.health.readiness")

TOKEN = "a-token-of-the-metrics"
LOOPBACK, ELSEWHERE = "127.0.0.1", "198.51.100.7"
TIMEOUT = 60.0  # seconds; generous, for the machine may be busy
LOCAL = (b"host", b"localhost:8000")
PROXIES = (b"x-forwarded-for", b"x-forwarded-port", b"x-real-ip", b"true-client-ip", b"forwarded", b"via", b"cf-ray")


async def application(scope: dict, receive: object, send: Callable) -> None:
    """The application that the probes are put before."""
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b"application"})


async def status(path: str, *headers: tuple[bytes, bytes], client: str | None = LOOPBACK, method: str = "GET") -> int:
    communicator = HttpCommunicator(with_probes(application), method, path, headers=list(headers))
    communicator.scope["client"] = [client, 4711] if client else None
    return int((await communicator.get_response(timeout=5))["status"])


@pytest.mark.parametrize(
    ("client", "headers", "expected"),
    [
        (LOOPBACK, [LOCAL], 200),
        ("::1", [(b"host", b"[::1]:8000")], 200),
        (ELSEWHERE, [LOCAL], 404),
        (None, [LOCAL], 404),
        (LOOPBACK, [], 404),
        (LOOPBACK, [(b"host", b"evil.example")], 404),
        *[(LOOPBACK, [LOCAL, (name, b"x")], 404) for name in PROXIES],
        (ELSEWHERE, [(b"authorization", f"Bearer {TOKEN}".encode())], 200),
        (ELSEWHERE, [(b"authorization", f"bearer {TOKEN}".encode()), (b"x-forwarded-for", b"1.2.3.4")], 200),
        (ELSEWHERE, [(b"authorization", f"Bearer {TOKEN}x".encode())], 404),
        (ELSEWHERE, [(b"authorization", b"Bearer ")], 404),
        (ELSEWHERE, [(b"authorization", f"Basic {TOKEN}".encode())], 404),
        (LOOPBACK, [LOCAL, (b"authorization", b"Bearer wrong")], 404),
    ],
)
@pytest.mark.django_db(transaction=True)
async def test_metrics_are_readable_from_this_computer_or_by_token(monkeypatch, client, headers, expected) -> None:
    monkeypatch.setattr(settings, "METRICS_TOKEN", TOKEN)
    assert await status("/metrics", *headers, client=client) == expected


@pytest.mark.django_db(transaction=True)
async def test_metrics_of_a_public_fair_are_readable_by_token_alone(monkeypatch) -> None:
    """A proxy on this computer that sends no headers of a proxy looks like a local client."""
    monkeypatch.setattr(settings, "IS_OPEN", True)
    monkeypatch.setattr(settings, "METRICS_TOKEN", TOKEN)
    assert await status("/metrics", LOCAL) == 404
    assert await status("/metrics", LOCAL, (b"authorization", f"Bearer {TOKEN}".encode())) == 200


async def test_empty_token_matches_nothing(monkeypatch) -> None:
    monkeypatch.setattr(settings, "METRICS_TOKEN", "")
    assert await status("/metrics", (b"authorization", b"Bearer "), client=ELSEWHERE) == 404


async def test_probes_answer_get_and_head_only() -> None:
    assert await status("/healthz", method="HEAD") == 200
    assert await status("/healthz", method="POST") == 404
    assert await status("/healthz/") == 404


class Outage:
    """Reads the probes of a server during an outage."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def get(self, path: str) -> tuple[int, str]:
        wire = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=TIMEOUT)
        wire.request("GET", path)
        answer = wire.getresponse()
        body = answer.read().decode()
        wire.close()
        return answer.status, body

    def until_ready(self, wanted: tuple[int, str]) -> None:
        """Waits for this answer of /readyz; meanwhile /healthz must be 200."""

        def is_reached() -> bool:
            assert self.get("/healthz") == (200, "ok\n")
            return self.get("/readyz") == wanted

        wait_until(is_reached, seconds=TIMEOUT, what=f"/readyz {wanted}, now {self.get('/readyz')}", pause=0.2)

    def hang(self, count: int) -> list[threading.Thread]:
        """Starts requests of pages that wait for the database."""
        visits = [threading.Thread(target=self._visit, daemon=True) for _ in range(count)]
        for visit in visits:
            visit.start()
        return visits

    def _visit(self) -> None:
        wire = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        wire.request("GET", "/fairs/none/", headers={"Cookie": "sessionid=" + "a" * 32})
        wire.getresponse().read()
        wire.close()


def test_process_is_alive_in_every_outage_and_ready_only_without_one(
    serve: Servers, postgres_server: PostgresServer, redis_server: RedisServer
) -> None:
    outage = Outage(serve(DATABASE_URL=postgres_server.migrated(), REDIS_URL=redis_server.url, LOG_FORMAT="json"))
    outage.until_ready((200, "ok\n"))
    for part, words in ((postgres_server, "database\n"), (redis_server, "redis\nlayer\n")):
        for away, back in ((part.stop, part.start), (part.program.freeze, part.program.thaw)):
            away()
            try:
                visits = outage.hang(40)
                outage.until_ready((503, words))
                assert outage.get("/healthz") == (200, "ok\n")
            finally:
                back()
            outage.until_ready((200, "ok\n"))
            for visit in visits:
                visit.join(30)
    changes = [json.loads(line) for line in outage.server.log.splitlines() if "fairplatform.health.readiness" in line]
    assert {change["event"] for change in changes} >= {"the database is away", "the layer is here"}


def test_layer_that_delivers_nothing_is_unavailable(serve: Servers, redis_server: RedisServer) -> None:
    outage = Outage(serve("--no-clock", "--no-tasks", REDIS_URL=redis_server.url))
    outage.until_ready((200, "ok\n"))
    with Redis.from_url(redis_server.url) as client:
        client.execute_command("ACL", "SETUSER", "default", "-publish")
        try:
            outage.until_ready((503, "layer\n"))
        finally:
            client.execute_command("ACL", "SETUSER", "default", "+publish")
    outage.until_ready((200, "ok\n"))


def test_metrics_answer_while_the_database_hangs(serve: Servers, postgres_server: PostgresServer) -> None:
    outage = Outage(serve(DATABASE_URL=postgres_server.migrated()))
    wait_until(lambda: "fair_clock_age_seconds 0." in outage.get("/metrics")[1], seconds=TIMEOUT, what="tick")
    postgres_server.program.freeze()
    try:
        # The first scrape, before readiness has noticed, may have to wait, but not until the database continues.
        status, text = outage.get("/metrics")
        outage.until_ready((503, "database\n"))
        later = outage.get("/metrics")[1]
    finally:
        postgres_server.program.thaw()
    assert status == 200
    assert "fair_clock_age_seconds NaN" in later
    assert "fair_clock_age_seconds NaN" in text
    assert "fair_parts_away 1.0" in later
    assert 'fair_database_pool{state="waiting"}' in text


_MAKE_SLOT = """
from datetime import timedelta
from django.utils import timezone
from tests import factories

factories.make_slots(factories.make_fair(slug="edge"), first=timezone.now() + timedelta(seconds=2), number=1)
"""
_RENAME = """
from django.db import connection
connection.cursor().execute("ALTER TABLE {} RENAME TO {}")
"""
_PRINT_VERSIONS = """
from fairplatform.realtime.models import TopicVersion
print(*sorted(TopicVersion.objects.filter(topic__endswith=":edge").values_list("topic", "version")))
"""


def test_failing_step_of_the_clock_is_reported_everywhere(serve: Servers) -> None:
    outage = Outage(serve(LOG_FORMAT="json"))
    outage.until_ready((200, "ok\n"))
    shell = ("shell", "-v", "0", "-c")
    outage.server.manage(*shell, _RENAME.format("meetings_meetingrequest", "gone"))
    outage.until_ready((503, "clock.expire_requests\n"))
    # The other steps go on: one publishes the slot that begins now.
    outage.server.manage(*shell, _MAKE_SLOT)
    wait_until(
        lambda: outage.server.manage(*shell, _PRINT_VERSIONS) == "('fair:edge', 1) ('monitor:edge', 1)\n",
        seconds=TIMEOUT,
        what="the figures of the new slot",
    )
    wait_until(
        lambda: "fair_duties_failing 1.0" in outage.get("/metrics")[1],
        seconds=TIMEOUT,
        what="the table of failing duties",
    )
    assert 'fair_duty_fails{duty="clock.expire_requests"} 1.0' in outage.get("/metrics")[1]
    with pytest.raises(RuntimeError, match=r'"clock\.expire_requests", "state": "broken"'):
        outage.server.manage("doctor", "--json")
    outage.server.manage(*shell, _RENAME.format("gone", "meetings_meetingrequest"))
    outage.until_ready((200, "ok\n"))
    lines = [json.loads(line) for line in outage.server.log.splitlines() if "fairplatform.observability.duties" in line]
    assert [(line["level"], line["event"].split(" after")[0], "exception" in line) for line in lines] == [
        ("error", "clock.expire_requests failed, and is tried again", True),
        ("info", "clock.expire_requests is done again", False),
    ]
