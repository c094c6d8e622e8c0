"""The clocks around every page: those of its fair's two zones, the reader's own first, for its scripts too."""

import json
import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils.translation import gettext, override

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair
from tests.factories import make_buyer, make_exhibitor, make_fair, make_person, make_role, make_staff

pytestmark = pytest.mark.django_db

BETWEEN = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)  # America has changed its clocks, Europe not yet
AFTER = datetime(2026, 3, 30, 14, 0, tzinfo=UTC)
NAMES = {"en": ("New York", "Berlin"), "zh-hans": ("纽约", "柏林"), "ur": ("نیو یارک", "برلن")}


def make_western_fair(**fields: Any) -> Fair:
    zones = {"host_zone": "Europe/Berlin", "station_zone": "America/New_York"}
    return make_fair(**{"host_country": "DE", "station_country": "US", **zones, **fields})


def make_interpreter(fair: Fair, country: str) -> User:
    person = make_role(fair, "interpreter")
    person.country = country
    person.save()
    return person


def page_of(fair: Fair, client: Client, now: datetime = AFTER) -> str:
    with time_machine.travel(now, tick=False):
        return client.get(f"/fairs/{fair.slug}/").text


def header(page: str) -> list[tuple[str, str, str]]:
    """Zone, its name and the time of each clock in the header."""
    found = re.findall(
        r'<fair-clock[^>]* zone="([^"]*)"><span>([^<]*)</span> <time[^>]*>([^<]*)<', page, flags=re.DOTALL
    )
    return list(dict.fromkeys(found))


def for_scripts(page: str) -> list[list[str]]:
    stated = re.search(r'data-clocks="([^"]*)"', page)
    assert stated
    zones: list[list[str]] = json.loads(unescape(stated[1]))
    return zones


@pytest.mark.parametrize("language", NAMES)
def test_the_header_and_scripts_have_the_fairs_zones_by_name(client: Client, language: str) -> None:
    fair = make_western_fair()
    client.cookies["django_language"] = language
    with override(language):
        names = [gettext("%(city)s time") % {"city": city} for city in NAMES[language]]
    page = page_of(fair, client)
    assert [name for _zone, name, _clock in header(page)] == names
    assert for_scripts(page) == [["America/New_York", names[0]], ["Europe/Berlin", names[1]]]


@pytest.mark.parametrize(("now", "clocks"), [(BETWEEN, ["10:00", "15:00"]), (AFTER, ["10:00", "16:00"])])
def test_clocks_follow_each_zones_own_change(client: Client, now: datetime, clocks: list[str]) -> None:
    assert [clock for *_, clock in header(page_of(make_western_fair(), client, now))] == clocks


def test_one_clock_is_shown_where_both_zones_show_the_same(client: Client) -> None:
    fair = make_western_fair(station_country="FR", station_zone="Europe/Paris")
    assert header(page_of(fair, client)) == [("Europe/Paris", "Paris time", "16:00")]
    # Scripts may show an instant at which they differ.
    assert [zone for zone, _name in for_scripts(page_of(fair, client))] == ["Europe/Paris", "Europe/Berlin"]


def test_a_cached_header_is_nobody_elses() -> None:
    fair = make_fair()
    people = {
        make_person(country="PK"): ["Asia/Karachi", "Asia/Shanghai"],
        make_person(country="CN"): ["Asia/Shanghai", "Asia/Karachi"],
        make_person(country="CN", zone="Asia/Dubai"): ["Asia/Dubai", "Asia/Karachi"],
        make_staff(make_exhibitor(fair), country="AE"): ["Asia/Dubai", "Asia/Karachi"],
        make_staff(make_buyer(fair), country="AE"): ["Asia/Dubai", "Asia/Shanghai"],
        make_interpreter(fair, country="AE"): ["Asia/Dubai", "Asia/Shanghai", "Asia/Karachi"],
    }
    for _twice in range(2):
        for person, zones in people.items():
            client = Client()
            client.force_login(person)
            assert [zone for zone, *_ in header(page_of(fair, client))] == zones


def test_a_changed_zone_of_the_fair_is_shown_at_once(client: Client) -> None:
    fair = make_western_fair()
    page_of(fair, client)
    fair.station_zone = "America/Chicago"
    fair.save()
    assert [zone for zone, *_ in header(page_of(fair, client))] == ["America/Chicago", "Europe/Berlin"]


def test_a_page_of_no_fair_shows_the_readers_own_clock() -> None:
    client = Client()
    client.force_login(make_person(country="DE"))
    with time_machine.travel(AFTER, tick=False):
        page = client.get("/notices/").text
    assert header(page) == [("Europe/Berlin", "Berlin time", "16:00")]
