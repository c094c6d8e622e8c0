"""Of two companies that buy, one that also sells reads only what it could deliver."""

from typing import Any

import pytest
from django.urls import reverse

from booths.models import Demand
from booths.search_index import index_again
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, Participation
from tests.demands.pages import browser, url
from tests.factories import make_attachment, make_demand, make_exhibitor, make_product, make_quote, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def rival(seller: Participation, clerk: User) -> User:
    """Sells pliers, and buys."""
    make_product(seller, hs6="820320")
    Participation.objects.filter(pk=seller.pk).update(buys=True)
    return clerk


@pytest.mark.parametrize(
    ("code", "is_seen"),
    [("820320", True), ("82034000", True), ("8203", True), ("82", True), ("820411", False), ("84", False), ("", False)],
)
def test_they_see_what_is_under_a_heading_that_they_show(
    fair: Fair, buyer: Participation, rival: User, code: str, is_seen: bool
) -> None:
    demand = make_demand(buyer, hs_code=code)
    seen = Demand.objects.visible_to(rival).filter(pk=demand.pk).exists()
    assert (seen, bool(demand.roles_of(rival))) == (is_seen, is_seen)


def test_a_product_of_another_fair_or_shown_nowhere_opens_nothing(
    fair: Fair, buyer: Participation, seller: Participation, rival: User
) -> None:
    demand, product = make_demand(buyer, hs_code="830110"), make_product(seller, hs6="830140")
    assert demand.roles_of(rival)
    product.displays.all().delete()
    assert not demand.roles_of(rival)


def test_who_has_quoted_reads_on(fair: Fair, buyer: Participation, seller: Participation, rival: User) -> None:
    demand = make_demand(buyer, hs_code="830110")
    make_quote(demand, seller, rival)
    assert browser(rival).post(url("withdraw", fair, demand.pk)).status_code == 302
    assert [quote.newest.withdrawn for quote in demand.quotes.all() if quote.newest] == [True]


def test_one_person_of_two_companies_is_a_rival_too(fair: Fair, buyer: Participation, seller: Participation) -> None:
    make_product(seller, hs6="820320")
    person = make_staff(seller)
    hidden = make_demand(buyer, hs_code="830110")
    assert hidden.roles_of(person)
    other = make_exhibitor(fair)
    Participation.objects.filter(pk=other.pk).update(sells=False, buys=True)
    other.company.staff.create(user=person)
    assert not hidden.roles_of(User.objects.get(pk=person.pk))


def test_no_page_shows_them_anything_else(fair: Fair, buyer: Participation, rival: User) -> None:
    """Neither the list and its filters, nor the page, the pictures, the search or the list of buyers."""
    demands = [make_demand(buyer, f"Steel {code} wanted", hs_code=code) for code in ("820320", "830110")]
    index_again([buyer.company_id])
    addresses = [
        url("wanted", fair),
        f"{url('wanted', fair)}?show=all",
        reverse("booths:buyers", args=[fair.slug]),
        f"{reverse('booths:search', args=[fair.slug])}?q=wanted",
    ]
    client = browser(rival)
    pages = [client.get(address).content.decode() for address in addresses]
    assert [("Steel 820320" in page, "Steel 830110" in page) for page in pages] == [(True, False)] * len(addresses)
    kept: dict[str, Any] = {route: [] for route in ("demand", "quote")}
    for route, demand in ((route, demand) for route in kept for demand in demands):
        kept[route].append(client.get(url(route, fair, demand.pk)).status_code)
    assert kept == {"demand": [200, 404], "quote": [200, 404]}
    assert [make_attachment(demand).roles_of(rival) != frozenset() for demand in demands] == [True, False]


@pytest.mark.parametrize(("buys", "is_told"), [(True, False), (False, True)])
def test_no_buyer_is_recommended_for_a_demand_that_is_not_for_the_reader(
    fair: Fair, buyer: Participation, seller: Participation, rival: User, buys: bool, is_told: bool
) -> None:
    """Neither by its goods, of which the company only says that it sells them, nor by its type of cooperation."""
    own = {"buys": buys, "offers": ["8204"], "cooperation": ["goods", "agency"]}
    Participation.objects.filter(pk=seller.pk).update(**own)
    make_demand(buyer, "Spanners wanted", hs_code="820411", quantity=777, unit="pcs")
    make_demand(buyer, "Somebody in Ningbo", hs_code="", kind="agency")
    for route in ("recommended", "recommended_in_short"):
        page = browser(rival).get(reverse(f"booths:{route}", args=[fair.slug])).text
        assert [told in page for told in (str(buyer.company.name), "8204 ", "777 pieces")] == [is_told] * 3


@pytest.mark.parametrize("buys", [True, False])
def test_a_buyer_is_recommended_for_what_it_tells_all_exhibitors(
    fair: Fair, buyer: Participation, seller: Participation, rival: User, buys: bool
) -> None:
    Participation.objects.filter(pk=seller.pk).update(buys=buys)
    Participation.objects.filter(pk=buyer.pk).update(wants=["8203"])
    page = browser(rival).get(reverse("booths:recommended", args=[fair.slug])).text
    assert (str(buyer.company.name) in page, "Same HS heading" in page) == (True, True)


def test_exhibitors_alone_read_all(fair: Fair, buyer: Participation, clerk: User) -> None:
    demand = make_demand(buyer, "Pumps", hs_code="8413")
    page = browser(clerk).get(f"{url('wanted', fair)}?show=all").content.decode()
    assert ("Pumps" in page, "Because your company also buys" in page) == (True, False)
    assert demand.roles_of(clerk) == {"exhibitor"}
