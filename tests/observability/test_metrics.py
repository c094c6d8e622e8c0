"""Metrics of requests and sockets; no label is text that a client can choose."""

import json
from collections.abc import Callable

import pytest
from asgiref.sync import sync_to_async
from channels.testing import HttpCommunicator
from prometheus_client import REGISTRY

from fairplatform.asgi import application
from tests.factories import make_person
from tests.realtime.client import session_of
from tests.realtime.counter import CounterClient, raise_counter

pytestmark = pytest.mark.django_db(transaction=True)
Growth = Callable[..., float]


@pytest.fixture
def growth() -> Growth:
    """How much a sample has grown since the start of the test."""
    before = samples()

    def of(name: str, **labels: str) -> float:
        key = name, tuple(sorted(labels.items()))
        return samples().get(key, 0) - before.get(key, 0)

    return of


def samples() -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    return {(s.name, tuple(sorted(s.labels.items()))): s.value for m in REGISTRY.collect() for s in m.samples}


async def test_commands_deliveries_and_closed_sockets_are_counted(settings, growth: Growth) -> None:
    person = await sync_to_async(make_person)()
    clients = [await CounterClient.open(await sync_to_async(session_of)(person)) for _ in range(2)]
    for client in clients:
        await client.send("join")
    await clients[0].send("join", topic="counter:closed")
    await clients[0].send("made.up.by.somebody")
    await clients[0].raw(json.dumps({"type": ["join"]}))
    await sync_to_async(raise_counter)("counter:open")
    for client in clients:
        await client.event("counter.raised")
        await client.close()
    commands = "fair_socket_commands_total"
    assert growth(commands, type="join", result="ok") == 2
    assert growth(commands, type="join", result="not_found") == 1
    assert growth(commands, type="unknown", result="unknown_type") == 1
    assert growth(commands, type="unknown", result="malformed") == 1
    assert growth("fair_socket_command_seconds_count", type="join") == 3
    assert growth("fair_sockets_closed_total", code="1000") == 2
    assert growth("fair_events_delivered_total") >= 2
    assert [key for key in samples() if "made.up" in str(key)] == []


async def test_requests_are_counted_by_the_names_of_their_routes(growth: Growth) -> None:
    for path, method in (("/robots.txt", "GET"), ("/made/up/by/somebody/", "GET"), ("/robots.txt", "MADEUP")):
        await HttpCommunicator(application, method, path, headers=[(b"host", b"localhost")]).get_response(timeout=5)
    requests = "fair_http_requests_total"
    assert growth(requests, route="robots", method="GET", status="2xx") == 1
    assert growth(requests, route="none", method="GET", status="4xx") == 1
    assert growth("fair_http_request_seconds_count", route="none") >= 1
    assert [key for key in samples() if "made" in str(key).lower()] == []
