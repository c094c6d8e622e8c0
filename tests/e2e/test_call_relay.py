"""A call between two computers that reach each other by a wire, by a real relay, or by neither.

How long something may take is said as generously as the whole machine needs; what is compared are states.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.apart import RELAY, Wire, place_for_a_relay, two_computers
from tests.e2e.computers import LONG, Both, are_together, at_computers, enter, lines
from tests.e2e.conftest import BROWSERS
from tests.running_meetings import RunningMeeting, make_running_meetings
from tests.servers.serve import Server, Servers
from tests.servers.turn_server import SECRET, TurnServer, turn_server_at, turn_urls

pytestmark = pytest.mark.proof

AS_MANY = 3
# The kinds of the two ends of the path that media takes now.
PATH = """async () => {
  const [pair] = document.querySelector("fair-call").peers.pairs.values();
  const stats = await pair.line.getStats();
  const transport = [...stats.values()].find((report) => report.type === "transport");
  const path = stats.get(transport.selectedCandidatePairId);
  return [path.localCandidateId, path.remoteCandidateId].map((id) => stats.get(id).candidateType);
}"""
FAILED = """() => {
  const { attempts } = document.querySelector("fair-call").peers;
  return [...attempts.failures.values()].some((count) => count >= 2);
}"""


@pytest.fixture(scope="module")
def server(serve_module: Servers) -> Server:
    return serve_module("--no-tasks", TURN_URLS=turn_urls(RELAY), TURN_SECRET=SECRET)


@pytest.fixture(scope="module")
def meetings(server: Server) -> Iterator[RunningMeeting]:
    return iter(make_running_meetings(server, *[3] * AS_MANY))


@pytest.fixture
def wire(server: Server, tmp_path: Path) -> Iterator[Wire]:
    browser = next(filter(None, map(shutil.which, BROWSERS)))
    with two_computers(server.port, tmp_path, browser) as between:
        yield between


@pytest.fixture
def relay(wire: Wire) -> Iterator[TurnServer]:
    """Not started yet."""
    with place_for_a_relay(wire) as space, turn_server_at(RELAY, within=("ip", "netns", "exec", space)) as server:
        yield server


@pytest.fixture
def both(
    browser: Browser, relay: TurnServer, wire: Wire, server: Server, meetings: Iterator[RunningMeeting]
) -> Iterator[Both]:
    with at_computers(browser, wire, server, next(meetings)) as callers:
        yield callers


def is_relayed(both: Both) -> bool:
    """One of them may know the relay only as an address that packets come from ("prflx")."""
    return any("relay" in caller.page.evaluate(PATH) for caller in both)


def test_where_no_direct_path_is_the_relay_carries_the_call(both: Both, wire: Wire, relay: TurnServer) -> None:
    relay.start()
    wire.goes_dark()
    enter(both)
    are_together(both)
    assert is_relayed(both)


def test_a_relay_that_comes_later_is_found(both: Both, wire: Wire, relay: TurnServer) -> None:
    wire.goes_dark()
    enter(both)
    both[1].page.wait_for_function(FAILED, timeout=LONG * 1000)
    relay.start()
    are_together(both)
    assert is_relayed(both)


def test_a_call_whose_wire_goes_dark_moves_to_the_relay(both: Both, wire: Wire, relay: TurnServer) -> None:
    relay.start()
    enter(both)
    are_together(both)
    assert not is_relayed(both)
    before = lines(both)
    wire.goes_dark()
    for caller in both:
        caller.is_in_state("reconnecting")
    are_together(both)
    assert is_relayed(both)
    assert lines(both) == before
