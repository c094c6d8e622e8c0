"""What a process does for its open sockets as time passes: heartbeats, revocation, presence, others' commits."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import InterfaceError, OperationalError

from fairplatform.observability.duties import attempt, keep_running
from fairplatform.server import close_codes

from .authentication import Recheck
from .gathering import stir
from .hub import HUB
from .models import TopicVersion
from .presence import REFRESH
from .protocol import GoingAway, Heartbeat
from .threads import read_in_thread

if TYPE_CHECKING:
    from .socket import Socket

SOCKETS: "set[Socket]" = set()
HEARTBEAT_SECONDS: float = settings.HEARTBEAT_SECONDS
IDLE_SECONDS: float = settings.IDLE_SECONDS
RECHECK_SECONDS = 4.0  # who may not stay is out within 5 s, the look at all sockets included
WAKE_SECONDS = 0.25
OWN_EVENTS_FIRST = 0.1  # our own commits move data_version too; their events are on the way already
RETRY_SECONDS = 2.0
ALIVE = Heartbeat(seqs={}).model_dump_json()


async def heartbeats() -> None:
    """Every few seconds the newest numbers, so that a lost wake-up delays an event and never loses it."""
    while True:
        await asyncio.sleep(HEARTBEAT_SECONDS)
        with attempt("heartbeats"):
            now = monotonic()
            await each(
                [s for s in SOCKETS if now - s.heard > IDLE_SECONDS], lambda socket: socket.close(close_codes.IDLE)
            )
            await _pulse()


async def _pulse() -> None:
    try:
        await HUB.pulse(await read_in_thread(TopicVersion.current, list(HUB.members)), only_news=False)
    except (OperationalError, InterfaceError):
        # The line lives, and is kept: a page that hears nothing takes it for dead.
        await each(SOCKETS, lambda socket: socket.send_text(ALIVE))
        raise


async def revocations(recheck: Recheck) -> None:
    """Every 4 s, in one query: signed-out, deactivated and changed people of the open sockets."""
    while True:
        await asyncio.sleep(RECHECK_SECONDS)
        with attempt("revocations"):
            sockets = list(SOCKETS)
            verdicts = await read_in_thread(recheck, [s.identity for s in sockets])
            judged = list(zip(sockets, verdicts, strict=True))
            await each(
                [s for s, verdict in judged if verdict == "gone"], lambda socket: socket.close(close_codes.SIGN_IN)
            )
            await each([s for s, verdict in judged if verdict == "changed"], lambda socket: socket.recheck())


async def presences() -> None:
    """Refreshes who is here, and tells of those whose time ran out because their process died."""
    known: dict[str, set[int]] = {}
    while True:
        await asyncio.sleep(REFRESH)
        with attempt("presences"):
            await each(SOCKETS, lambda socket: socket.refresh_presence())
            topics = {t.name: t for socket in SOCKETS for t in socket.topics.values() if t.has_presence}
            here = {name: await HUB.presence.here(name) for name in topics}
            for name, topic in topics.items():
                if known.get(name, set()) - here[name]:
                    stir(topic)
            known = here


async def each(sockets: "Iterable[Socket]", act: "Callable[[Socket], Awaitable[None]]") -> None:
    """What fails for one socket is done for all the others."""
    for socket in list(sockets):
        # One socket alone says nothing of the process.
        with attempt("sockets", is_vital=False):
            await act(socket)


async def other_commits() -> None:
    """Embedded only: a command in a second terminal has committed; SQLite's data_version tells in microseconds."""
    # A connection of its own: data_version counts what *others* committed since this connection last looked.
    database = sqlite3.connect(settings.DATABASES["default"]["NAME"])
    try:
        last = _data_version(database)
        while True:
            await asyncio.sleep(WAKE_SECONDS)
            with attempt("other_commits"):
                version = _data_version(database)
                if version != last and HUB.members:
                    await asyncio.sleep(OWN_EVENTS_FIRST)
                    await HUB.pulse(await read_in_thread(TopicVersion.current, list(HUB.members)), only_news=True)
                last = version
    finally:
        database.close()


def _data_version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA data_version").fetchone()[0])


async def going_away() -> None:
    """Before the process stops: every page is told to come back, and when."""
    farewell = GoingAway(retry_after=RETRY_SECONDS).model_dump_json()

    async def part(socket: "Socket") -> None:
        await socket.send_text(farewell)
        await socket.close(close_codes.GOING_AWAY)

    await each(SOCKETS, part)


def start_background_tasks(recheck: Recheck) -> list["asyncio.Task[None]"]:
    """Starts them in the running loop; each is started again a second after it fails."""
    loops: dict[str, Callable[[], Awaitable[None]]] = {
        "heartbeats": heartbeats,
        "revocations": partial(revocations, recheck),
        "presences": presences,
    }
    if settings.EMBEDDED:
        loops["other_commits"] = other_commits
    return [asyncio.create_task(keep_running(name, loop)) for name, loop in loops.items()]
