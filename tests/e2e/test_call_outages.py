"""A call between two computers, one of which loses its network or a part of it: the call recovers.

Timeouts are generous, for the machine may be busy; states and numbers are compared, not durations.
"""

from collections.abc import Iterator
from time import monotonic

import pytest
from playwright.sync_api import Browser

from tests.e2e.network_namespaces import DirectLink
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
from tests.servers.programs import free_port
from tests.servers.serve import Server, Servers

__all__ = ["link", "meetings"]
pytestmark = pytest.mark.proof

# Seconds: twice the longest of these times, that of an attempt to connect (CONNECTED_WITHIN of pair.js).
GIVEN_UP_AFTER = 40.0
# The state of the peer connection when the page reports that it receives nothing.
STATE_WHEN_NOTICED = """() => {
  const element = document.querySelector("fair-call");
  return element.dataset.state === "reconnecting" && [...element.call.peers.pairs.values()][0].state;
}"""


@pytest.fixture(scope="module")
def server(serve_module: Servers) -> Server:
    """With the address of a relay at which nothing listens."""
    return serve_module("--no-tasks", TURN_URLS=f"turn:127.0.0.1:{free_port()}", TURN_SECRET="nobody knows it")


@pytest.fixture
def both(browser: Browser, link: DirectLink, server: Server, meetings: Iterator[RunningMeeting]) -> Iterator[Both]:
    with browsers_on_both(browser, link, server, next(meetings)) as callers:
        yield callers


@pytest.mark.parametrize("offline", [0, 1])
def test_a_call_recovers_after_half_a_minute_without_any_network(both: Both, link: DirectLink, offline: int) -> None:
    enter(both)
    wait_until_connected(both)
    link.drop_packets()
    link.ends[offline].server_proxy.swallow_all()
    for caller in both:
        caller.is_in_state("reconnecting")
    both[0].page.wait_for_timeout(35_000)
    link.restore()
    link.ends[offline].server_proxy.restore()
    wait_until_connected(both)


def test_a_call_without_path_or_relay_connects_when_a_path_appears(both: Both, link: DirectLink) -> None:
    link.drop_packets()
    enter(both)
    both[1].page.wait_for_function(HAS_FAILED, timeout=TIMEOUT * 1000)
    link.restore()
    wait_until_connected(both)


def test_a_call_goes_on_without_its_socket(both: Both, link: DirectLink) -> None:
    """For longer than any of the times after which a page gives up a connection or somebody who does not return."""
    enter(both)
    wait_until_connected(both)
    before = [caller.pair_ids() for caller in both]
    link.ends[1].server_proxy.refuse()
    both[0].page.wait_for_function("() => document.querySelector('fair-call').call.room.others.length === 0")
    lost = monotonic()
    while monotonic() - lost < GIVEN_UP_AFTER:
        for caller in both:
            caller.receives("frames")
            caller.is_in_state("connected")
    link.ends[1].server_proxy.restore()
    both[0].page.wait_for_function("() => document.querySelector('fair-call').call.room.others.length === 1")
    wait_until_connected(both)
    assert [caller.pair_ids() for caller in both] == before


def test_a_picture_that_stops_is_noticed_and_comes_back(both: Both, link: DirectLink) -> None:
    enter(both)
    wait_until_connected(both)
    with link.losing(0.1):
        for _ in range(5):
            for caller in both:
                caller.receives("frames")
    link.drop_packets()
    assert both[0].page.wait_for_function(STATE_WHEN_NOTICED).json_value() == "connected"
    both[1].is_in_state("reconnecting")
    link.restore()
    wait_until_connected(both)
