"""One server for a file of tests, and a running meeting of its own for each of them."""

from collections.abc import Iterator

import pytest

from tests.e2e.callers import Callers
from tests.e2e.people import People
from tests.running_meetings import RunningMeeting, make_running_meetings
from tests.servers.serve import Server, Servers

AS_MANY = 20


@pytest.fixture(scope="module")
def room_server(serve_module: Servers) -> Server:
    return serve_module("--no-tasks")


@pytest.fixture(scope="module")
def running_meetings(room_server: Server) -> Iterator[RunningMeeting]:
    return iter(make_running_meetings(room_server, *[3] * AS_MANY))


@pytest.fixture
def callers(people: People, room_server: Server, running_meetings: Iterator[RunningMeeting]) -> Callers:
    return Callers(people, room_server, next(running_meetings))
