"""The background tasks of a process for its open sockets: heartbeats, revocation, presence, commits of others."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from time import monotonic

from django.conf import settings
from django.db import InterfaceError, OperationalError

from fairplatform.observability.duties import attempt, keep_running
from fairplatform.server import close_codes

from .authentication import Recheck
from .hub import HUB
from .models import TopicVersion
from .presence import REFRESH
from .presence_events import publish_presence_soon
from .protocol import GoingAway, Heartbeat
from .registry import OPEN_SOCKETS, OpenSocket
from .threads import read_in_thread

HEARTBEAT_SECONDS: float = settings.HEARTBEAT_SECONDS
IDLE_SECONDS: float = settings.IDLE_SECONDS
RECHECK_SECONDS = 4.0  # a revoked socket is closed within 5 s, including the recheck of all sockets itself
WAKE_SECONDS = 0.25
OWN_EVENTS_FIRST = 0.1  # data_version changes with our own commits too: their events are delivered meanwhile
RETRY_SECONDS = 2.0
ALIVE = Heartbeat(seqs={}).model_dump_json()


async def heartbeats() -> None:
    """Sends every socket the newest numbers of its topics: a client that missed an event notices and reads it."""
    while True:
        await asyncio.sleep(HEARTBEAT_SECONDS)
        with attempt("heartbeats"):
            now = monotonic()
            await each(
                [s for s in OPEN_SOCKETS if now - s.last_received > IDLE_SECONDS],
                lambda socket: socket.close(close_codes.IDLE),
            )
            await _send_heartbeat()


async def _send_heartbeat() -> None:
    try:
        await HUB.send_heartbeat(await read_in_thread(TopicVersion.current, list(HUB.members)), only_news=False)
    except (OperationalError, InterfaceError):
        # The connections work: a page that received nothing would take its own for dead.
        await each(OPEN_SOCKETS, lambda socket: socket.send_text(ALIVE))
        raise


async def revocations(recheck: Recheck) -> None:
    """Closes sockets of people who signed out or were deactivated; rechecks the topics of those whose roles changed."""
    while True:
        await asyncio.sleep(RECHECK_SECONDS)
        with attempt("revocations"):
            sockets = list(OPEN_SOCKETS)
            verdicts = await read_in_thread(recheck, [s.identity for s in sockets])
            results = list(zip(sockets, verdicts, strict=True))
            await each(
                [s for s, verdict in results if verdict == "gone"], lambda socket: socket.close(close_codes.SIGN_IN)
            )
            await each([s for s, verdict in results if verdict == "changed"], lambda socket: socket.recheck())


async def presences() -> None:
    """Renews the presence of this process's people, and publishes whose presence expired with their process."""
    known: dict[str, set[int]] = {}
    while True:
        await asyncio.sleep(REFRESH)
        with attempt("presences"):
            await each(OPEN_SOCKETS, lambda socket: socket.refresh_presence())
            topics = {t.name: t for socket in OPEN_SOCKETS for t in socket.topics.values() if t.has_presence}
            here = await HUB.presence.here_all(list(topics))
            for name, topic in topics.items():
                if known.get(name, set()) - here.get(name, set()):
                    publish_presence_soon(topic)
            known = here


async def each(sockets: Iterable[OpenSocket], act: Callable[[OpenSocket], Awaitable[None]]) -> None:
    """Acts on each socket; a failure for one does not keep it from the others."""
    for socket in list(sockets):
        # A failure for one socket says nothing about the process.
        with attempt("sockets", is_vital=False):
            await act(socket)


async def other_commits() -> None:
    """Embedded only: notices what a command in another terminal has committed, by SQLite's data_version."""
    # On a connection that writes nothing: data_version counts the commits of other connections.
    database = sqlite3.connect(settings.DATABASES["default"]["NAME"])
    try:
        last = _data_version(database)
        while True:
            await asyncio.sleep(WAKE_SECONDS)
            with attempt("other_commits"):
                version = _data_version(database)
                if version != last and HUB.members:
                    await asyncio.sleep(OWN_EVENTS_FIRST)
                    await HUB.send_heartbeat(
                        await read_in_thread(TopicVersion.current, list(HUB.members)), only_news=True
                    )
                last = version
    finally:
        database.close()


def _data_version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA data_version").fetchone()[0])


async def going_away() -> None:
    """Before the process stops: tells every page when to connect again, and closes its socket."""
    message = GoingAway(retry_after=RETRY_SECONDS).model_dump_json()

    async def send_away(socket: OpenSocket) -> None:
        await socket.send_text(message)
        await socket.close(close_codes.GOING_AWAY)

    await each(OPEN_SOCKETS, send_away)


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
