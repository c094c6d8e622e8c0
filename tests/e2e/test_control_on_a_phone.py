"""The control room on a phone: its act stands over nothing, and without news it says nothing of calm."""

import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.e2e.callers import Callers
from tests.e2e.people import NARROW
from tests.e2e.rooms import callers, room_server, running_meetings

pytestmark = pytest.mark.engines

__all__ = ["callers", "room_server", "running_meetings"]

LAST_LINK = """() => {
  scrollTo(0, document.body.scrollHeight);
  const link = [...document.querySelectorAll("footer a")].at(-1);
  const { left, right, top, bottom } = link.getBoundingClientRect();
  return link.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
}"""


def silent(line: WebSocketRoute) -> None:
    """A line that is opened, and on which nothing ever comes."""


def test_the_control_room_says_what_it_knows_and_covers_nothing(callers: Callers) -> None:
    organiser = callers.invites("organiser", size=NARROW)
    page = organiser.page
    page.clock.install()
    page.route_web_socket("**/ws/", silent)
    organiser.goes(f"/fairs/{callers.running.fair}/control/")
    running, wrong = page.locator("[data-running]"), page.locator("[data-wrong]")
    known = running.inner_text()
    page.clock.run_for(3000)
    expect(wrong).to_have_text("Waiting for the meetings")
    assert [running.inner_text(), page.locator("[data-needing]").inner_text()] == [known, "–"]
    page.unroute_all()
    page.route_web_socket("**/ws/", lambda line: line.connect_to_server() and None)
    page.reload()
    page.locator(".neediest [data-enter]").wait_for()
    assert page.evaluate(LAST_LINK)
    # What stood when the connection went stands on, and it is said that nothing comes.
    told, away = wrong.inner_text(), page.locator("[data-away]")
    expect(away).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('offline'))")
    page.clock.fast_forward(3_600_000)
    expect(away).to_contain_text("No connection to the fair; this is how it stood at")
    assert wrong.inner_text() == told
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(away).to_be_hidden()
