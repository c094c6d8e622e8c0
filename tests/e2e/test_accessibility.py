"""Every kind of page: axe-core finds no violation, and the page reflows at 320 pixels and with text at 200 %."""

from functools import partial

from tests.e2e.accessibility import DemoPages, beyond, demo_pages, problems
from tests.e2e.axe import violations
from tests.e2e.browser_windows import NARROW, People
from tests.servers.serve import Server

__all__ = ["demo_pages"]


def test_every_kind_of_page_is_accessible(demo_server: Server, people: People, demo_pages: DemoPages) -> None:
    person = people("reader", demo_server.url)
    assert problems(person, "en", demo_pages, violations, beyond) == {}


def test_no_page_is_wider_than_a_phone_in_urdu(demo_server: Server, people: People, demo_pages: DemoPages) -> None:
    person = people("reader", demo_server.url, language="ur", size=NARROW)
    assert problems(person, "ur", demo_pages, partial(beyond, sizes=[(NARROW, "100%"), (NARROW, "200%")])) == {}
