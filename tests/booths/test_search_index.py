"""A search finds rows by what their companies are called by now."""

import pytest

from booths.full_text import Matches
from booths.models import Booth, Demand, Product
from booths.search import parse
from booths.search_index import index_again
from fairplatform.accounts.models import Company
from fairplatform.fairs.models import Participation
from fairplatform.office.companies.merging import merge
from tests.booths.test_searching import make_demand
from tests.factories import actor, make_buyer, make_exhibitor, make_fair, make_product, make_role

pytestmark = [pytest.mark.django_db, pytest.mark.either("booths.full_text")]


def numbers(word: str) -> list[int]:
    """The number of booths, products and demands that have this word."""
    return [
        model.objects.filter(Matches("pk", parse(word).literal, model._meta.db_table)).count()
        for model in (Booth, Product, Demand)
    ]


@pytest.fixture
def exhibitor() -> Participation:
    """With a product, and a buyer's demand in its fair."""
    exhibitor = make_exhibitor(make_fair())
    make_product(exhibitor)
    make_demand(make_buyer(exhibitor.fair), "Padlocks")
    return exhibitor


def test_companies_that_are_renamed_or_move(exhibitor: Participation) -> None:
    Company.objects.update(name={"en": "Zirconium"}, city="wenzhou")
    assert numbers("zirconium") == [0, 0, 0]
    index_again(list(Company.objects.values_list("pk", flat=True)))
    assert [numbers(word) for word in ("zirconium", "温州", "yongkang")] == [[1, 1, 1], [1, 1, 1], [0, 0, 0]]


def test_companies_that_become_one(exhibitor: Participation) -> None:
    other = make_exhibitor(exhibitor.fair)
    Company.objects.filter(pk=exhibitor.company_id).update(name={"en": "Zirconium"})
    make_product(other, "Hinges")
    merge(actor(make_role(exhibitor.fair, "organiser")), kept=exhibitor.pk, other=other.pk, choices={})
    assert [numbers(word) for word in ("zirconium", "hinge")] == [[1, 2, 0], [0, 1, 0]]


def test_rows_that_are_deleted(exhibitor: Participation) -> None:
    assert numbers("padlock") == [0, 0, 1]
    exhibitor.fair.demands.all().delete()
    Product.objects.all().delete()
    Booth.objects.all().delete()
    assert [numbers(word) for word in ("padlock", "yongkang", "plier")] == [[0, 0, 0]] * 3
