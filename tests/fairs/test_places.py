"""Whose clocks a person reads: their own first, then those of the people they meet."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from fairplatform.fairs.models import Fair
from fairplatform.fairs.places import places_for, places_of_company
from fairplatform.i18n.zones import usual_zone, zones_of
from tests.factories import (
    make_buyer,
    make_exhibitor,
    make_fair,
    make_participation,
    make_person,
    make_role,
    make_staff,
)

SHANGHAI, KARACHI, DUBAI = "Asia/Shanghai", "Asia/Karachi", "Asia/Dubai"


def zones(person: Any, fair: Fair | None, language: str = "en") -> list[str]:
    return [place.zone for place in places_for(person, fair, language)]


@pytest.fixture
def fair(db: None) -> Fair:
    return make_fair()


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", [KARACHI, SHANGHAI]), ("ur", [KARACHI, SHANGHAI]), ("zh-hans", [SHANGHAI, KARACHI])],
)
def test_a_visitors_place_is_where_their_language_is_at_home(fair: Fair, language: str, expected: list[str]) -> None:
    assert zones(AnonymousUser(), fair, language) == expected


@pytest.mark.parametrize("language", ["en", "ur", "zh-hans"])
def test_a_visitor_of_a_fair_of_other_countries_is_at_the_station(db: None, language: str) -> None:
    fair = make_fair(
        host_country="DE", host_zone="Europe/Berlin", station_country="US", station_zone="America/New_York"
    )
    assert zones(AnonymousUser(), fair, language) == ["America/New_York", "Europe/Berlin"]


def test_people_of_the_two_countries_read_their_own_clock_first(fair: Fair) -> None:
    assert zones(make_person(country="PK"), fair) == [KARACHI, SHANGHAI]
    assert zones(make_person(country="CN"), fair, "ur") == [SHANGHAI, KARACHI]


def test_a_person_who_sits_elsewhere_has_their_own_zone_and_the_partners(fair: Fair) -> None:
    agent = make_person(country="CN", zone=DUBAI)
    assert zones(agent, fair) == [DUBAI, KARACHI]


def test_a_person_from_a_third_country_reads_the_clock_of_the_other_side(fair: Fair) -> None:
    exhibitor, buyer = make_exhibitor(fair), make_buyer(fair)
    assert zones(make_staff(exhibitor, country="AE"), fair) == [DUBAI, KARACHI]
    assert zones(make_staff(buyer, country="AE"), fair) == [DUBAI, SHANGHAI]
    interpreter = make_role(fair, "interpreter")
    interpreter.country = "AE"
    assert zones(interpreter, fair) == [DUBAI, SHANGHAI, KARACHI]


def test_a_fair_within_one_country_has_the_zones_of_both_its_sides(db: None) -> None:
    fair = make_fair(
        host_country="US", host_zone="America/New_York", station_country="US", station_zone="America/Los_Angeles"
    )
    assert zones(make_person(country="US"), fair) == ["America/Los_Angeles", "America/New_York"]
    east = make_person(country="US", zone="America/New_York")
    assert zones(east, fair) == ["America/New_York", "America/Los_Angeles"]


def test_without_a_fair_there_is_the_persons_own_clock(db: None) -> None:
    assert zones(AnonymousUser(), None) == ["UTC"]
    assert zones(make_person(country="DE"), None) == ["Europe/Berlin"]
    assert zones(make_person(country="DE", zone=DUBAI), None) == [DUBAI]


def test_the_usual_zone_of_a_country_is_the_one_of_most_people() -> None:
    countries = ("CN", "PK", "AE", "US", "DE", "XX")
    assert [usual_zone(country) for country in countries] == [
        SHANGHAI, KARACHI, DUBAI, "America/New_York", "Europe/Berlin", "",
    ]  # fmt: skip
    assert zones_of("CN") == [SHANGHAI, "Asia/Urumqi"]


def test_a_company_of_a_third_country_reads_its_own_clock_and_that_of_the_other_side(fair: Fair) -> None:
    for sells, other in ((True, KARACHI), (False, SHANGHAI)):
        agent = make_participation(fair, sells=sells, country="AE", city="dubai")
        assert [place.zone for place in places_of_company(agent)] == [DUBAI, other]
