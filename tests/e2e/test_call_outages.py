"""A call between two computers of which one loses its network, or a part of it: both come together again.

How long something may take is said as generously as the whole machine needs; what is compared are states and numbers.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.apart import Wire, two_computers
from tests.e2e.computers import LONG, Both, are_together, at_computers, enter, lines
from tests.e2e.conftest import BROWSERS
from tests.running_meetings import RunningMeeting, make_running_meetings
from tests.servers.programs import free_port
from tests.servers.serve import Server, Servers

pytestmark = pytest.mark.proof

AS_MANY = 6
# Direct paths and the relay have both been tried in vain.
FAILED = """() => {
  const { attempts } = document.querySelector("fair-call").peers;
  return [...attempts.failures.values()].some((count) => count >= 2);
}"""
# What the browser itself says of the line at the moment when the page says that nothing comes.
NOTICED = """() => {
  const call = document.querySelector("fair-call");
  return call.dataset.state === "reconnecting" && [...call.peers.pairs.values()][0].state;
}"""


@pytest.fixture(scope="module")
def server(serve_module: Servers) -> Server:
    """With a relay that is away: nothing listens there."""
    return serve_module("--no-tasks", TURN_URLS=f"turn:127.0.0.1:{free_port()}", TURN_SECRET="nobody knows it")


@pytest.fixture(scope="module")
def meetings(server: Server) -> Iterator[RunningMeeting]:
    return iter(make_running_meetings(server, *[3] * AS_MANY))


@pytest.fixture
def wire(server: Server, tmp_path: Path) -> Iterator[Wire]:
    browser = next(filter(None, map(shutil.which, BROWSERS)))
    with two_computers(server.port, tmp_path, browser) as between:
        yield between


@pytest.fixture
def both(browser: Browser, wire: Wire, server: Server, meetings: Iterator[RunningMeeting]) -> Iterator[Both]:
    with at_computers(browser, wire, server, next(meetings)) as callers:
        yield callers


@pytest.mark.parametrize("away", [0, 1])
def test_half_a_minute_without_any_network(both: Both, wire: Wire, away: int) -> None:
    enter(both)
    are_together(both)
    wire.goes_dark()
    wire.ends[away].proxy.swallow_all()
    for caller in both:
        caller.is_in_state("reconnecting")
    both[0].page.wait_for_timeout(35_000)
    wire.heals()
    wire.ends[away].proxy.restore()
    are_together(both)


def test_neither_path_nor_relay_and_then_a_path(both: Both, wire: Wire) -> None:
    wire.goes_dark()
    enter(both)
    both[1].page.wait_for_function(FAILED, timeout=LONG * 1000)
    wire.heals()
    are_together(both)


def test_without_its_socket_a_call_goes_on(both: Both, wire: Wire) -> None:
    enter(both)
    are_together(both)
    before = lines(both)
    wire.ends[1].proxy.refuse()
    both[0].page.wait_for_function("() => document.querySelector('fair-call').room.others.length === 0")
    for _ in range(20):
        for caller in both:
            caller.receives("frames")
            caller.is_in_state("connected")
        both[0].page.wait_for_timeout(2000)
    wire.ends[1].proxy.restore()
    both[0].page.wait_for_function("() => document.querySelector('fair-call').room.others.length === 1")
    are_together(both)
    assert lines(both) == before


def test_a_picture_that_stops_says_so_and_comes_back(both: Both, wire: Wire) -> None:
    enter(both)
    are_together(both)
    with wire.losing(0.1):
        for _ in range(5):
            for caller in both:
                caller.receives("frames")
    wire.goes_dark()
    assert both[0].page.wait_for_function(NOTICED).json_value() == "connected"
    both[0].page.wait_for_timeout(3000)
    wire.heals()
    are_together(both)
