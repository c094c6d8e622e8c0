"""Fixtures for tests of a call: one server for a file, and a running meeting for each test."""

from collections.abc import Iterator

import pytest

from tests.e2e.browser_windows import People
from tests.e2e.callers import Callers
from tests.running_meetings import RunningMeeting, make_running_meetings
from tests.servers.serve import Server, Servers

NUMBER_OF_MEETINGS = 20


@pytest.fixture(scope="module")
def call_server(serve_module: Servers) -> Server:
    return serve_module("--no-tasks")


@pytest.fixture(scope="module")
def running_meetings(call_server: Server) -> Iterator[RunningMeeting]:
    return iter(make_running_meetings(call_server, *[3] * NUMBER_OF_MEETINGS))


@pytest.fixture
def callers(people: People, call_server: Server, running_meetings: Iterator[RunningMeeting]) -> Callers:
    return Callers(people, call_server, next(running_meetings))
