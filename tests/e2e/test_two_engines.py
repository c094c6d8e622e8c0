"""A call between Chromium and Firefox, in both directions of the offer."""

from collections.abc import Iterator
from itertools import permutations
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.browser_windows import People, Person
from tests.e2e.call_fixtures import call_server, callers, running_meetings
from tests.e2e.callers import Callers
from tests.e2e.test_call import SEEN

pytestmark = pytest.mark.proof
__all__ = ["call_server", "callers", "running_meetings"]

# The quality the page reports of its connection.
MEASURED = """async () => {
  const { quality, peers } = document.querySelector("fair-call").call;
  const digest = await quality.quality.digest([...peers.pairs.values()]);
  return digest?.kbit_in > 0 && digest?.kbit_out > 0;
}"""


class EachTheirOwn(People):
    """People of whom each has a browser of a given engine."""

    def __init__(self, **browsers: Browser) -> None:
        self.browsers = browsers
        self.present = []

    def __call__(self, name: str, url: str, **window: Any) -> Person:
        self.browser = self.browsers[name]
        return super().__call__(name, url, **window)


@pytest.fixture(params=list(permutations(("chromium", "firefox"))), ids="-".join)
def people(request: pytest.FixtureRequest, browser: Browser) -> Iterator[People]:
    """The exhibitor, who enters first, in one engine, and the buyer in the other."""
    exhibitor, buyer = map(request.getfixturevalue, request.param)
    present = EachTheirOwn(exhibitor=exhibitor, buyer=buyer)
    yield present
    present.close()


def test_two_engines_see_and_hear_each_other_and_one_reloads(callers: Callers) -> None:
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
