"""A call between two computers that reach each other directly, through a TURN server, or not at all.

Timeouts are generous, for the machine may be busy; states are compared, not durations.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.e2e.network_namespaces import TURN_ADDRESS, DirectLink, turn_network
from tests.e2e.separate_computers import (
    HAS_FAILED,
    TIMEOUT,
    Both,
    browsers_on_both,
    enter,
    link,
    meetings,
    wait_until_connected,
)
from tests.running_meetings import RunningMeeting
from tests.servers.serve import Server, Servers
from tests.servers.turn_server import SECRET, TurnServer, turn_server_at, turn_urls

__all__ = ["link", "meetings"]
pytestmark = pytest.mark.proof

# The candidate types of the selected pair: local, remote.
CANDIDATE_TYPES = """async () => {
  const [pair] = document.querySelector("fair-call").call.peers.pairs.values();
  const stats = await pair.pc.getStats();
  const transport = [...stats.values()].find((report) => report.type === "transport");
  const path = stats.get(transport.selectedCandidatePairId);
  return [path.localCandidateId, path.remoteCandidateId].map((id) => stats.get(id).candidateType);
}"""


@pytest.fixture(scope="module")
def server(serve_module: Servers) -> Server:
    return serve_module("--no-tasks", TURN_URLS=turn_urls(TURN_ADDRESS), TURN_SECRET=SECRET)


@pytest.fixture
def relay(link: DirectLink) -> Iterator[TurnServer]:
    """A TURN server that is not started yet."""
    with turn_network(link) as name, turn_server_at(TURN_ADDRESS, within=("ip", "netns", "exec", name)) as server:
        yield server


@pytest.fixture
def both(
    browser: Browser, relay: TurnServer, link: DirectLink, server: Server, meetings: Iterator[RunningMeeting]
) -> Iterator[Both]:
    with browsers_on_both(browser, link, server, next(meetings)) as callers:
        yield callers


def is_relayed(both: Both) -> bool:
    """One of them may know the relay only as the source address of packets ("prflx")."""
    return any("relay" in caller.page.evaluate(CANDIDATE_TYPES) for caller in both)


def test_the_relay_carries_a_call_without_a_direct_path(both: Both, link: DirectLink, relay: TurnServer) -> None:
    relay.start()
    link.drop_packets()
    enter(both)
    wait_until_connected(both)
    assert is_relayed(both)


def test_a_relay_that_starts_later_is_used(both: Both, link: DirectLink, relay: TurnServer) -> None:
    link.drop_packets()
    enter(both)
    both[1].page.wait_for_function(HAS_FAILED, timeout=TIMEOUT * 1000)
    relay.start()
    wait_until_connected(both)
    assert is_relayed(both)


def test_a_call_that_loses_its_direct_path_moves_to_the_relay(both: Both, link: DirectLink, relay: TurnServer) -> None:
    relay.start()
    enter(both)
    wait_until_connected(both)
    assert not is_relayed(both)
    before = [caller.pair_ids() for caller in both]
    link.drop_packets()
    for caller in both:
        caller.is_in_state("reconnecting")
    wait_until_connected(both)
    assert is_relayed(both)
    assert [caller.pair_ids() for caller in both] == before
