"""The header of somebody who has every role in a fair: all its entries are in reach, at any width of the window."""

import pytest
from playwright.sync_api import ViewportSize

from tests.e2e.accessibility import Sizes, beyond
from tests.e2e.browser_windows import People
from tests.servers.serve import Server

_MAKE = """
from tests.factories import make_buyer, make_exhibitor, make_fair, make_role, make_staff
from tests.realtime.client import session_of
fair = make_fair()
people = [make_role(fair, "organiser")]
seller, buyer = make_exhibitor, make_buyer
for is_organiser, make, buys in ((1, seller, 1), (1, seller, 0), (1, buyer, 1), (0, seller, 1)):
    company = make(fair)
    company.buys = bool(buys)
    company.save()
    people.append(make_staff(company))
    if is_organiser:
        fair.roles.create(user=people[-1], role="organiser")
print(fair.slug, *map(session_of, people))
"""
WIDTHS = (960, 1024, 1100, 1199, 1200, 1280, 1440)
SIZES: Sizes = tuple((ViewportSize(width=width, height=800), "100%") for width in WIDTHS)


@pytest.fixture(scope="module")
def made(plain_server: Server) -> list[str]:
    """A fair's slug, and the sessions of people with more and with fewer roles."""
    return plain_server.manage("shell", "--no-imports", "-c", _MAKE).split()[-6:]


def test_no_header_is_wider_than_its_window(plain_server: Server, people: People, made: list[str]) -> None:
    fair, *sessions = made
    found = {}
    for language in ("en", "zh-hans", "ur"):
        person = people(language, plain_server.url, language=language)
        for number, session in enumerate(sessions):
            person.context.add_cookies([{"name": "sessionid", "value": session, "url": plain_server.url}])
            found[language, number] = beyond(person.goes(f"/fairs/{fair}/"), SIZES)
    assert {key: lines for key, lines in found.items() if lines} == {}
