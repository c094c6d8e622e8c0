"""Every kind of page in every language, on a wide screen: axe-core finds no violation, and the page reflows."""

import pytest

from tests.e2e.accessibility import LANGUAGES, DemoPages, beyond, demo_pages, problems
from tests.e2e.axe import violations
from tests.e2e.browser_windows import WIDE, People
from tests.servers.serve import Server

__all__ = ["demo_pages"]


@pytest.mark.proof
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_page_is_accessible_in_every_language(
    demo_server: Server, people: People, demo_pages: DemoPages, language: str
) -> None:
    person = people("reader", demo_server.url, language=language, size=WIDE)
    assert problems(person, language, demo_pages, violations, beyond) == {}
