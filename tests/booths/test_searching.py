"""The search over all kinds of rows: who finds what, in which order, and the pages of it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from booths import filtering, searching
from booths.models import Demand
from booths.searching import search
from fairplatform.fairs.models import Fair, Participation, RecruitingUnit
from tests.factories import make_buyer, make_exhibitor, make_fair, make_product, make_role, make_staff

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def make_demand(buyer: Participation, text: str, **fields: str) -> Demand:
    values = {"kind": "goods", "hs_code": "830110", **fields}
    return Demand.objects.create(fair=buyer.fair, participation=buyer, text={"en": text}, **values)


@pytest.fixture
def exhibitor() -> Participation:
    """Of a fair with a booth, two products and a demand in which one word occurs."""
    exhibitor = make_exhibitor(make_fair(state="open"))
    exhibitor.company.name = {"en": "Padlock Works", "zh-hans": "挂锁厂"}
    exhibitor.company.save()
    exhibitor.booth.save()
    make_product(exhibitor, {"en": "Shackle"}, hs6="830110", description={"en": "For a padlock"})
    make_product(exhibitor, {"en": "Padlocks", "ur": "تالے"}, hs6="830110")
    make_demand(make_buyer(exhibitor.fair), "10,000 padlocks")
    return exhibitor


def found(fair: Fair, person: object, query: str = "padlock", kind: str = "all") -> list[str]:
    return [str(row.title) for row in search(fair, person, query, kind).rows]  # type: ignore[arg-type]


def test_rows_of_all_kinds_come_by_relevance(exhibitor: Participation) -> None:
    results = search(exhibitor.fair, make_staff(exhibitor), "padlock")
    assert [(row.kind, str(row.title), row.hs) for row in results.rows] == [
        ("booth", "Padlock Works", ""),
        ("product", "Padlocks", "830110"),
        ("demand", "10,000 padlocks", "830110"),
        ("product", "Shackle", "830110"),
    ]
    scores = [row.score for row in results.rows]
    assert scores == sorted(scores, reverse=True)
    assert (results.total, results.counts) == (4, {"booth": 1, "product": 2, "demand": 1})


def test_one_kind_alone(exhibitor: Participation) -> None:
    results = search(exhibitor.fair, VISITOR, "padlock", "product", "ur")
    keys = [str(product.pk) for product in exhibitor.company.products.order_by("-pk")]
    assert [(row.key, str(row.title)) for row in results.rows] == [(keys[0], "تالے"), (keys[1], "Shackle")]
    assert (results.total, results.counts) == (2, {"booth": 1, "product": 2, "demand": 0})


def test_demands_are_found_by_those_who_may_see_them_alone(exhibitor: Participation) -> None:
    fair, buyers = exhibitor.fair, Participation.objects.filter(fair=exhibitor.fair, buys=True)
    unit = RecruitingUnit.objects.create(fair=fair, name={"en": "Chamber"}, country="PK")
    buyers.update(unit=unit)
    own, delegate = make_staff(buyers.get()), make_role(fair, "delegated", unit=unit)
    for person in (own, delegate, make_staff(exhibitor), make_role(fair, "organiser")):
        assert found(fair, person, kind="demand") == ["10,000 padlocks"]
    for person in (VISITOR, make_staff(make_buyer(fair)), make_staff(make_exhibitor(make_fair(state="open")))):
        assert found(fair, person, kind="demand") == []


def test_nothing_of_another_fair_or_of_a_draft(exhibitor: Participation) -> None:
    assert found(make_fair(state="open"), VISITOR) == []
    exhibitor.fair.state = "draft"
    exhibitor.fair.save()
    assert found(exhibitor.fair, VISITOR) == []


@pytest.mark.parametrize("query", ["", " ", "?", '"', "padlock winch"])
def test_without_a_match_there_is_one_empty_page(exhibitor: Participation, query: str) -> None:
    results = search(exhibitor.fair, VISITOR, query)
    assert (results.rows, results.total, results.page.number, results.page.paginator.num_pages) == ([], 0, 1, 1)


@pytest.mark.parametrize(("asked", "shown", "titles"), [("x", 1, 2), (1, 1, 2), (2, 2, 1), (9, 2, 1)])
def test_pages(exhibitor: Participation, asked: int, shown: int, titles: int) -> None:
    results = search(exhibitor.fair, VISITOR, "padlock", page=asked, per_page=2)
    assert (results.page.number, results.page.paginator.num_pages) == (shown, 2)
    assert (len(results.rows), results.total) == (titles, 3)


def test_no_more_than_a_number_of_rows_is_counted(exhibitor: Participation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MOST", 1)
    results = search(exhibitor.fair, VISITOR, "padlock", "product")
    assert [str(row.title) for row in results.rows] == ["Padlocks"]
    assert (results.total, results.counts) == (1, {"booth": 1, "product": 1, "demand": 0})


def test_of_many_rows_too_only_those_with_every_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many are looked for by their scores: what is under the heading that a word names may lack the others."""
    for module in (searching, filtering):
        monkeypatch.setattr(module, "MOST", 2)
    exhibitor = make_exhibitor(make_fair(state="open"))
    make_product(exhibitor, {"en": "Padlock, zinc"}, hs6="830110")
    for number in range(3):
        make_product(exhibitor, {"en": f"Padlock {number}"}, hs6="830110", description={"en": "Blued"})
    assert found(exhibitor.fair, VISITOR, "blued padlock", "product") == ["Padlock 0", "Padlock 1"]


def test_the_number_of_queries_is_the_same_for_any_number_of_rows(exhibitor: Participation) -> None:
    person = make_staff(exhibitor)
    search(exhibitor.fair, person, "padlock")  # reads once what the person is in the fair
    with CaptureQueriesContext(connection) as few:
        search(exhibitor.fair, person, "padlock")
    for _ in range(5):
        make_product(make_exhibitor(exhibitor.fair), {"en": "Padlock"}, hs6="830110")
    with CaptureQueriesContext(connection) as more:
        assert search(exhibitor.fair, person, "padlock").total == 4 + 2 * 5
    assert len(more) == len(few)
