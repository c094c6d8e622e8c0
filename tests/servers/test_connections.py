"""What the server asks of its connections as time passes: of the few that may be late or have ended, not of all."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from fairplatform.server import FairServer


class Connection:
    """Stands where Daphne's protocol of a connection stands."""

    def __init__(self, server: FairServer) -> None:
        self.looks = 0
        server.protocol_connected(self)

    def check_timeouts(self) -> None:
        self.looks += 1


@pytest.fixture
def ended() -> asyncio.Event:
    """When it is set, every application ends."""
    return asyncio.Event()


@pytest.fixture
def server(ended: asyncio.Event, monkeypatch: pytest.MonkeyPatch) -> Iterator[FairServer]:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await ended.wait()

    # The next round is ours to begin.
    monkeypatch.setattr("daphne.server.reactor.callLater", lambda *_: None)
    return FairServer(application, bind="127.0.0.1", port=0, loops=[], proxies=[])


async def test_an_open_socket_is_asked_no_more_whether_it_is_late(server: FairServer) -> None:
    request, opening, opened = (Connection(server) for _ in range(3))
    server.protocol_opened(opened)
    server.timeout_checker()
    server.protocol_disconnected(request)
    server.timeout_checker()
    assert [one.looks for one in (request, opening, opened)] == [1, 2, 0]
    assert set(server.connections) == {request, opening, opened}


async def test_a_connection_is_forgotten_when_its_line_and_its_application_have_ended(
    server: FairServer, ended: asyncio.Event
) -> None:
    stays, leaves = (Connection(server) for _ in range(2))
    for one in (stays, leaves):
        server.create_application(one, {"type": "http", "client": ["127.0.0.1", 1], "headers": []})
    server.protocol_disconnected(leaves)
    server.application_checker()
    assert set(server.connections) == {stays, leaves}
    ended.set()
    await asyncio.sleep(0.01)
    server.application_checker()
    assert set(server.connections) == {stays}
    # Its application has ended, and its line goes later.
    server.protocol_disconnected(stays)
    server.application_checker()
    assert (server.connections, server.young, server.leaving) == ({}, set(), set())
