"""The head of every page: a title of its own that says whose page it is, and what search engines may show of it."""

import re
from collections import Counter
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from django.urls import reverse

from fairplatform.accounts import allauth_urls
from fairplatform.i18n.text import HTML_LANG, LANGUAGES
from tests.matrix.everybody import Everybody
from tests.matrix.routes import ROUTES
from tests.page_language import PageText

READING = ("anonymous", "visitor", "seller", "buyer", "interpreter", "organiser")
PUBLIC = {
    "api:docs", "pages:fair", "pages:about", "booths:halls", "booths:hall", "booths:booth", "booths:products",
    "booths:product",
    "home", "account_login", "account_signup", "account_reset_password",
}  # fmt: skip
# Searches in the lists of a fair.
SEARCHES = {
    "booths:halls": "?q=Pliers",
    "booths:hall": "?q=Pliers",
    "booths:products": "?q=Pliers",
    "booths:search": "?q=Pliers",
}
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


def addresses(everybody: Everybody) -> dict[str, str]:
    """The address of every page by its route; for the lists of a fair also with a search."""
    world = everybody.world
    routes = {route: what for route, what in ROUTES.items() if "GET" in what.acts and route not in PIECES}
    found = {route: reverse(route, args=what.arguments(world)) for route, what in routes.items()}
    found |= {f"{route}{query}": found[route] + query for route, query in SEARCHES.items()}
    for pattern in allauth_urls.urlpatterns:
        found[str(pattern.name)] = reverse(pattern.name, args=["1", "2-3"] if pattern.pattern.regex.groups else [])
    return found


def heads(everybody: Everybody, name: str, language: str) -> dict[str, Head]:
    """The heads of all pages that this person may open, by route."""
    everybody.clients[name].cookies[settings.LANGUAGE_COOKIE_NAME] = language
    responses = {route: everybody.request(name, "GET", path, {}) for route, path in addresses(everybody).items()}
    return {
        route: head(response, language)
        for route, response in responses.items()
        if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html")
    }


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", READING)
def test_every_page_has_a_head_of_its_own(everybody: Everybody, name: str, language: str) -> None:
    found = heads(everybody, name, language)
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
    found = heads(everybody, "seller", "en")
    assert {route: found[route].title for route in TITLES} == {
        route: " · ".join(part.format(ours=ours, theirs=theirs, me=me) for part in [*title, fair])
        for route, title in TITLES.items()
    }
