"""Chromium and Firefox in one call: what one of them offers, the other has to understand."""

from collections.abc import Iterator
from itertools import permutations
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.callers import Callers
from tests.e2e.people import People, Person
from tests.e2e.rooms import callers, room_server, running_meetings
from tests.e2e.test_call import SEEN

pytestmark = pytest.mark.proof
__all__ = ["callers", "room_server", "running_meetings"]

# What the page says of its line to the room.
MEASURED = """async () => {
  const { line, peers } = document.querySelector("fair-call");
  const digest = await line.quality.digest([...peers.pairs.values()]);
  return digest?.kbit_in > 0 && digest?.kbit_out > 0;
}"""


class EachTheirOwn(People):
    """Everybody has the browser that they like."""

    def __init__(self, **browsers: Browser) -> None:
        self.browsers = browsers
        self.present = []

    def __call__(self, name: str, url: str, **window: Any) -> Person:
        self.browser = self.browsers[name]
        return super().__call__(name, url, **window)


@pytest.fixture(params=list(permutations(("chromium", "firefox"))), ids="-".join)
def people(request: pytest.FixtureRequest, browser: Browser) -> Iterator[People]:
    """The exhibitor in one of the two, who comes in first, and the buyer in the other."""
    exhibitor, buyer = map(request.getfixturevalue, request.param)
    present = EachTheirOwn(exhibitor=exhibitor, buyer=buyer)
    yield present
    present.leave()


def test_two_engines_see_and_hear_each_other_and_one_comes_back(callers: Callers) -> None:
    both = callers.both()
    for caller in both:
        caller.receives("frames")
        caller.receives("energy")
        expect(caller.page.locator(SEEN)).to_have_count(1)
        caller.page.wait_for_function(MEASURED)
    both[1].page.reload()
    for caller in both:
        caller.is_in_state("connected")
        caller.receives("frames")
        caller.receives("energy")
        expect(caller.page.locator(SEEN)).to_have_count(1)
