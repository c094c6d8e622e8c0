"""After a fair is closed, demands and quotes stay as they are, and their status says why."""

import pytest
from django.test import Client
from django.urls import reverse

from booths.models import Demand, Quote
from booths.models.demand import fair_date
from fairplatform.accounts.models import User
from fairplatform.demands.gaps import gaps
from fairplatform.fairs.models import Fair, Participation
from fairplatform.policy import Role
from tests.demands.pages import browser, errors, shown, url
from tests.factories import NOW, make_attachment, make_demand, make_product, make_quote, make_role

pytestmark = pytest.mark.django_db
CLOSED = "The fair is closed. Demands and quotes can no longer be entered or changed."
FIELDS = {"kind": "goods", "text_en": "Pliers"}


@pytest.fixture
def demand(fair: Fair, buyer: Participation, person: User, clerk: User) -> Demand:
    """The open demand of a fair that is closed then."""
    demand = make_demand(buyer)
    Fair.objects.update(state="closed")
    return demand


def status(demand: Demand) -> str:
    return Demand.objects.with_status(fair_date(demand.fair, NOW)).get(pk=demand.pk).status


@pytest.mark.parametrize(
    ("fields", "expected"),
    [({}, "fair_closed"), ({"deadline": "2020-05-13"}, "expired"), ({"state": "closed"}, "closed")],
)
def test_what_was_open_is_said_to_be_of_a_closed_fair(demand: Demand, fields: dict[str, str], expected: str) -> None:
    Demand.objects.update(**fields)
    assert status(demand) == expected


def test_no_demand_goes_in(fair: Fair, demand: Demand, person: User) -> None:
    for client, route in ((browser(person), "add"), (browser(make_role(fair, Role.ORGANISER)), "take")):
        answers = [client.get(url(route, fair)), client.post(url(route, fair), FIELDS)]
        assert [(answer.status_code, CLOSED in answer.text) for answer in answers] == [(409, True)] * 2
    assert list(Demand.objects.all()) == [demand]


def test_no_demand_is_changed_opened_or_confirmed(fair: Fair, demand: Demand, person: User) -> None:
    client = browser(person)
    for state, route in (("open", "change"), ("closed", "reopen"), ("waiting", "confirm")):
        Demand.objects.update(state=state)
        answer = client.post(url(route, fair, demand.pk), {**FIELDS, "answer": "confirm"})
        assert (answer.status_code, CLOSED in answer.text) == (409, True)
        assert Demand.objects.get().state == state
    assert client.get(url("demand", fair, demand.pk)).status_code == 200


def test_no_picture_goes_in_or_out(fair: Fair, demand: Demand, person: User) -> None:
    picture, client = make_attachment(demand), browser(person)
    for route, rest in (("pictures", ()), ("picture_remove", (picture.pk,))):
        answer = client.post(url(route, fair, demand.pk, *rest))
        assert (answer.status_code, CLOSED in answer.text) == (409, True)
    assert list(demand.attachments.all()) == [picture]


def test_no_quote_goes_in_and_one_is_withdrawn(fair: Fair, demand: Demand, seller: Participation, clerk: User) -> None:
    sent = shown(words="Pliers", unit="pcs", figure="1.20", currency="USD", incoterm="FOB")
    assert browser(clerk).get(url("quote", fair, demand.pk)).context["form"] is None
    answer = browser(clerk).post(url("quote", fair, demand.pk), sent)
    assert (errors(answer), Quote.objects.exists()) == ({"__all__": [CLOSED]}, False)
    quote = make_quote(demand, seller, clerk)
    browser(clerk).post(url("withdraw", fair, demand.pk))
    quote.refresh_from_db()
    assert quote.newest
    assert quote.newest.withdrawn


def test_the_gap_list_stays(fair: Fair, demand: Demand) -> None:
    assert [(gap.heading, gap.demands) for gap in gaps(fair, NOW)] == [("8203", [demand])]


def test_pages_offer_nothing_that_is_refused(
    fair: Fair, demand: Demand, buyer: Participation, person: User, seller: Participation, clerk: User
) -> None:
    make_product(seller)
    quote = make_quote(demand, seller, clerk)
    waiting = make_demand(buyer, state="waiting")
    ask = reverse("meetings:request_make", args=[fair.slug, 0]).rpartition("0")[0]
    buying, selling = browser(person), browser(clerk)
    pages = [
        buying.get(url("own", fair)),
        buying.get(url("answers", fair, demand.pk)),
        buying.get(seller.booth.get_absolute_url()),
        buying.get(reverse("booths:recommended", args=[fair.slug])),
        selling.get(url("wanted", fair)),
        selling.get(url("demand", fair, demand.pk)),
        selling.get(url("quote", fair, demand.pk)),
        selling.get(reverse("booths:buyers", args=[fair.slug])),
        selling.get(reverse("booths:recommended", args=[fair.slug])),
        Client().get(seller.booth.get_absolute_url()),
    ]
    assert [page.status_code for page in pages] == [200] * len(pages)
    refused = [
        ask,
        url("add", fair),
        url("confirm", fair, waiting.pk),
        reverse("booth_office:product_add", args=[fair.slug]),
    ]
    assert [link for page in pages for link in refused if f'href="{link}' in page.text] == []
    assert "The fair is closed. You can no longer send a quote." in pages[6].text
    quote.delete()
    assert "Exhibitors can no longer send quotes for this demand." in buying.get(url("answers", fair, demand.pk)).text


@pytest.mark.parametrize("sheet", ["products", "staff"])
def test_no_spreadsheet_is_asked_for(fair: Fair, demand: Demand, clerk: User, sheet: str) -> None:
    page = browser(clerk).get(reverse(f"booth_office:{sheet}_import", args=[fair.slug]))
    assert ("The fair is closed. No file can be imported." in page.text, 'type="file"' in page.text) == (True, False)
