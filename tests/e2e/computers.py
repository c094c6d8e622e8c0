"""Exhibitor and buyer of a meeting, each with a browser at a computer of their own (`apart.py`)."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser

from tests.e2e.apart import Wire
from tests.e2e.callers import Caller, Callers
from tests.e2e.conftest import FLAGS
from tests.e2e.people import People
from tests.running_meetings import RunningMeeting
from tests.servers.serve import Server

Both = tuple[Caller, Caller]
LONG = 90.0  # seconds


@contextmanager
def at_computers(browser: Browser, wire: Wire, server: Server, running: RunningMeeting) -> Iterator[Both]:
    """Before the lobby."""
    windows = [browser.browser_type.launch(executable_path=end.program, args=FLAGS, headless=True) for end in wire.ends]
    names = ("exhibitor", "buyer")
    one, other = (Callers(People(window), server, running)(name) for window, name in zip(windows, names, strict=True))
    yield one, other
    for window in windows:
        window.close()


def enter(both: Both) -> None:
    for caller in both:
        caller.enters()


def are_together(both: Both) -> None:
    for caller in both:
        caller.is_in_state("connected", seconds=LONG)
        caller.receives("frames", seconds=LONG)


def lines(both: Both) -> list[object]:
    return [caller.evaluates("[...call.peers.pairs.values()].map((pair) => pair.id)") for caller in both]
