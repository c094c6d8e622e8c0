"""One server for a file of tests, and a running meeting of its own for each of them."""

from collections.abc import Iterator

import pytest

from tests.e2e.callers import Callers
from tests.e2e.people import People
from tests.rooms import RunningMeeting, lay_meetings
from tests.servers.serve import Server, Servers

AS_MANY = 20


@pytest.fixture(scope="module")
def room_server(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    assert pytestconfig.cache is not None
    servers = Servers(pytestconfig.cache.mkdir("prepared"), tmp_path_factory.mktemp("rooms"))
    yield servers("--no-tasks")
    servers.stop()


@pytest.fixture(scope="module")
def running_meetings(room_server: Server) -> Iterator[RunningMeeting]:
    return iter(lay_meetings(room_server, *[3] * AS_MANY))


@pytest.fixture
def callers(people: People, room_server: Server, running_meetings: Iterator[RunningMeeting]) -> Callers:
    return Callers(people, room_server, next(running_meetings))
