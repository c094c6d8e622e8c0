"""Somebody of an exhibitor that the organisers have given no hall yet is told so, wherever the header leads them."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from fairplatform.accounts.models import Staff
from fairplatform.fairs.models import Participation
from tests.factories import make_buyer, make_demand, make_exhibitor, make_fair, make_staff

pytestmark = pytest.mark.django_db
SENTENCE = "The organisers have not given your company a hall yet. Your booth can be opened here once they have."


def without_hall(state: str) -> Participation:
    exhibitor = make_exhibitor(make_fair(state=state))
    exhibitor.booth.delete()
    Participation.objects.filter(pk=exhibitor.pk).update(hall=None)
    return exhibitor


@pytest.mark.parametrize(
    ("state", "route"),
    [
        ("open", "booths:my_booth"),
        ("open", "demands:wanted"),
        ("draft", "booth_office:booth"),
        ("open", "booth_office:products"),
        ("open", "booth_office:files"),
        ("open", "booth_office:staff"),
    ],
)
def test_an_exhibitor_without_a_hall_is_told_so(state: str, route: str) -> None:
    exhibitor = without_hall(state)
    client = Client()
    client.force_login(make_staff(exhibitor))
    page = client.get(reverse(route, args=[exhibitor.fair.slug]))
    said = re.findall(r'<p class="empty__(?:what|do)">(.*?)</p>', page.text)
    assert (page.status_code, said) == (409, ["No booth yet", SENTENCE])


@pytest.mark.parametrize("route", ["booth_office:booth", "booths:my_booth"])
def test_who_exhibits_nothing_has_no_such_page(route: str) -> None:
    buyer = make_buyer(make_fair())
    client = Client()
    client.force_login(make_staff(buyer))
    assert client.get(reverse(route, args=[buyer.fair.slug])).status_code == 404


def test_a_person_of_several_exhibitors_reads_whose_pages_they_are() -> None:
    fair = make_fair()
    first, second = make_exhibitor(fair), make_exhibitor(fair)
    person = make_staff(first)
    client, page = Client(), reverse("booth_office:products", args=[fair.slug])
    demand = make_demand(make_buyer(fair))
    quote = reverse("demands:quote", args=[fair.slug, demand.pk])
    client.force_login(person)
    said = ("You work for several exhibitors of this fair.", "You quote for")
    assert [sentence in client.get(one).text for sentence, one in zip(said, (page, quote), strict=True)] == [False] * 2
    Staff.objects.create(company=second.company, user=person, position="sales")
    for sentence, one in zip(said, (page, quote), strict=True):
        text = client.get(one).text
        after = text[text.index(sentence) :]
        assert after.index(str(first.company.name)) < len(sentence) + 200
    assert str(second.company.name) in client.get(page).text
