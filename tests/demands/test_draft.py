"""Before a fair is open its buyers prepare their demands, and no exhibitor reads one."""

import pytest

from booths.models import Demand
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, Participation
from tests.demands.pages import browser, shown, url
from tests.factories import make_demand, make_quote, make_staff

pytestmark = pytest.mark.django_db
FIELDS = shown(kind="goods", text_en="Pliers", hs_code="8203.20")


@pytest.fixture
def fair(fair: Fair) -> Fair:
    fair.state = Fair.State.DRAFT
    fair.save()
    return fair


def test_a_buyer_enters_a_demand_and_reads_that_exhibitors_will_see_it(fair: Fair, person: User) -> None:
    client = browser(person)
    assert [client.get(url(route, fair)).status_code for route in ("own", "add")] == [200, 200]
    page = client.post(url("add", fair), FIELDS, follow=True)
    assert "Exhibitors will see it once the fair is open." in page.text
    demand = Demand.objects.get()
    assert [client.get(url(route, fair, demand.pk)).status_code for route in ("demand", "change", "answers")] == [
        200
    ] * 3


def test_others_do_not_learn_that_there_is_such_a_fair(fair: Fair, clerk: User, buyer: Participation) -> None:
    gone = make_staff(buyer)
    Participation.objects.filter(pk=buyer.pk).update(state="refused")
    for person in (clerk, gone):
        assert [browser(person).get(url(route, fair)).status_code for route in ("own", "add")] == [404, 404]
        assert browser(person).post(url("add", fair), FIELDS).status_code == 404
    assert list(Demand.objects.all()) == []


def test_buyers_arrive_at_what_waits_for_them_then_at_their_demands(
    fair: Fair, buyer: Participation, person: User
) -> None:
    client, demand = browser(person), make_demand(buyer, state="waiting", entered_by="Ms Khan, Chamber")
    assert client.get("/arrival/").headers["Location"] == url("confirm", fair, demand.pk)
    page = client.post(url("confirm", fair, demand.pk), {**FIELDS, "answer": "confirm"}, follow=True)
    assert "Exhibitors will see the demand once the fair is open." in page.text
    assert client.get("/arrival/").headers["Location"] == url("own", fair)
    assert f'href="{url("own", fair)}"' in client.get("/").text


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
