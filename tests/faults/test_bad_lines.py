"""People behind bad lines: whatever the line does, each message stands on every screen once and in order."""

import asyncio
import random
import re
from collections.abc import Iterator
from contextlib import AsyncExitStack

import pytest

from tests.faults.line import Line, Weather, running_line
from tests.faults.pages import Page
from tests.faults.probing import ask
from tests.scenarios import Laid, lay, stored_messages
from tests.servers.programs import wait_until
from tests.servers.serve import Server, Servers
from tests.sizes import full

WEAK = Weather(latency=0.15, jitter=0.2, down=40_000)
PARTS = full(10, small=3)  # messages of each between two troubles
LONG = "机床" * 1900  # eleven thousand octets


@pytest.fixture
def line() -> Iterator[Line]:
    with running_line() as between:
        yield between


def placed(serve: Servers, line: Line, *, people: int, **settings: str) -> tuple[Server, Laid]:
    server = serve("--no-tasks", "--no-clock", **settings)
    line.to = server.port
    return server, lay(server, people=people)


def page_of(laid: Laid, number: int, url: str, *, silence: float = 28.0) -> Page:
    return Page(url, laid.tokens[number], laid.topic, silence=silence)


def open_sockets(server: Server) -> int:
    """As the server counts them."""
    found = re.search(r"^fair_sockets_open (\d+)", ask(server.port, "/metrics")[1], re.MULTILINE)
    assert found
    return int(found[1])


async def all_read(pages: list[Page], *, seconds: float) -> None:
    total = sum(page.written for page in pages)
    for page in pages:
        await page.until(lambda page=page: len(page.seen) == total, seconds=seconds)  # type: ignore[misc]
        # One's own message may be seen before its acknowledgement is heard.
        await page.until(lambda page=page: len(page.stored) == page.written, seconds=seconds)  # type: ignore[misc]


def assert_once_and_in_order(server: Server, laid: Laid, pages: list[Page]) -> None:
    kept = [body for _, body in stored_messages(server, laid)]
    assert sorted(kept) == sorted(body for page in pages for body in page.stored)
    assert [page.seen for page in pages] == [kept] * len(pages)
    for page in pages:
        own = sorted(page.stored, key=lambda body: int(body.split()[1]))
        assert [body for body in kept if body in page.stored] == own


def test_everything_is_delivered_once_and_in_order(serve: Servers, line: Line) -> None:
    server, laid = placed(serve, line, people=3, HEARTBEAT_SECONDS="1")
    pages = [
        page_of(laid, 0, line.socket_url, silence=3),
        page_of(laid, 1, line.socket_url, silence=3),
        page_of(laid, 2, server.socket_url),
    ]

    # What the line does, and how often it has broken off when the next thing comes.
    troubles = [
        (lambda: line.changes(WEAK), 0), (line.resets, 1), (line.goes_half_open, 2), (line.resets, 3), (line.cuts, 0),
        (line.heals, 4),
    ]  # fmt: skip

    async def happen() -> None:
        async with AsyncExitStack() as all_open:
            for page in pages:
                await all_open.enter_async_context(page.kept_open())
            for number, (trouble, breaks) in enumerate(troubles):
                for part in range(PARTS):
                    for place, page in enumerate(pages):
                        page.write(f"p{place} {PARTS * number + part}")
                    await asyncio.sleep(random.uniform(0.05, 0.2))
                    if part == PARTS // 2:
                        trouble()
                for page in pages[:2] if breaks else ():
                    await page.until(lambda page=page, breaks=breaks: len(page.opened) > breaks, seconds=30)  # type: ignore[misc]
            await all_read(pages, seconds=60)

    asyncio.run(happen())
    assert_once_and_in_order(server, laid, pages)
    assert sum(page.written for page in pages) == 3 * len(troubles) * PARTS
    # Cut off and swallowed, they came back each time; who had a good line never noticed.
    assert [len(page.opened) >= 5 for page in pages] == [True, True, False]
    assert len(pages[2].opened) == 1


def test_slow_reader_delays_nobody_and_is_dropped_at_the_bound(serve: Servers, line: Line) -> None:
    server, laid = placed(serve, line, people=5)
    slow = page_of(laid, 0, line.socket_url)
    others = [page_of(laid, number, server.socket_url) for number in range(1, 5)]

    async def happen() -> None:
        async with AsyncExitStack() as all_open:
            for page in (slow, *others):
                await all_open.enter_async_context(page.kept_open())
            line.changes(Weather(down=2000))
            number = 0
            while "is dropped" not in server.log and number < 200:
                number += 1
                for place, page in enumerate(others):
                    page.write(f"p{place} {number} {LONG}")
                await all_read(others, seconds=60)
                # Nobody waited for the one who did not read.
                assert len(slow.seen) < len(others) * number
            line.resets()
            line.heals()
            total = sum(page.written for page in others)
            await slow.until(lambda: len(slow.seen) == total, seconds=30)

    asyncio.run(happen())
    assert "is dropped" in server.log
    # They missed nothing in the end.
    assert [len(page.opened) for page in others] == [1] * len(others)
    assert_once_and_in_order(server, laid, [slow, *others])


def test_server_notices_a_line_that_says_nothing(serve: Servers, line: Line) -> None:
    server, laid = placed(serve, line, people=2, HEARTBEAT_SECONDS="0.5", IDLE_SECONDS="2")
    gone, there = page_of(laid, 0, line.socket_url), page_of(laid, 1, server.socket_url)

    async def happen() -> None:
        async with there.kept_open():
            async with gone.kept_open():
                assert await asyncio.to_thread(open_sockets, server) == 2
                line.goes_half_open()
                before = there.beats
                await asyncio.to_thread(
                    wait_until, lambda: open_sockets(server) == 1, seconds=30, what="the end of one"
                )
                # Not at once: a weak line may be silent for a while.
                assert there.beats >= before + 2
            # In as long a time again nothing happens to who answers.
            again = 2 * there.beats - before
            await there.until(lambda: there.beats >= again, seconds=60)
            assert len(there.opened) == 1

    asyncio.run(happen())
