"""Before a fair is open no exhibitor reads its demands."""

import pytest

from booths.models import Demand
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, Participation
from tests.demands.pages import browser, url
from tests.factories import make_demand, make_quote

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair(fair: Fair) -> Fair:
    fair.state = Fair.State.DRAFT
    fair.save()
    return fair


def test_no_exhibitor_reads_a_demand_or_quotes_for_it(
    fair: Fair, buyer: Participation, seller: Participation, clerk: User
) -> None:
    demand, client = make_demand(buyer), browser(clerk)
    make_quote(demand, seller, clerk)
    for route in ("demand", "quote"):
        assert client.get(url(route, fair, demand.pk)).status_code == 404
    assert (list(Demand.objects.visible_to(clerk)), demand.roles_of(clerk)) == ([], frozenset())
    Participation.objects.filter(pk=seller.pk).update(buys=True)
    assert browser(clerk).get(url("demand", fair, demand.pk)).status_code == 404
