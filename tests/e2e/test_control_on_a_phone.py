"""The control room on a phone: its button covers nothing, and it shows when it has no connection."""

import pytest
from playwright.sync_api import WebSocketRoute, expect

from tests.e2e.browser_windows import NARROW
from tests.e2e.call_fixtures import call_server, callers, running_meetings
from tests.e2e.callers import Callers

pytestmark = pytest.mark.engines

__all__ = ["call_server", "callers", "running_meetings"]

LAST_LINK = """() => {
  scrollTo(0, document.body.scrollHeight);
  const link = [...document.querySelectorAll("footer a")].at(-1);
  const { left, right, top, bottom } = link.getBoundingClientRect();
  return link.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
}"""


def silent(ws: WebSocketRoute) -> None:
    """A socket that opens and never receives anything."""


def test_the_control_room_shows_that_it_is_offline_and_covers_nothing(callers: Callers) -> None:
    organiser = callers.invites("organiser", size=NARROW)
    page = organiser.page
    page.clock.install()
    page.route_web_socket("**/ws/", silent)
    organiser.goes(f"/fairs/{callers.running.fair}/control/")
    running, wrong = page.locator("[data-running]"), page.locator("[data-wrong]")
    known = running.inner_text()
    page.clock.run_for(3000)
    expect(wrong).to_have_text("Loading meetings")
    assert [running.inner_text(), page.locator("[data-needing]").inner_text()] == [known, "–"]
    page.unroute_all()
    page.route_web_socket("**/ws/", lambda ws: ws.connect_to_server() and None)
    page.reload()
    page.locator(".neediest [data-enter]").wait_for()
    assert page.evaluate(LAST_LINK)
    # What was shown stays, and the page says that the connection is lost.
    told, away = wrong.inner_text(), page.locator("[data-away]")
    expect(away).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('offline'))")
    page.clock.fast_forward(3_600_000)
    expect(away).to_contain_text("Platform connection lost. Showing the status at")
    assert wrong.inner_text() == told
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(away).to_be_hidden()
