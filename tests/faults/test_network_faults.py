"""Clients behind network faults: whatever happens, each message is shown to everybody once and in order."""

import asyncio
import random
import re
from collections.abc import Iterator
from contextlib import AsyncExitStack

import pytest

from tests.faults.fault_proxy import Conditions, FaultProxy, running_proxy
from tests.faults.pages import Page
from tests.faults.probing import ask
from tests.scenarios import ChatScenario, make_chat_scenario, stored_messages
from tests.servers.programs import wait_until
from tests.servers.serve import Server, Servers
from tests.sizes import full

WEAK = Conditions(latency=0.15, jitter=0.2, down=40_000)
PARTS = full(10, small=3)  # messages of each page between two faults
LONG = "机床" * 1900  # eleven thousand bytes


@pytest.fixture
def proxy() -> Iterator[FaultProxy]:
    with running_proxy() as between:
        yield between


def serve_behind(serve: Servers, proxy: FaultProxy, *, people: int, **settings: str) -> tuple[Server, ChatScenario]:
    server = serve("--no-tasks", "--no-clock", **settings)
    proxy.to = server.port
    return server, make_chat_scenario(server, people=people)


def page_of(scenario: ChatScenario, number: int, url: str, *, silence: float = 28.0) -> Page:
    return Page(url, scenario.tokens[number], scenario.topic, silence=silence)


def open_sockets(server: Server) -> int:
    """By the server's own metric."""
    found = re.search(r"^fair_sockets_open (\d+)", ask(server.port, "/metrics")[1], re.MULTILINE)
    assert found
    return int(found[1])


async def all_read(pages: list[Page], *, seconds: float) -> None:
    total = sum(page.written for page in pages)
    for page in pages:
        await page.until(lambda page=page: len(page.seen) == total, seconds=seconds)  # type: ignore[misc]
        # The page's own message may arrive before its acknowledgement.
        await page.until(lambda page=page: len(page.stored) == page.written, seconds=seconds)  # type: ignore[misc]


def assert_once_and_in_order(server: Server, scenario: ChatScenario, pages: list[Page]) -> None:
    stored = [body for _, body in stored_messages(server, scenario)]
    assert sorted(stored) == sorted(body for page in pages for body in page.stored)
    assert [page.seen for page in pages] == [stored] * len(pages)
    for page in pages:
        own = sorted(page.stored, key=lambda body: int(body.split()[1]))
        assert [body for body in stored if body in page.stored] == own


def test_everything_is_delivered_once_and_in_order(serve: Servers, proxy: FaultProxy) -> None:
    server, scenario = serve_behind(serve, proxy, people=3, HEARTBEAT_SECONDS="1")
    pages = [
        page_of(scenario, 0, proxy.socket_url, silence=3),
        page_of(scenario, 1, proxy.socket_url, silence=3),
        page_of(scenario, 2, server.socket_url),
    ]

    # Each fault, and how many connections have broken by the next one.
    faults = [
        (lambda: proxy.set_conditions(WEAK), 0),
        (proxy.reset_connections, 1),
        (proxy.swallow_open, 2),
        (proxy.reset_connections, 3),
        (proxy.refuse, 0),
        (proxy.restore, 4),
    ]

    async def happen() -> None:
        async with AsyncExitStack() as all_open:
            for page in pages:
                await all_open.enter_async_context(page.kept_open())
            for number, (fault, breaks) in enumerate(faults):
                for part in range(PARTS):
                    for place, page in enumerate(pages):
                        page.write(f"p{place} {PARTS * number + part}")
                    await asyncio.sleep(random.uniform(0.05, 0.2))
                    if part == PARTS // 2:
                        fault()
                for page in pages[:2] if breaks else ():
                    await page.until(lambda page=page, breaks=breaks: len(page.opened) > breaks, seconds=30)  # type: ignore[misc]
            await all_read(pages, seconds=60)

    asyncio.run(happen())
    assert_once_and_in_order(server, scenario, pages)
    assert sum(page.written for page in pages) == 3 * len(faults) * PARTS
    # The two behind the proxy reconnected each time; the one beside it never did.
    assert [len(page.opened) >= 5 for page in pages] == [True, True, False]
    assert len(pages[2].opened) == 1


def test_slow_reader_delays_nobody_and_is_closed_at_the_bound(serve: Servers, proxy: FaultProxy) -> None:
    server, scenario = serve_behind(serve, proxy, people=5)
    slow = page_of(scenario, 0, proxy.socket_url)
    others = [page_of(scenario, number, server.socket_url) for number in range(1, 5)]

    async def happen() -> None:
        async with AsyncExitStack() as all_open:
            for page in (slow, *others):
                await all_open.enter_async_context(page.kept_open())
            proxy.set_conditions(Conditions(down=2000))
            number = 0
            while "slow client closed" not in server.log and number < 200:
                number += 1
                for place, page in enumerate(others):
                    page.write(f"p{place} {number} {LONG}")
                await all_read(others, seconds=60)
                # Nobody waited for the slow reader.
                assert len(slow.seen) < len(others) * number
            proxy.reset_connections()
            proxy.restore()
            total = sum(page.written for page in others)
            await slow.until(lambda: len(slow.seen) == total, seconds=30)

    asyncio.run(happen())
    assert "slow client closed" in server.log
    # The slow reader has missed nothing in the end.
    assert [len(page.opened) for page in others] == [1] * len(others)
    assert_once_and_in_order(server, scenario, [slow, *others])


def test_server_closes_a_silent_connection(serve: Servers, proxy: FaultProxy) -> None:
    server, scenario = serve_behind(serve, proxy, people=2, HEARTBEAT_SECONDS="0.5", IDLE_SECONDS="2")
    gone, there = page_of(scenario, 0, proxy.socket_url), page_of(scenario, 1, server.socket_url)

    async def happen() -> None:
        async with there.kept_open():
            async with gone.kept_open():
                assert await asyncio.to_thread(open_sockets, server) == 2
                proxy.swallow_open()
                before = there.heartbeats
                await asyncio.to_thread(
                    wait_until, lambda: open_sockets(server) == 1, seconds=30, what="one socket less"
                )
                # Not at once: a weak connection may be silent for a while.
                assert there.heartbeats >= before + 2
            # For as long again the connection that answers stays open.
            again = 2 * there.heartbeats - before
            await there.until(lambda: there.heartbeats >= again, seconds=60)
            assert len(there.opened) == 1

    asyncio.run(happen())
