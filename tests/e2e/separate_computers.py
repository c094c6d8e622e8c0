"""Exhibitor and buyer of a meeting, each with a browser on a computer of their own (`network_namespaces.py`).

A test file that imports the fixtures `link` and `meetings` has a fixture `server` of its own, for the whole file.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.browser_windows import People
from tests.e2e.callers import Caller, Callers
from tests.e2e.conftest import BROWSERS, FLAGS
from tests.e2e.network_namespaces import DirectLink, two_computers
from tests.running_meetings import RunningMeeting, make_running_meetings
from tests.servers.serve import Server

Both = tuple[Caller, Caller]
TIMEOUT = 90.0  # seconds
MOST_TESTS = 6  # in one file: each has a meeting of its own
# Both the direct paths and the relay have been tried and have failed.
HAS_FAILED = """() => {
  const { attempts } = document.querySelector("fair-call").call.peers;
  return [...attempts.failures.values()].some((count) => count >= 2);
}"""


@pytest.fixture(scope="module")
def meetings(server: Server) -> Iterator[RunningMeeting]:
    """Meetings in progress, one for each test."""
    return iter(make_running_meetings(server, *[3] * MOST_TESTS))


@pytest.fixture
def link(server: Server, tmp_path: Path) -> Iterator[DirectLink]:
    """Two computers, from which the server is reached."""
    browser = next(filter(None, map(shutil.which, BROWSERS)))
    with two_computers(server.port, tmp_path, browser) as direct_link:
        yield direct_link


@contextmanager
def browsers_on_both(browser: Browser, link: DirectLink, server: Server, meeting: RunningMeeting) -> Iterator[Both]:
    """Exhibitor and buyer in the meeting's lobby."""
    browsers = [
        browser.browser_type.launch(executable_path=end.program, args=FLAGS, headless=True) for end in link.ends
    ]
    names = ("exhibitor", "buyer")
    exhibitor, buyer = (Callers(People(own), server, meeting)(name) for own, name in zip(browsers, names, strict=True))
    yield exhibitor, buyer
    for own in browsers:
        own.close()


def enter(both: Both) -> None:
    for caller in both:
        caller.enters()


def wait_until_connected(both: Both) -> None:
    """Waits until each is connected and receives pictures."""
    for caller in both:
        caller.is_in_state("connected", seconds=TIMEOUT)
        caller.receives("frames", seconds=TIMEOUT)
