"""What a demand's status is, who sees it, and that the versions of a quote stay as they were written."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.models import RestrictedError

from booths.models import Demand, Product, QuoteVersion
from booths.models.demand import fair_date
from fairplatform.fairs.models import Fair, Participation, RecruitingUnit
from tests.factories import (
    make_buyer,
    make_demand,
    make_exhibitor,
    make_fair,
    make_product,
    make_quote,
    make_role,
    make_staff,
    three,
)

pytestmark = [pytest.mark.django_db, pytest.mark.either("booths.immutable")]
TODAY = date(2020, 5, 14)


@pytest.fixture
def fair() -> Fair:
    return make_fair()


@pytest.fixture
def buyer(fair: Fair) -> Participation:
    return make_buyer(fair)


def status(demand: Demand, today: date = TODAY) -> tuple[str, int]:
    row = Demand.objects.with_status(today).get(pk=demand.pk)
    return row.status, row.answers


def test_a_demand_is_open_until_somebody_answers_it(fair: Fair, buyer: Participation) -> None:
    demand, seller, other = make_demand(buyer), make_exhibitor(fair), make_exhibitor(fair)
    assert status(demand) == ("open", 0)
    quote = make_quote(demand, seller, make_staff(seller))
    make_quote(demand, other, make_staff(other))
    assert status(demand) == ("answered", 2)
    Participation.objects.filter(pk=other.pk).update(state="withdrawn")
    assert status(demand) == ("answered", 1)
    quote.newest = quote.versions.create(number=2, withdrawn=True, written_by=make_staff(seller))
    quote.save()
    assert status(demand) == ("open", 0)


def test_a_demand_expires_the_day_after_its_deadline(buyer: Participation) -> None:
    demand = make_demand(buyer, deadline=TODAY)
    assert status(demand) == ("open", 0)
    assert status(demand, date(2020, 5, 15)) == ("expired", 0)


def test_the_day_is_that_where_the_fair_is_held(fair: Fair) -> None:
    """In China the fourteenth has begun, in Pakistan it has not."""
    fair.host_zone, fair.station_zone = "Asia/Shanghai", "Asia/Karachi"
    assert fair_date(fair, datetime(2020, 5, 13, 17, tzinfo=UTC)) == date(2020, 5, 14)


@pytest.mark.parametrize("state", ["closed", "waiting", "rejected"])
def test_what_has_been_decided_stays_so_after_the_deadline(buyer: Participation, state: str) -> None:
    assert status(make_demand(buyer, state=state, deadline=date(2020, 1, 1))) == (state, 0)


def test_only_current_demands_of_approved_companies_can_be_answered(fair: Fair, buyer: Participation) -> None:
    demand, gone = make_demand(buyer), make_buyer(fair)
    for state in ("closed", "waiting", "rejected"):
        make_demand(buyer, state=state)
    make_demand(buyer, deadline=date(2020, 5, 13))
    make_demand(gone)
    Participation.objects.filter(pk=gone.pk).update(state="refused")
    assert list(Demand.objects.current(TODAY)) == [demand]


def test_delegates_see_what_is_wanted_by_companies_of_their_unit_alone(fair: Fair, buyer: Participation) -> None:
    unit = RecruitingUnit.objects.create(fair=fair, name=three("Chamber"), country="PK")
    delegate, waiting = make_role(fair, "delegated", unit=unit), make_demand(buyer, state="waiting")
    make_demand(make_buyer(fair))
    assert list(Demand.objects.visible_to(delegate)) == []
    Participation.objects.filter(pk=buyer.pk).update(unit=unit)
    assert list(Demand.objects.visible_to(delegate)) == [waiting]


def test_exhibitors_do_not_see_what_its_company_has_not_confirmed(fair: Fair, buyer: Participation) -> None:
    seller = make_staff(make_exhibitor(fair))
    make_demand(buyer, state="waiting"), make_demand(buyer, state="rejected")
    shown = make_demand(buyer)
    assert list(Demand.objects.visible_to(seller)) == [shown]


@pytest.mark.parametrize(
    "fields",
    [
        {"price": 1},
        {"remarks": "Other"},
        {"withdrawn": True, "price": None},
        {"written_at": datetime(2020, 1, 1, tzinfo=UTC)},
    ],
)
def test_a_version_is_never_changed(fair: Fair, buyer: Participation, fields: dict[str, object]) -> None:
    seller = make_exhibitor(fair)
    quote = make_quote(make_demand(buyer), seller, make_staff(seller))
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        QuoteVersion.objects.filter(quote=quote).update(**fields)
    assert quote.versions.get().price == 12_000


def test_a_version_outlives_its_product_and_goes_with_the_fair(fair: Fair, buyer: Participation) -> None:
    seller = make_exhibitor(fair)
    product = make_product(seller)
    quote = make_quote(make_demand(buyer), seller, make_staff(seller), product=product)
    Product.objects.filter(pk=product.pk).delete()
    assert (quote.versions.get().product, quote.versions.get().goods) == (None, three("Pliers"))
    with pytest.raises(RestrictedError):
        quote.versions.all().delete()
    Demand.objects.filter(fair=fair).delete()
    assert not QuoteVersion.objects.exists()


@pytest.mark.parametrize("fields", [{"price": 0}, {"price": -1}, {"price": None}, {"currency": ""}, {"unit": ""}])
def test_a_quote_has_a_price_a_currency_and_a_unit(fair: Fair, buyer: Participation, fields: dict[str, object]) -> None:
    seller = make_exhibitor(fair)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_quote(make_demand(buyer), seller, make_staff(seller), **fields)
