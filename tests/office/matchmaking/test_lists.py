"""Organisers match, and read who meets whom, who does not and why."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairplatform.fairs.models import Participation, RecruitingUnit, SoleAgency
from meetings.models import Match
from tests.factories import (
    make_buyer,
    make_demand,
    make_product,
    three,
)
from tests.office.matchmaking.matched import ends, matched, name, pinned, wished
from tests.office.office import Office

pytestmark = pytest.mark.django_db


def test_a_fair_without_companies_says_what_is_needed(office: Office) -> None:
    for route in ("matching", "matching_left_out", "matching_below"):
        page = office.get(route)
        assert ("Nobody to match yet" in page, "Run the matching" in page) == (True, False)


def test_one_press_matches_and_the_list_says_who_and_why(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    assert "Not matched yet" in office.get("matching")
    matched(office)
    assert ends(office) == [(name(seller), name(buyer))]
    page = office.get("matching")
    assert [text in page for text in ("Same HS code", "Last run", "out of date")] == [True, True, False]
    matched(office)
    assert Match.objects.count() == 1


def test_a_matching_without_a_pair_says_why(office: Office, seller: Participation, buyer: Participation) -> None:
    matched(office)
    assert "No pair was matched" not in office.get("matching")
    Participation.objects.filter(pk=seller.pk).update(max_meetings=0)
    matched(office)
    page = office.get("matching")
    sentence = "All exhibitors already have as many meetings as they may. Raise their highest number of meetings."
    assert [text in page for text in ("No pair was matched", sentence)] == [True, True]


def changed(office: Office) -> list[str]:
    found: list[str] = office.client.get(f"/fairs/{office.fair.slug}/organise/matching/").context["changed"]
    return found


def test_what_has_changed_since_is_named(office: Office, seller: Participation, buyer: Participation) -> None:
    matched(office)
    assert changed(office) == []
    product = make_product(seller, "Wrenches", hs6="820411")
    assert changed(office) == ["Products and demands"]
    matched(office)
    product.place = "shanghai"
    product.save()
    assert changed(office) == ["Products and demands"]
    wished(office, buyer, seller, "must")
    Participation.objects.filter(pk=seller.pk).update(max_meetings=4)
    assert changed(office) == ["Companies", "Products and demands", "Wishes"]
    matched(office)
    assert changed(office) == []


def test_pairs_are_narrowed_by_company_hall_unit_and_origin(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    unit = RecruitingUnit.objects.create(fair=office.fair, key="lahore", name=three("Lahore Chamber"), country="PK")
    other = make_buyer(office.fair)
    Participation.objects.filter(pk=other.pk).update(unit=unit)
    make_demand(other)
    pinned(office, seller, buyer)
    matched(office)
    first, second = (name(seller), name(buyer)), (name(seller), name(other))
    assert ends(office) == sorted([first, second], key=lambda both: both[1])
    assert ends(office, q=name(other)) == ends(office, unit=str(unit.pk)) == ends(office, origin="score") == [second]
    assert ends(office, origin="pair") == [first]
    assert ends(office, hall="1") == ends(office)
    assert ends(office, q="nobody") == []


def test_a_page_of_pairs_reads_the_same_for_few_and_for_many(office: Office, seller: Participation) -> None:
    def queries() -> int:
        matched(office)
        with CaptureQueriesContext(
            connection,
        ) as found:
            office.get("matching")
        return len(found)

    make_demand(make_buyer(office.fair))
    few = queries()
    for _ in range(4):
        other = make_buyer(office.fair)
        make_demand(other)
        wished(office, seller, other, "would")
        pinned(office, seller, other)
    assert queries() == few
    assert len(ends(office)) == 5


def test_what_cannot_be_is_listed_with_its_cause(office: Office, seller: Participation, buyer: Participation) -> None:
    pinned(office, seller, buyer)
    SoleAgency.objects.create(participation=buyer, principal=seller)
    matched(office)
    page = office.get("matching_left_out")
    assert [text in page for text in (name(seller), name(buyer), "One of the two is the sole agent")] == [True] * 3
    assert ends(office) == []


def test_companies_below_the_floor_have_a_cause_and_the_page_that_mends_it(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    silent = make_buyer(office.fair)
    matched(office)
    page = office.get("matching_below")
    assert "Nothing is known of what it looks for. Enter its demands or HS codes." in page
    assert f'href="/fairs/{office.fair.slug}/organise/companies/{silent.pk}/"' in page
    assert "0 of at least 1" in page
    assert (name(silent) in page, name(seller) in page) == (True, False)
