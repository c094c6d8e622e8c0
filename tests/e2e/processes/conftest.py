"""A deployment with two web processes behind nginx: the exhibitor is on one of them, the buyer on the other."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.e2e.browser_windows import People, Person
from tests.e2e.callers import Callers
from tests.running_meetings import RunningMeeting, make_running_meetings
from tests.servers.full_stack import FullStack, stack
from tests.servers.nginx import hash_key_for
from tests.servers.serve import Server

__all__ = ["stack"]

NUMBER_OF_MEETINGS = 4
SIDES = {"exhibitor": 0, "buyer": 1}


class PeopleApart(People):
    """People whose browsers ask nginx, by a cookie, for a certain process as long as it runs."""

    def __call__(self, name: str, url: str, **window: Any) -> Person:
        person = super().__call__(name, url, **window)
        side = hash_key_for(SIDES.get(name, 0), of=2)
        person.context.add_cookies([{"name": "side", "value": side, "url": url}])
        return person


@pytest.fixture
def people(browser: Browser, stack: FullStack) -> Iterator[People]:
    present = PeopleApart(browser)
    yield present
    present.close()
    stack.restore()


@pytest.fixture
def fair(stack: FullStack) -> Server:
    return stack.front


@pytest.fixture(scope="session")
def running_meetings(stack: FullStack) -> Iterator[RunningMeeting]:
    return iter(make_running_meetings(stack.front, *[3] * NUMBER_OF_MEETINGS))


@pytest.fixture
def callers(people: People, stack: FullStack, running_meetings: Iterator[RunningMeeting]) -> Callers:
    return Callers(people, stack.front, next(running_meetings))
