"""Every page that somebody may open: its language and direction, and its head.

The title is the page's own and says whose page it is; the rest is what search engines may show of it.
"""

import re
from collections import Counter
from itertools import product
from typing import Any, NamedTuple

import pytest
from django.urls import reverse

from fairplatform.accounts import allauth_urls
from fairplatform.i18n.text import HTML_LANG, LANGUAGES
from tests.matrix.everybody import Everybody
from tests.matrix.reading import addresses, look
from tests.matrix.routes import ROUTES
from tests.page_language import PageText, language_faults

READING = ("anonymous", "visitor", "seller", "clerk", "buyer", "other_buyer", "interpreter", "organiser")
PUBLIC = {
    "api:docs", "pages:fair", "pages:about", "booths:halls", "booths:hall", "booths:booth", "booths:products",
    "booths:product",
    "home", "account_login", "account_signup", "account_reset_password",
}  # fmt: skip
# Searches in the lists of a fair: pages with a title of their own.
SEARCHES = {f"booths:{route}?q=Pliers" for route in ("halls", "hall", "products", "search")}
# Pieces of a page, without a head.
PIECES = {
    "pages:agreed", "control_room:figures", "booths:suggestions", "booths:recommended_in_short", "hs_codes",
}  # fmt: skip


TITLES = {
    "pages:fair": ["Online trade fair"],
    "booths:hall": ["Hand tools"],
    "booths:booth": ["{ours}"],
    "booths:my_booth": ["My booth", "{ours}"],
    "booths:product": ["Pliers", "{ours}"],
    "booths:products?q=Pliers": ["“Pliers”", "Products"],
    "booths:search?q=Pliers": ["“Pliers”", "Search"],
    "chat:conversations": ["Messages", "{me}"],
    "meetings:requests": ["Requests", "{me}"],
    "meetings:meeting": ["{theirs}", "Thu 14 May 15:00 (12:00)"],
    "meetings:room": ["Meeting", "{theirs}", "Thu 14 May 15:00 (12:00)"],
    "meetings:outcome": ["Outcome of the meeting", "{ours}", "{theirs}", "Thu 14 May 15:00 (12:00)"],
}


class Head(NamedTuple):
    title: str
    description: str
    is_indexed: bool
    faults: list[str]


def head(response: Any, language: str) -> Head:
    text = response.content.decode()
    # Drawings in the page have titles of their own.
    [title] = re.findall("<title>(.*)</title>", text.partition("</head>")[0])
    descriptions = re.findall('<meta name="description" content="(.*)">', text)
    robots = re.findall('<meta name="robots" content="(.*)">', text)
    part = PageText(text.partition("</head>")[0], HTML_LANG[language])
    return Head(title, "".join(descriptions), not robots, part.in_wrong_script)


class Read(NamedTuple):
    """What somebody is answered who opens all pages in a language, by route and what is asked for."""

    language: str
    answers: dict[str, Any]

    def heads(self) -> dict[str, Head]:
        """The heads of the pages that they may open."""
        with_head = {key for key in self.answers if "?" not in key} - PIECES | SEARCHES
        return {
            key: head(answer, self.language)
            for key, answer in self.answers.items()
            if key in with_head and answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
        }


def read_pages(everybody: Everybody, name: str, language: str) -> Read:
    found = {key: address for route in ROUTES for key, address in addresses(everybody.world, route).items()}
    for pattern in allauth_urls.urlpatterns:
        found[str(pattern.name)] = reverse(pattern.name, args=["1", "2-3"] if pattern.pattern.regex.groups else [])
    return Read(language, {key: look(everybody, name, address, language) for key, address in found.items()})


@pytest.fixture(scope="module", params=product(READING, LANGUAGES), ids="-".join)
def read(request: pytest.FixtureRequest, everybody: Everybody) -> Read:
    """Each person's pages are read once in each language."""
    return read_pages(everybody, *request.param)


@pytest.mark.django_db
def test_every_page_is_in_its_readers_language_and_direction(read: Read) -> None:
    faults = {key: language_faults(answer, read.language) for key, answer in read.answers.items()}
    assert {key: wrong for key, wrong in faults.items() if wrong} == {}


@pytest.mark.django_db
def test_every_page_has_a_head_of_its_own(read: Read) -> None:
    found = read.heads()
    titles = Counter(page.title for page in found.values())
    descriptions = Counter(page.description for route, page in found.items() if page.description)
    assert [title for title, times in titles.items() if times > 1] == []
    assert [words for words, times in descriptions.items() if times > 1] == []
    assert {route: page.faults for route, page in found.items() if page.faults} == {}
    assert [route for route, page in found.items() if not all(page.title.split(" · "))] == []
    assert {route for route in PUBLIC if ":" in route} <= found.keys()
    # What somebody has searched for is not indexed: its title is theirs.
    assert {route for route, page in found.items() if page.description} == found.keys() & PUBLIC
    assert {route for route, page in found.items() if page.is_indexed} == found.keys() & PUBLIC


def test_a_title_says_what_whose_and_of_which_fair(everybody: Everybody) -> None:
    """For a seller in China, whose clock it is that tells when they meet the buyer."""
    world = everybody.world
    ours, theirs = (
        str(party.company.name) for party in (world.things["meeting"].exhibitor, world.things["meeting"].buyer)
    )
    me, fair = str(world.person("seller").name), str(world.fair.name)
    found = read_pages(everybody, "seller", "en").heads()
    assert {route: found[route].title for route in TITLES} == {
        route: " · ".join(part.format(ours=ours, theirs=theirs, me=me) for part in [*title, fair])
        for route, title in TITLES.items()
    }
