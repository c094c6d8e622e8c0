"""A request for a meeting that comes from a demand is an answer to it."""

import pytest
from django.urls import reverse

from booths.models import Demand
from booths.models.demand import fair_date
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, Participation
from meetings.models import MeetingRequest
from meetings.requests.actions import decline, withdraw
from tests.demands.pages import browser, url
from tests.factories import NOW, actor, make_buyer, make_demand, make_exhibitor, make_quote, make_slots, make_staff

pytestmark = pytest.mark.django_db


def ask(person: User, demand: Demand, receiver: Participation | None = None) -> MeetingRequest:
    """Sends the first free time that the form offers, from the demand's page."""
    to = (receiver or demand.participation).pk
    client, address = (
        browser(person),
        f"{reverse('meetings:request_make', args=[demand.fair.slug, to])}?demand={demand.pk}",
    )
    slots = client.get(address).context["choices"].slots
    assert client.post(address, {"slot": slots[0].pk, "note": "Pliers"}).status_code == 302
    return MeetingRequest.objects.latest("pk")


def status(demand: Demand) -> tuple[str, int, int]:
    row = Demand.objects.with_status(fair_date(demand.fair, NOW)).get(pk=demand.pk)
    return row.status, row.answers, row.requests


@pytest.fixture
def demand(fair: Fair, buyer: Participation) -> Demand:
    make_slots(fair, number=12)
    return make_demand(buyer)


def test_it_answers_the_demand(fair: Fair, demand: Demand, person: User, clerk: User) -> None:
    asked = ask(clerk, demand)
    assert (asked.demand, status(demand)) == (demand, ("answered", 0, 1))
    seller = str(asked.sender.company.name)
    pages = [browser(person).get(url(route, fair, *key)) for route, key in (("answers", [demand.pk]), ("own", []))]
    assert [(seller in page.text, "1 meeting request<" in page.text) for page in pages] == [
        (True, False),
        (False, True),
    ]
    page = url("demand", fair, demand.pk)
    for reader in (person, clerk):
        assert f'href="{page}"' in browser(reader).get(reverse("meetings:requests", args=[fair.slug])).text


@pytest.mark.parametrize("end", ["withdraw", "decline", "leave"])
def test_what_no_longer_stands_answers_nothing(
    demand: Demand, seller: Participation, person: User, clerk: User, end: str
) -> None:
    asked = ask(clerk, demand)
    match end:
        case "withdraw":
            withdraw(actor(clerk), request=asked.pk, now=NOW)
        case "decline":
            decline(actor(person), request=asked.pk, now=NOW)
        case "leave":
            Participation.objects.filter(pk=seller.pk).update(state="withdrawn")
    assert status(demand) == ("open", 0, 0)


def test_requests_and_quotes_are_counted_each_by_itself(fair: Fair, demand: Demand, clerk: User) -> None:
    ask(clerk, demand)
    other = make_exhibitor(fair)
    ask(make_staff(other), demand)
    make_quote(demand, other, clerk)
    assert status(demand) == ("answered", 1, 2)


def test_the_demand_of_another_company_or_one_unseen_is_left_out(fair: Fair, demand: Demand, clerk: User) -> None:
    other, hidden = make_buyer(fair), make_demand(demand.participation, state="waiting")
    make_staff(other)
    assert ask(clerk, demand, other).demand is None
    assert ask(clerk, hidden).demand is None
    assert status(demand) == ("open", 0, 0)
