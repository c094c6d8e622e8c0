"""The page of the search: what it shows of each kind, why a row was found, and what to do where nothing was."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fairplatform.fairs.models import Participation
from fairplatform.policy import Role
from tests.booths.test_searching import make_demand
from tests.factories import make_buyer, make_exhibitor, make_fair, make_product, make_role, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def exhibitor() -> Participation:
    exhibitor = make_exhibitor(make_fair(state="open"))
    make_product(
        exhibitor,
        {"en": "Brass <padlock>", "zh-hans": "黄铜挂锁", "ur": "پیتل کا تالا"},
        hs6="830110",
        description={"en": f"{'Made to order. ' * 20}Shackle of boron steel."},
        certificates=["ISO 9001"],
        article="PL-40",
    )
    return exhibitor


def page(exhibitor: Participation, q: str, kind: str = "", person: Any = None, language: str = "en") -> str:
    client = Client(headers={"Accept-Language": language})
    if person:
        client.force_login(person)
    response = client.get(reverse("booths:search", args=[exhibitor.fair.slug]), {"q": q, "kind": kind})
    assert response.status_code == 200
    return response.content.decode().partition("<main")[2]


def reasons(text: str) -> list[str]:
    found = re.findall(r'<ul class="result__reasons.*?</ul>', text, re.DOTALL)
    return [
        " ".join(re.sub("<(?!/?mark)[^>]*>", "", item).split())
        for ul in found
        for item in re.findall("<li>.*?</li>", ul)
    ]


@pytest.mark.parametrize(
    ("q", "is_cut"),
    [("a1 b2 c3 d4 e5 f6 g7 padlock", False), ("a1 b2 c3 d4 e5 f6 g7 padlock brass", True), ("84 81 80 10 00", False),
     ("a1 b2 c3 d4 e5 f6 g7 of the padlock", False)],
)  # fmt: skip
def test_words_beyond_the_most_that_are_sought_are_said(exhibitor: Participation, q: str, is_cut: bool) -> None:
    assert page(exhibitor, q).count("Only the first 8 words are searched.") == is_cut


def test_the_match_is_marked_and_escaped(exhibitor: Participation) -> None:
    assert "Brass &lt;<mark>padlock</mark>&gt;" in page(exhibitor, "PADLOCKS", "products")


@pytest.mark.parametrize(
    ("q", "language", "why"),
    [
        ("padlock", "en", []),
        ("padlock", "zh-hans", ["Brass &lt;<mark>padlock</mark>&gt;"]),
        ("تالا", "en", ["پیتل کا <mark>تالا</mark>"]),
        ("boron", "en", ["… to order. Made to order. Shackle of <mark>boron</mark> steel."]),
        ("iso", "en", ["<mark>ISO</mark> 9001"]),
        ("pl-40", "en", ["<mark>PL</mark>-<mark>40</mark>"]),
        ("8301", "en", ["HS 8301 · Padlocks and locks of base metal"]),
        ("中国", "en", ["<mark>中国</mark>"]),
        ("门锁", "zh-hans", ["HS 8301 · 锁具、钥匙"]),
        ("brass 门锁", "en", ["HS 8301 · Padlocks and locks of base metal"]),
    ],
)
def test_why_a_product_was_found(exhibitor: Participation, q: str, language: str, why: list[str]) -> None:
    assert reasons(page(exhibitor, q, "products", language=language)) == why


def test_a_booth_is_found_by_its_products_and_says_so(exhibitor: Participation) -> None:
    assert reasons(page(exhibitor, "padlock", "booths")) == ["Brass &lt;<mark>padlock</mark>&gt;"]


def test_each_kind_has_its_number_and_its_address(exhibitor: Participation) -> None:
    make_demand(make_buyer(exhibitor.fair), "Padlocks")
    found = re.findall(
        r'<a href="(\?q=[^"]*)"( aria-current="page")?>(\w+)\s*<span class="soft">(.*?)</span>',
        page(exhibitor, "padlock"),
    )
    assert found == [
        ("?q=padlock", ' aria-current="page"', "All", "2"),
        ("?q=padlock&amp;kind=booths", "", "Exhibitors", "1"),
        ("?q=padlock&amp;kind=products", "", "Products", "1"),
    ]
    assert "kind=demands" in page(exhibitor, "padlock", person=make_staff(exhibitor))


def test_a_demand_leads_to_its_page_and_says_whether_it_can_be_answered(exhibitor: Participation) -> None:
    buyer = make_buyer(exhibitor.fair)
    demands = [
        make_demand(buyer, "Padlocks", **fields) for fields in ({}, {"state": "closed"}, {"deadline": "2001-01-01"})
    ]
    for person in (make_staff(buyer), make_staff(exhibitor), make_role(exhibitor.fair, Role.ORGANISER)):
        shown = page(exhibitor, "padlocks", "demands", person)
        links = re.findall(r'result__title"><a href="([^"]*)"', shown)
        assert links == [one.get_absolute_url() for one in reversed(demands)]
        assert re.findall(r"(Open|Expired|Closed)\s*</span>", shown) == ["Expired", "Closed", "Open"]
        client = Client()
        client.force_login(person)
        assert [client.get(link).status_code for link in links] == [200] * 3


def test_what_to_do_where_nothing_is_found(exhibitor: Participation) -> None:
    assert "Check the spelling" in page(exhibitor, "winch")
    assert "Show all results" in page(exhibitor, "padlock", "demands")
    assert "What are you looking for?" in page(exhibitor, "")


@pytest.mark.parametrize("q", ["8541.40", "HS 85414090"])
def test_a_code_of_another_edition_leads_to_its_heading(exhibitor: Participation, q: str) -> None:
    text = page(exhibitor, q)
    assert "HS 2022 does not have 8541.40, which may be of another edition." in text
    assert f'href="{reverse("booths:search", args=[exhibitor.fair.slug])}?q=8541"' in text
    assert ["another edition" in page(exhibitor, q) for q in ("8541", "8541.43", "9999.99")] == [False] * 3


def test_a_query_that_is_too_long_is_refused_in_words(exhibitor: Participation) -> None:
    text = page(exhibitor, "padlock " * 1250)
    assert "at most 100 characters" in text
    assert "result__title" not in text


def test_the_number_of_queries_is_the_same_for_any_number_of_rows(exhibitor: Participation) -> None:
    with CaptureQueriesContext(connection) as few:
        page(exhibitor, "padlock")
    for _ in range(5):
        make_product(make_exhibitor(exhibitor.fair), {"en": "Padlock"}, hs6="830110")
    with CaptureQueriesContext(connection) as more:
        page(exhibitor, "padlock")
    assert len(more) == len(few)


def test_the_lists_mark_what_they_were_searched_for(exhibitor: Participation) -> None:
    lists = {"products": "padlock", "halls": str(exhibitor.company)}
    for name, words in lists.items():
        address = reverse(f"booths:{name}", args=[exhibitor.fair.slug])
        text, plain = (Client().get(address, query).content.decode() for query in ({"q": words}, {}))
        assert ("<mark>" in text, "<mark>" in plain) == (True, False)


@pytest.mark.parametrize(
    ("kind", "lists"),
    [
        ("", ["/halls/?q=%3Cb%3E", "/products/?q=%3Cb%3E", "/demands/wanted/?show=all&amp;q=%3Cb%3E"]),
        ("products", ["/products/?q=%3Cb%3E"]),
        ("demands", ["/demands/wanted/?show=all&amp;q=%3Cb%3E"]),
    ],
)
def test_each_kind_leads_to_its_list_with_filters_and_the_same_words(
    exhibitor: Participation, kind: str, lists: list[str]
) -> None:
    fair, person = f"/fairs/{exhibitor.fair.slug}", make_staff(exhibitor)

    def links(person: Any) -> list[str]:
        text = page(exhibitor, "<b>", kind, person)
        return [link.removeprefix(fair) for link in re.findall(r'href="([^"]*/\?[^"]*q=[^"]*)"', text)]

    assert links(person) == lists
    assert links(None) == [link for link in lists if "demands" not in link]
    client = Client()
    client.force_login(person)
    for link in lists:
        assert client.get(fair + link.replace("&amp;", "&")).status_code == 200
