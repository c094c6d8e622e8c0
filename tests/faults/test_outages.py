"""Redis, and PostgreSQL, away or frozen for fifteen seconds while people write: nothing acknowledged is lost,
nobody is sent away, and everything goes on by itself.
"""

import asyncio
import os
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import pytest

from tests.faults.pages import Page
from tests.faults.probing import Probe, ask, probing
from tests.scenarios import Laid, lay, stored_messages
from tests.servers.postgres_server import PostgresServer
from tests.servers.redis_server import RedisServer
from tests.servers.serve import Server, Servers
from tests.sizes import full

SECONDS = full(15.0, small=6.0)
PACE = 0.25  # seconds between two messages of one person
UNAVAILABLE = {
    "zh-hans": "展会系统暂时无法访问，请稍后再试。",
    "ur": "نمائش سے اس وقت رابطہ نہیں ہو پا رہا۔ براہِ کرم تھوڑی دیر بعد دوبارہ کوشش کریں۔",
    "en": "The fair cannot be reached for a moment. Please try again shortly.",
}


@dataclass
class Fair:
    """Two web processes on one PostgreSQL and one Redis, and what is asked of them all the time."""

    servers: list[Server]
    laid: Laid
    health: list[Probe]
    ready: list[Probe]

    def page(self, number: int) -> Page:
        server = self.servers[number % len(self.servers)]
        return Page(server.socket_url, self.laid.tokens[number], self.laid.topic)

    def opens(self, path: str, *, language: str = "en") -> tuple[int | None, str]:
        cookies = f"sessionid={self.laid.sessions[0]}; django_language={language}"
        return ask(self.servers[0].port, path, timeout=10, Cookie=cookies)


@pytest.fixture
def fair(serve: Servers, postgres_server: PostgresServer, redis_server: RedisServer) -> Fair:
    where = {"DATABASE_URL": postgres_server.migrated(), "REDIS_URL": redis_server.url, "SECRET_KEY": "of both"}
    servers = [serve("--no-tasks", **where), serve("--no-tasks", "--no-clock", **where)]
    probes = [[Probe(server, path) for server in servers] for path in ("/healthz", "/readyz")]
    return Fair(servers, lay(servers[0], people=4), *probes)


@dataclass
class Away:
    """When something went and when it was back, by the monotonic clock; what pages said meanwhile."""

    began: float = 0.0
    ended: float = 0.0

    async def happens(self, stop: Callable[[], None], start: Callable[[], None], during: Callable[[], None]) -> None:
        await asyncio.sleep(2)
        self.began = monotonic()
        await asyncio.to_thread(stop)
        await asyncio.to_thread(during)
        await asyncio.sleep(max(0.0, self.began + SECONDS - monotonic()))
        await asyncio.to_thread(start)
        self.ended = monotonic()


async def talk(page: Page, name: str, until: asyncio.Event) -> None:
    number = 0
    while not until.is_set():
        number += 1
        page.write(f"{name} {number}")
        await asyncio.sleep(PACE)


async def live_through(
    fair: Fair, stop: Callable[[], None], start: Callable[[], None], during: Callable[[], None]
) -> tuple[list[Page], Away]:
    """Everybody writes before, during and after; returns when everybody has read everything."""
    pages, away, enough = [fair.page(number) for number in range(4)], Away(), asyncio.Event()
    async with AsyncExitStack() as open_pages:
        for page in pages:
            await open_pages.enter_async_context(page.kept_open())
        talking = [asyncio.create_task(talk(page, f"p{n}", enough)) for n, page in enumerate(pages)]
        await away.happens(stop, start, during)
        # Whoever is ready now is ready for everybody.
        await pages[0].until(
            lambda: all(probe.seconds_until(200, after=away.ended) < 60 for probe in fair.ready), seconds=60
        )
        await asyncio.sleep(3)
        enough.set()
        await asyncio.gather(*talking)
        total = await settled(pages)
        for page in pages:
            await page.until(lambda page=page: len(page.seen) >= total, seconds=25)  # type: ignore[misc]
    return pages, away


