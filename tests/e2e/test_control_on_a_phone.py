"""The control room on a phone: its act stands under the thumb, and over nothing that somebody reads."""

from tests.e2e.callers import Callers
from tests.e2e.people import NARROW
from tests.e2e.rooms import callers, room_server, running_meetings

__all__ = ["callers", "room_server", "running_meetings"]

LAST_LINK = """() => {
  scrollTo(0, document.body.scrollHeight);
  const link = [...document.querySelectorAll("footer a")].at(-1);
  const { left, right, top, bottom } = link.getBoundingClientRect();
  return link.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
}"""


def test_the_acts_cover_nothing_at_the_foot_of_the_page(callers: Callers) -> None:
    page = callers.invites("organiser", size=NARROW).goes(f"/fairs/{callers.running.fair}/control/")
    page.locator(".neediest [data-enter]").wait_for()
    assert page.evaluate(LAST_LINK)
