"""/healthz, /readyz and /metrics: who may ask, and what they say while something outside is gone."""

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
PATIENCE = 60.0  # of the test alone, on a machine that has much else to do
LOCAL = (b"host", b"localhost:8000")
PROXIES = (b"x-forwarded-for", b"x-forwarded-port", b"x-real-ip", b"true-client-ip", b"forwarded", b"via", b"cf-ray")


async def behind(scope: dict, receive: object, send: Callable) -> None:
    """What stands behind the probes."""
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b"behind"})


async def asked(path: str, *headers: tuple[bytes, bytes], client: str | None = LOOPBACK, method: str = "GET") -> int:
    wire = HttpCommunicator(with_probes(behind), method, path, headers=list(headers))
    wire.scope["client"] = [client, 4711] if client else None
    return int((await wire.get_response(timeout=5))["status"])


@pytest.mark.parametrize(
    ("client", "headers", "status"),
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
async def test_metrics_are_told_to_this_computer_and_by_token(monkeypatch, client, headers, status) -> None:
    monkeypatch.setattr(settings, "METRICS_TOKEN", TOKEN)
    assert await asked("/metrics", *headers, client=client) == status


@pytest.mark.django_db(transaction=True)
async def test_a_fair_open_to_the_world_tells_the_metrics_by_token_alone(monkeypatch) -> None:
    """A proxy of this computer that says nothing of itself asks as this computer does."""
    monkeypatch.setattr(settings, "IS_OPEN", True)
    monkeypatch.setattr(settings, "METRICS_TOKEN", TOKEN)
    assert await asked("/metrics", LOCAL) == 404
    assert await asked("/metrics", LOCAL, (b"authorization", f"Bearer {TOKEN}".encode())) == 200


async def test_without_a_token_set_none_is_right(monkeypatch) -> None:
    monkeypatch.setattr(settings, "METRICS_TOKEN", "")
    assert await asked("/metrics", (b"authorization", b"Bearer "), client=ELSEWHERE) == 404


async def test_probes_are_read_and_nothing_else() -> None:
    assert await asked("/healthz", method="HEAD") == 200
    assert await asked("/healthz", method="POST") == 404
    assert await asked("/healthz/") == 404


class Outage:
    """What is watched while a part of the program's ground is gone."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def get(self, path: str) -> tuple[int, str]:
        wire = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=PATIENCE)
        wire.request("GET", path)
        answer = wire.getresponse()
        body = answer.read().decode()
        wire.close()
        return answer.status, body

    def until_ready(self, wanted: tuple[int, str]) -> None:
        """Until /readyz says so; /healthz says 200 all the while, whatever hangs."""

        def is_so() -> bool:
            assert self.get("/healthz") == (200, "ok\n")
            return self.get("/readyz") == wanted

        wait_until(is_so, seconds=PATIENCE, what=f"/readyz {wanted}, now {self.get('/readyz')}", pause=0.2)

    def hang(self, count: int) -> list[threading.Thread]:
        """Visitors whose pages wait for the database."""
        visits = [threading.Thread(target=self._visit, daemon=True) for _ in range(count)]
        for visit in visits:
            visit.start()
        return visits

    def _visit(self) -> None:
        wire = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        wire.request("GET", "/fairs/none/", headers={"Cookie": "sessionid=" + "a" * 32})
        wire.getresponse().read()
        wire.close()


def test_alive_through_every_outage_and_ready_only_outside_of_one(
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


def test_a_layer_that_passes_nothing_on_is_away(serve: Servers, redis_server: RedisServer) -> None:
    outage = Outage(serve("--no-clock", "--no-tasks", REDIS_URL=redis_server.url))
    outage.until_ready((200, "ok\n"))
    with Redis.from_url(redis_server.url) as client:
        client.execute_command("ACL", "SETUSER", "default", "-publish")
        try:
            outage.until_ready((503, "layer\n"))
        finally:
            client.execute_command("ACL", "SETUSER", "default", "+publish")
    outage.until_ready((200, "ok\n"))


def test_metrics_are_told_while_the_database_hangs(serve: Servers, postgres_server: PostgresServer) -> None:
    outage = Outage(serve(DATABASE_URL=postgres_server.migrated()))
    wait_until(lambda: "fair_clock_age_seconds 0." in outage.get("/metrics")[1], seconds=PATIENCE, what="tick")
    postgres_server.program.freeze()
    try:
        # Before anybody knows of it: who asks for the figures may be the first to wait, but not until it thaws.
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


_LAY = """
from datetime import timedelta
from django.utils import timezone
from tests import factories

factories.make_slots(factories.make_fair(slug="edge"), first=timezone.now() + timedelta(seconds=2), number=1)
"""
_RENAME = """
from django.db import connection
connection.cursor().execute("ALTER TABLE {} RENAME TO {}")
"""
_TOLD = """
from fairplatform.realtime.models import TopicVersion
print(*sorted(TopicVersion.objects.filter(topic__endswith=":edge").values_list("topic", "version")))
"""


def test_a_step_of_the_clock_that_fails_is_told_to_everybody_who_asks(serve: Servers) -> None:
    outage = Outage(serve(LOG_FORMAT="json"))
    outage.until_ready((200, "ok\n"))
    shell = ("shell", "-v", "0", "-c")
    outage.server.manage(*shell, _RENAME.format("meetings_meetingrequest", "gone"))
    outage.until_ready((503, "clock.expire_requests\n"))
    # The others go on: they tell of a slot that begins now.
    outage.server.manage(*shell, _LAY)
    wait_until(
        lambda: outage.server.manage(*shell, _TOLD) == "('fair:edge', 1) ('monitor:edge', 1)\n",
        seconds=PATIENCE,
        what="the figures of the hour",
    )
    wait_until(lambda: "fair_duties_failing 1.0" in outage.get("/metrics")[1], seconds=PATIENCE, what="the book")
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