async def settled(pages: list[Page]) -> int:
    """How many messages there are, once all that were written are stored."""
    for page in pages:
        await page.until(lambda page=page: len(page.stored) == page.written, seconds=40)  # type: ignore[misc]
    return sum(page.written for page in pages)


def assert_nothing_lost(fair: Fair, pages: list[Page]) -> None:
    kept = stored_messages(fair.servers[0], fair.laid)
    assert [seq for seq, _ in kept] == list(range(1, len(kept) + 1))
    assert {body: seq for seq, body in kept} == {body: seq for page in pages for body, seq in page.stored.items()}
    assert [page.seen for page in pages] == [[body for _, body in kept]] * len(pages)


def assert_probes(fair: Fair, away: Away) -> None:
    for health, ready in zip(fair.health, fair.ready, strict=True):
        assert health.statuses == {200}
        # It says so before the other is back, and is ready in the end.
        assert ready.seconds_until(503, after=away.began) < away.ended - away.began
        assert ready.answers[-1][1] == 200


@pytest.mark.parametrize("how", full(["stopped", "frozen"], small=["stopped"]))
def test_redis_is_away(fair: Fair, redis_server: RedisServer, how: str) -> None:
    stop, start = ways(redis_server, how)
    opened: list[tuple[int | None, str]] = []

    def look() -> None:
        opened.extend(fair.opens(path) for path in (fair.laid.booth, fair.laid.conversation))

    with probing(*fair.health, *fair.ready):
        pages, away = asyncio.run(live_through(fair, stop, start, look))
    assert_probes(fair, away)
    assert_nothing_lost(fair, pages)
    assert [status for status, _ in opened] == [200, 200]
    # Nobody was sent away, nobody was refused, nobody waited for it: the messages of all those seconds were stored.
    assert [len(page.opened) for page in pages] == [1] * len(pages)
    assert [refusal.code for page in pages for refusal in page.refusals] == []
    assert max(wait for page in pages for wait in page.waits) < away.ended - away.began


@pytest.mark.parametrize("how", full(["stopped", "frozen"], small=["frozen"]))
def test_postgresql_is_away(fair: Fair, postgres_server: PostgresServer, how: str) -> None:
    stop, start = ways(postgres_server, how)
    opened: dict[str, tuple[int | None, str]] = {}

    def look() -> None:
        opened.update({language: fair.opens(fair.laid.booth, language=language) for language in UNAVAILABLE})

    with probing(*fair.health, *fair.ready):
        pages, away = asyncio.run(live_through(fair, stop, start, look))
    assert_probes(fair, away)
    assert_nothing_lost(fair, pages)
    assert {language: (status, sentence in opened[language][1]) for language, sentence in UNAVAILABLE.items()
            for status in [opened[language][0]]} == dict.fromkeys(UNAVAILABLE, (503, True))  # fmt: skip
    # The sockets stayed open and said no, each in the words of its person, and none let anybody hang.
    assert [len(page.opened) for page in pages] == [1] * len(pages)
    assert {refusal.code for page in pages for refusal in page.refusals} == {"unavailable"}
    assert {refusal.detail for refusal in pages[0].refusals} == {UNAVAILABLE["zh-hans"]}
    assert {refusal.detail for refusal in pages[1].refusals} == {UNAVAILABLE["ur"]}
    assert all(len(page.refusals) >= full(3, small=1) for page in pages)


def ways(server: PostgresServer | RedisServer, how: str) -> tuple[Callable[[], None], Callable[[], None]]:
    """How it goes and how it comes back."""
    if how == "stopped":
        return server.stop, server.start
    return lambda: send(server, signal.SIGSTOP), lambda: send(server, signal.SIGCONT)


def send(server: PostgresServer | RedisServer, number: signal.Signals) -> None:
    """To the program and its children, of which PostgreSQL makes each the leader of a group of its own."""
    assert server.program.process is not None
    pid = server.program.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for each in (pid, *map(int, children)):
        os.kill(each, number)
