"""The search for other programs."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from booths import searching
from booths.filtering import MOST
from booths.models import Demand
from booths.search_form import MAX_LENGTH
from booths.search_index import index_again
from fairplatform.accounts.models import Company
from fairplatform.api import search
from fairplatform.fairs.models import Fair, Participation
from tests.factories import make_buyer, make_exhibitor, make_fair, make_product, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.either]
PADLOCK = {"en": "Brass padlock", "zh-hans": "黄铜挂锁", "ur": "پیتل کا تالا"}
NOTHING: dict[str, Any] = {"results": [], "total": 0, "is_cut": False}


@pytest.fixture
def fair() -> Fair:
    return make_fair()


def find(fair: Fair, query: str, client: Client | None = None, **more: str) -> Any:
    response = (client or Client()).get(f"/api/v1/fairs/{fair.slug}/search", {"q": query, **more})
    assert response.status_code == 200, response.content
    return response.json()


@pytest.mark.parametrize(
    ("query", "lang", "title"),
    [
        ("brass padlock", "", "Brass padlock"),
        ("挂锁", "zh", "黄铜挂锁"),
        ("تالا", "ur", "پیتل کا تالا"),
        ("830110", "en", "Brass padlock"),
    ],
)
def test_a_product_is_found_in_any_language_and_by_its_code(fair: Fair, query: str, lang: str, title: str) -> None:
    product = make_product(make_exhibitor(fair), PADLOCK, hs6="830110")
    make_product(make_exhibitor(fair))
    found = find(fair, query, kind="product", lang=lang)
    [row] = found["results"]
    assert isinstance(row.pop("score"), int)
    assert found == {
        "results": [{"kind": "product", "key": str(product.pk), "title": title, "hs": "830110"}],
        "total": 1,
        "is_cut": False,
    }


def test_all_kinds_come_when_none_is_asked_for(fair: Fair) -> None:
    exhibitor = make_exhibitor(fair)
    product = make_product(exhibitor, PADLOCK, hs6="830110")
    everything = find(fair, "padlock", kind="", lang="")
    assert {(row["kind"], row["key"], row["hs"]) for row in everything["results"]} == {
        ("booth", exhibitor.booth.slug, "830110"),
        ("product", str(product.pk), "830110"),
    }
    assert everything == find(fair, "padlock")
    assert everything["total"] == 2


def test_a_booth_has_the_code_of_what_is_found_at_it_or_else_of_what_it_shows_first(fair: Fair) -> None:
    exhibitor, empty = make_exhibitor(fair), make_exhibitor(fair)
    make_product(exhibitor, hs6="8203")
    make_product(exhibitor, hs6="820320")
    make_product(exhibitor, PADLOCK, hs6="830110")
    Company.objects.filter(pk=exhibitor.company_id).update(name={"en": "Wangda"})
    index_again([exhibitor.company_id])
    assert [row["hs"] for row in find(fair, "padlock", kind="booth")["results"]] == ["830110"]
    assert [row["hs"] for row in find(fair, "wangda", kind="booth")["results"]] == ["820320"]
    assert [row["hs"] for row in find(fair, str(empty.company.name), kind="booth")["results"]] == [None]


def test_no_match_is_an_empty_list(fair: Fair) -> None:
    make_product(make_exhibitor(fair), PADLOCK)
    assert [find(fair, query) for query in ("", "  ", "…", "\0", "gearbox", "padlock gearbox")] == [NOTHING] * 6
    assert Client().get(f"/api/v1/fairs/{fair.slug}/search").json() == NOTHING


def test_no_more_than_a_visitor_may_see_is_found(fair: Fair) -> None:
    waiting, buyer = make_exhibitor(fair), make_buyer(fair)
    make_product(waiting, PADLOCK)
    Participation.objects.filter(pk=waiting.pk).update(state="waiting")
    Demand.objects.create(fair=fair, participation=buyer, kind="goods", text=PADLOCK, hs_code="830110")
    make_product(make_exhibitor(make_fair()), PADLOCK)
    seller = Client()
    seller.force_login(make_staff(make_exhibitor(fair)))
    assert [find(fair, "padlock", client) for client in (Client(), seller)] == [NOTHING] * 2
    assert find(fair, "padlock", seller, kind="demand") == NOTHING
    draft = make_fair(state="draft")
    assert Client().get(f"/api/v1/fairs/{draft.slug}/search?q=padlock").status_code == 404


def test_what_is_found_comes_in_parts(fair: Fair) -> None:
    exhibitor = make_exhibitor(fair)
    for _ in range(5):
        make_product(exhibitor, PADLOCK, hs6="830110")
    everything = find(fair, "padlock", lang="zh")
    assert (len(everything["results"]), everything["total"]) == (6, 6)
    for limit, offset in ((2, 0), (2, 1), (4, 3), (100, 5), (1, 6), (3, 1_000_000)):
        part = find(fair, "padlock", lang="zh", limit=str(limit), offset=str(offset))
        assert part == everything | {"results": everything["results"][offset : offset + limit]}


def test_where_the_search_stopped_it_says_so(fair: Fair, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (searching, search):
        monkeypatch.setattr(module, "MOST", 2)
    exhibitor = make_exhibitor(fair)
    assert [find(fair, "padlock")["is_cut"]] == [False]
    for _ in range(3):
        make_product(exhibitor, PADLOCK)
    found = {kind: find(fair, "padlock", kind=kind) for kind in ("", "product", "booth")}
    assert {kind: (one["total"], one["is_cut"]) for kind, one in found.items()} == {
        "": (3, True),
        "product": (2, True),
        "booth": (1, False),
    }


def test_the_document_says_what_the_search_page_does() -> None:
    document = json.loads((settings.ROOT / "docs/openapi.json").read_text())
    [query] = [
        one for one in document["paths"]["/api/v1/fairs/{fair}/search"]["get"]["parameters"] if one["name"] == "q"
    ]
    assert query["schema"]["maxLength"] == MAX_LENGTH
    said = document["components"]["schemas"]["FoundPage"]["properties"]["is_cut"]["description"]
    assert said == f"The search stopped at {MOST} of a kind: more may match than `total` counts."


@pytest.mark.parametrize(
    "wrong", ["kind=hall", "lang=fr", "limit=0", "limit=101", "offset=-1", f"q={'a' * (MAX_LENGTH + 1)}"]
)
def test_what_cannot_be_searched_for_is_refused(fair: Fair, wrong: str) -> None:
    response = Client().get(f"/api/v1/fairs/{fair.slug}/search?{wrong}")
    assert (response.status_code, [error["name"] for error in response.json()["errors"]]) == (
        422,
        [wrong.partition("=")[0]],
    )


def test_the_number_of_queries_does_not_grow(fair: Fair, django_assert_num_queries: Any) -> None:
    for _ in range(4):
        make_product(make_exhibitor(fair), PADLOCK)
    with django_assert_num_queries(10):
        assert find(fair, "padlock")["total"] == 8
