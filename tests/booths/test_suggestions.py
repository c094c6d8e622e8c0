"""What the search box offers while somebody types."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from booths.views import search as views
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Participation
from tests.factories import make_buyer, make_demand, make_exhibitor, make_fair, make_product, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def exhibitor() -> Participation:
    exhibitor = make_exhibitor(make_fair(state="open"))
    exhibitor.company.name = {"en": "Padstow Locks", "zh-hans": "锁厂"}
    exhibitor.company.save()
    exhibitor.booth.save()
    make_product(exhibitor, {"en": "Padlock <40>", "zh-hans": "挂锁", "ur": "تالا"}, hs6="830110")
    return exhibitor


def offered(
    exhibitor: Participation, typed: str, language: str = "en", person: User | None = None
) -> list[tuple[str, str]]:
    """The words of each line, and where it leads."""
    client = Client(headers={"Accept-Language": language})
    if person:
        client.force_login(person)
    text = client.get(reverse("booths:suggestions", args=[exhibitor.fair.slug]), {"q": typed}).content.decode()
    lines = re.findall(r'data-url="(.*?)">\s*<span>(.*?)</span>', text, re.DOTALL)
    return [(re.sub("<(?!/?mark)[^>]*>", "", words), url.rpartition("/")[2]) for url, words in lines]


@pytest.mark.parametrize(
    ("typed", "language", "lines"),
    [
        ("padl", "en", ["HS 8301 · <mark>Padlocks</mark> and locks of base metal", "<mark>Padlock</mark> &lt;40&gt;"]),
        ("PAD", "en", ["<mark>Padlock</mark> &lt;40&gt;", "<mark>Padstow</mark> Locks"]),
        ("锁", "zh-hans", ["HS 8301 · <mark>锁</mark>具、钥匙", "挂<mark>锁</mark>", "<mark>锁</mark>厂"]),
        ("تا", "ur", ["<mark>تالا</mark>"]),
        ("830", "en", ["HS 8301 · Padlocks and locks of base metal"]),
        ("HS code 8301", "en", ["HS 8301 · Padlocks and locks of base metal"]),
        ("HS编码8301", "en", ["HS 8301 · Padlocks and locks of base metal"]),
        ("掛鎖", "zh-hans", ["HS 8301 · 锁具、钥匙", "<mark>挂锁</mark>"]),
        ("تالوں", "ur", ["HS 8301 · <mark>تالے</mark> اور چابیاں", "<mark>تالا</mark>"]),
        ("8301", "en", ["HS 8301 · Padlocks and locks of base metal"]),
        ("p", "en", []),
        ("", "en", []),
        ('"*', "en", []),
        ("padl " * 20, "en", []),
    ],
)
def test_headings_products_and_booths_in_the_readers_language(
    exhibitor: Participation, typed: str, language: str, lines: list[str]
) -> None:
    assert [words for words, _url in offered(exhibitor, typed, language)] == lines


def test_a_line_leads_to_what_it_finds(exhibitor: Participation) -> None:
    assert [url for _words, url in offered(exhibitor, "padlock")] == ["?q=8301", "?q=Padlock+%3C40%3E"]


def test_a_name_that_several_products_have_is_offered_once(exhibitor: Participation) -> None:
    few = CaptureQueriesContext(connection)
    with few:
        assert len(offered(exhibitor, "padlock")) == 2
    for _ in range(3):
        make_product(make_exhibitor(exhibitor.fair), {"en": "Padlock <40>"}, hs6="830110")
    with CaptureQueriesContext(connection) as more:
        assert len(offered(exhibitor, "padlock")) == 2
    assert len(more) == len(few)


def test_whoever_asks_too_often_is_offered_nothing(exhibitor: Participation, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(views, "OF_NETWORK", 1)
    assert [len(offered(exhibitor, "padlock")) for _ in range(2)] == [2, 0]


def test_demands_are_offered_to_those_who_may_read_and_answer_them(exhibitor: Participation) -> None:
    buyer, other = make_buyer(exhibitor.fair), make_buyer(exhibitor.fair)
    demand = make_demand(buyer, "Handcarts")
    make_demand(buyer, "Handcarts", state="closed"), make_demand(buyer, "Handcarts", deadline=date(2020, 1, 1))
    line = [("<mark>Handcarts</mark>", "")]
    people = [make_staff(exhibitor), make_staff(buyer), make_staff(other), None]
    assert [offered(exhibitor, "handc", person=person) for person in people] == [line, line, [], []]
    page = Client()
    page.force_login(people[0])  # type: ignore[arg-type]
    text = page.get(reverse("booths:suggestions", args=[exhibitor.fair.slug]), {"q": "handc"}).text
    assert re.findall(r'data-url="(.*?)"', text) == [demand.get_absolute_url()]
