"""The head of a page: its title, its description, and what a search engine may index."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from fairplatform.i18n.text import LANGUAGES, joined
from tests.matrix.routes import ROUTES
from tests.matrix.world import World, make_world

PAGES = {
    "seller": [
        "pages:fair", "pages:about", "booths:halls", "booths:hall", "booths:products", "booths:product", "booths:booth",
        "booths:buyers", "booths:my_booth", "chat:conversations", "chat:conversation", "notices:notices",
        "meetings:day", "meetings:requests", "meetings:meeting", "meetings:outcome", "meetings:room",
    ],
    "buyer": ["meetings:request_make", "meetings:meeting", "meetings:outcome"],
    "organiser": ["control_room:control", "meetings:outcome"],
}  # fmt: skip
PUBLIC = PAGES["seller"][:7]


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def found(pattern: str, page: Any) -> str:
    [words] = re.findall(pattern, page.text)
    return words


def pages(world: World, client: Client, name: str, language: str) -> dict[str, Any]:
    client.force_login(world.person(name))
    client.cookies["django_language"] = language
    opened = {route: client.get(reverse(route, args=ROUTES[route].arguments(world))) for route in PAGES[name]}
    assert {page.status_code for page in opened.values()} == {200}
    return opened


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_pages_have_one_title(world: World, client: Client, name: str, language: str) -> None:
    titles = {route: found("<title>(.*)</title>", page) for route, page in pages(world, client, name, language).items()}
    assert sorted(titles.values()) == sorted(set(titles.values()))
    own = world.things["meeting"]
    with translation.override(language):
        for route in titles:
            if route == "meetings:outcome":
                companies = joined([own.exhibitor.company, own.buyer.company])
                assert f"{companies} · {world.fair.name}" in titles[route]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_public_page_is_described_in_its_language(world: World, client: Client, language: str) -> None:
    opened = pages(world, client, "seller", language)
    said = {route: found('<meta name="description" content="(.*)">', page) for route, page in opened.items()}
    assert len({said[route] for route in PUBLIC}) == len(PUBLIC)
    script = {"en": r"^[^\u0600-\u06ff\u3400-\u9fff]+$", "zh-hans": r"[\u3400-\u9fff]", "ur": r"[\u0600-\u06ff]"}[
        language
    ]
    assert [route for route in opened if not re.search(script, said[route])] == []
