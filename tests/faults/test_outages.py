"""Redis or PostgreSQL stopped or frozen for fifteen seconds while people write: nothing acknowledged is lost, no socket
is closed, and everything recovers by itself.
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
from tests.scenarios import ChatScenario, make_chat_scenario, stored_messages
from tests.servers.postgres_server import PostgresServer
from tests.servers.redis_server import RedisServer
from tests.servers.serve import Server, Servers
from tests.sizes import full

SECONDS = full(15.0, small=6.0)
PACE = 0.25  # seconds between two messages of one person
FEW = 4  # messages of one person
UNAVAILABLE = {
    "zh-hans": "展会系统暂时无法访问，请稍后重试。",
    "ur": "نمائش کی ویب سائٹ عارضی طور پر دستیاب نہیں۔ تھوڑی دیر بعد دوبارہ کوشش کریں۔",
    "en": "The fair is temporarily unavailable. Try again shortly.",
}


@dataclass
class Fair:
    """Two web processes on one PostgreSQL and one Redis, and the probes that poll them."""

    servers: list[Server]
    scenario: ChatScenario
    health: list[Probe]
    ready: list[Probe]

    def page(self, number: int) -> Page:
        server = self.servers[number % len(self.servers)]
        return Page(server.socket_url, self.scenario.tokens[number], self.scenario.topic)

    def opens(self, path: str, *, language: str = "en") -> tuple[int | None, str]:
        cookies = f"sessionid={self.scenario.sessions[0]}; django_language={language}"
        return ask(self.servers[0].port, path, timeout=10, Cookie=cookies)


@pytest.fixture
def fair(serve: Servers, postgres_server: PostgresServer, redis_server: RedisServer) -> Fair:
    where = {"DATABASE_URL": postgres_server.migrated(), "REDIS_URL": redis_server.url, "SECRET_KEY": "of both"}
    servers = [serve("--no-tasks", **where), serve("--no-tasks", "--no-clock", **where)]
    probes = [[Probe(server, path) for server in servers] for path in ("/healthz", "/readyz")]
    return Fair(servers, make_chat_scenario(servers[0], people=4), *probes)


@dataclass
class Outage:
    """When a service stopped and when it was back, by the monotonic clock. It lasts until every page has got
    `refusals` refusals, and `SECONDS` at least.
    """

    refusals: int = 0
    began: float = 0.0
    ended: float = 0.0

    async def happens(
        self, pages: list[Page], stop: Callable[[], None], start: Callable[[], None], during: Callable[[], None]
    ) -> None:
        self.began = monotonic()
        await asyncio.to_thread(stop)
        await asyncio.to_thread(during)
        await asyncio.sleep(max(0.0, self.began + SECONDS - monotonic()))
        await pages[0].until(lambda: all(len(page.refusals) >= self.refusals for page in pages), seconds=30)
        await asyncio.to_thread(start)
        self.ended = monotonic()


async def talk(page: Page, name: str, until: asyncio.Event) -> None:
    number = 0
    while not until.is_set():
        number += 1
        page.write(f"{name} {number}")
        await asyncio.sleep(PACE)


async def live_through(
    fair: Fair, stop: Callable[[], None], start: Callable[[], None], during: Callable[[], None], *, refusals: int = 0
) -> tuple[list[Page], Outage]:
    """Everybody writes before, during and after the outage; returns once everybody has received everything."""
    pages, outage, enough = [fair.page(number) for number in range(4)], Outage(refusals), asyncio.Event()
    async with AsyncExitStack() as open_pages:
        for page in pages:
            await open_pages.enter_async_context(page.kept_open())
        talking = [asyncio.create_task(talk(page, f"p{n}", enough)) for n, page in enumerate(pages)]
        await each_stores_more(pages)
        await outage.happens(pages, stop, start, during)
        # Ready by its own probe is not enough: every process must be.
        await pages[0].until(
            lambda: all(probe.seconds_until(200, after=outage.ended) < 60 for probe in fair.ready), seconds=60
        )
        await each_stores_more(pages)
        enough.set()
        await asyncio.gather(*talking)
        total = await settled(pages)
        for page in pages:
            await page.until(lambda page=page: len(page.seen) >= total, seconds=25)  # type: ignore[misc]
    return pages, outage


async def each_stores_more(pages: list[Page]) -> None:
    """Waits until of everybody a few messages are stored that they write from now on."""
    wanted = [page.written + FEW for page in pages]
    await pages[0].until(
        lambda: all(len(page.stored) >= number for page, number in zip(pages, wanted, strict=True)), seconds=40
    )


async def settled(pages: list[Page]) -> int:
    """The number of messages, once all that were written are stored."""
    for page in pages:
        await page.until(lambda page=page: len(page.stored) == page.written, seconds=40)  # type: ignore[misc]
    return sum(page.written for page in pages)


def assert_nothing_lost(fair: Fair, pages: list[Page]) -> None:
    stored = stored_messages(fair.servers[0], fair.scenario)
    assert [seq for seq, _ in stored] == list(range(1, len(stored) + 1))
    assert {body: seq for seq, body in stored} == {body: seq for page in pages for body, seq in page.stored.items()}
    assert [page.seen for page in pages] == [[body for _, body in stored]] * len(pages)


def assert_probes(fair: Fair, outage: Outage) -> None:
    for health, ready in zip(fair.health, fair.ready, strict=True):
        assert health.statuses == {200}
        # Not ready before the service is back, and ready in the end.
        assert ready.seconds_until(503, after=outage.began) < outage.ended - outage.began
        assert ready.answers[-1][1] == 200


@pytest.mark.parametrize("how", full(["stopped", "frozen"], small=["stopped"]))
def test_without_redis_messages_are_stored_at_once(fair: Fair, redis_server: RedisServer, how: str) -> None:
    stop, start = ways(redis_server, how)
    opened: list[tuple[int | None, str]] = []

    def look() -> None:
        opened.extend(fair.opens(path) for path in (fair.scenario.booth, fair.scenario.conversation))

    with probing(*fair.health, *fair.ready):
        pages, outage = asyncio.run(live_through(fair, stop, start, look))
    assert_probes(fair, outage)
    assert_nothing_lost(fair, pages)
    assert [status for status, _ in opened] == [200, 200]
    # No socket closed, no message refused or delayed by the outage.
    assert [len(page.opened) for page in pages] == [1] * len(pages)
    assert [refusal.code for page in pages for refusal in page.refusals] == []
    assert max(wait for page in pages for wait in page.waits) < outage.ended - outage.began


@pytest.mark.parametrize("how", full(["stopped", "frozen"], small=["frozen"]))
def test_without_postgresql_messages_are_refused_and_sent_again(
    fair: Fair, postgres_server: PostgresServer, how: str
) -> None:
    stop, start = ways(postgres_server, how)
    opened: dict[str, tuple[int | None, str]] = {}

    def look() -> None:
        opened.update({language: fair.opens(fair.scenario.booth, language=language) for language in UNAVAILABLE})

    with probing(*fair.health, *fair.ready):
        pages, outage = asyncio.run(live_through(fair, stop, start, look, refusals=full(3, small=1)))
    assert_probes(fair, outage)
    assert_nothing_lost(fair, pages)
    assert {language: (status, sentence in opened[language][1]) for language, sentence in UNAVAILABLE.items()
            for status in [opened[language][0]]} == dict.fromkeys(UNAVAILABLE, (503, True))  # fmt: skip
    # The sockets stayed open and refused, each in its person's language, and no message was left without an answer.
    assert [len(page.opened) for page in pages] == [1] * len(pages)
    assert {refusal.code for page in pages for refusal in page.refusals} == {"unavailable"}
    assert {refusal.detail for refusal in pages[0].refusals} == {UNAVAILABLE["zh-hans"]}
    assert {refusal.detail for refusal in pages[1].refusals} == {UNAVAILABLE["ur"]}


def ways(server: PostgresServer | RedisServer, how: str) -> tuple[Callable[[], None], Callable[[], None]]:
    """How the outage begins and how it ends."""
    if how == "stopped":
        return server.stop, server.start
    return lambda: send(server, signal.SIGSTOP), lambda: send(server, signal.SIGCONT)


def send(server: PostgresServer | RedisServer, number: signal.Signals) -> None:
    """Signals the program and its children; PostgreSQL gives each child a process group of its own."""
    assert server.program.process is not None
    pid = server.program.process.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    for each in (pid, *map(int, children)):
        os.kill(each, number)
