"""Every time on a page is shown on both countries' clocks: the reader's own, and the partner's."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chat.actions import post_message
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import LANGUAGES
from fairplatform.i18n.times import format_clock
from meetings.outcomes.actions import submit
from tests.factories import actor
from tests.matrix.routes import ROUTES
from tests.matrix.world import World, make_world
from tests.meetings.cases import order
from tests.page_language import ROOTS

HOUR = re.compile(r"(?<![\d.])\d{1,2}:\d\d(?!\d)")
# Of somebody from a third country: their own clock, then those of both countries.
THREE = re.compile(rf"{HOUR.pattern}[^()\n]*\([^()\n]*{HOUR.pattern}[^()\n]*·[^()\n]*{HOUR.pattern}[^()\n]*\)")
# The zones of exhibitors and buyers, by country.
FAIRS = {
    "China and Pakistan": {"CN": "Asia/Shanghai", "PK": "Asia/Karachi"},
    "China and the Emirates": {"CN": "Asia/Shanghai", "AE": "Asia/Dubai"},
    "Germany and America": {"DE": "Europe/Berlin", "US": "America/New_York"},
}
READ = {route: row for route, row in ROUTES.items() if "GET" in row.acts}
CLOCKS = ("Asia/Karachi", "Asia/Shanghai")
# What shows a time to one of them at least, whatever the hour is.
SHOWN = {
    "pages:fair", "booths:booth", "chat:conversations", "chat:conversation", "notices:notices",
    "meetings:day", "meetings:requests", "meetings:meeting", "meetings:room", "meetings:outcome", "meetings:cancel",
}  # fmt: skip
SKIPPED = ("script", "style", "fair-countdown")  # no words, and time that is left


class Times(HTMLParser):
    """The instants of a page, each with its words; and the hours that stand somewhere else."""

    def __init__(self) -> None:
        super().__init__()
        self.marked: list[tuple[str, str]] = []
        self.bare: list[str] = []
        self.inside = ""
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.skipped += tag in SKIPPED
        if tag == "time" and "T" in (instant := dict(attrs).get("datetime") or ""):
            self.inside = instant

    def handle_endtag(self, tag: str) -> None:
        self.skipped -= tag in SKIPPED
        self.inside = "" if tag == "time" else self.inside

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.marked.append((self.inside, data))
        elif not self.skipped and HOUR.search(data):
            self.bare.append(data.strip())


# Sheets for readers of several languages, each of whom has their own clock first.
PAPERS = {"meetings:brief"}


def wrong(html: str, clocks: Sequence[str], language: str) -> list[object]:
    """The times that are shown alone, or in another order than these clocks: the own one, the other."""
    times = Times()
    times.feed(html)
    found: list[object] = []
    marked = times.marked
    while marked:
        at = marked[0][0]
        instant = datetime.fromisoformat(at)
        both = [(at, format_clock(instant, zone, language)) for zone in clocks]
        # With its date before it, where that is not the day it is listed under.
        is_both = len(marked) > 1 and all(
            one == at and f" {words}".endswith(f" {clock}")
            for (one, words), (at, clock) in zip(marked[:2], both, strict=True)
        )
        found += [] if is_both else [marked[0]]
        marked = marked[2 if is_both else 1 :]
    # Sentences name both in words.
    return found + [words for words in times.bare if len(HOUR.findall(THREE.sub("", words))) % 2]


def fill(world: World) -> None:
    """Adds messages and outcomes, whose times the pages show."""
    now = timezone.now()
    post_message(
        actor(world.person("buyer")), conversation=world.things["conversation"].pk, client_id=uuid4(), body="?", now=now
    )
    stated = {"meeting": world.things["meeting"].pk, "base": None, "content": order(), "now": now}
    submit(actor(world.person("buyer")), **stated)
    type(world.things["request"]).objects.update(made_at=now - timedelta(hours=1))


def test_a_lone_time_is_noticed() -> None:
    here, there = '<time datetime="2020-05-14T07:03:00+00:00">12:03</time>', "2020-05-14T07:03:00+00:00"
    assert wrong(f'{here} (<time datetime="{there}">15:03</time>)', CLOCKS, "en") == []
    assert wrong(here, CLOCKS, "en") == [(there, "12:03")]
    assert wrong(f'<time datetime="{there}">15:03</time> {here}', CLOCKS, "en") != []
    assert wrong("<p>until 12:03</p>", CLOCKS, "en") == ["until 12:03"]


def place(world: World, zones: dict[str, str]) -> dict[str, tuple[str, Sequence[str]]]:
    """Holds the fairs between these countries; returns in which language, and on whose clocks, three people read.

    Each of them reads each of the three fairs in another language.
    """
    (host, host_zone), (station, station_zone) = zones.items()
    # The other fair too: a page of no fair in particular is in the newest one.
    Fair.objects.update(host_country=host, host_zone=host_zone, station_country=station, station_zone=station_zone)
    for name, country in (("seller", host), ("buyer", station), ("organiser", station)):
        User.objects.filter(pk=world.people[name].pk).update(country=country)
    of_buyers = (station_zone, host_zone)
    turn = list(FAIRS.values()).index(zones)
    languages = [*ROOTS, *ROOTS][turn : turn + 3]
    clocks = ((host_zone, station_zone), of_buyers, of_buyers)
    return dict(zip(("seller", "buyer", "organiser"), zip(languages, clocks, strict=True), strict=True))


@pytest.mark.django_db
@pytest.mark.parametrize("zones", FAIRS.values(), ids=FAIRS)
def test_every_time_of_every_page_is_shown_on_both_clocks(zones: dict[str, str]) -> None:
    world = make_world()
    fill(world)
    lone, shown = {}, set()
    for name, (language, clocks) in place(world, zones).items():
        reader = Client()
        reader.force_login(world.person(name))
        reader.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        for route, row in READ.items():
            answer = reader.get(reverse(route, args=row.arguments(world)))
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                html = answer.content.decode()
                main = html.partition("<main")[2] or html
                shown |= {route} if HOUR.search(main) else set()
                found = wrong(html, clocks, language)
                if route in PAPERS:
                    as_read = [wrong(html, order, each) for each in LANGUAGES for order in (clocks, clocks[::-1])]
                    found = [time for time in found if all(time in every for every in as_read)]
                if found:
                    lone[route, name] = found
    assert lone == {}
    assert SHOWN - shown == set()


def test_scripts_print_an_hour_through_the_helper_for_both_clocks() -> None:
    scripts = Path(settings.ROOT, "frontend/static/js").rglob("*.js")
    alone = {path.name for path in scripts if re.search(r"\bclock\(", path.read_text())}
    # The place where both are made, and the two clocks of the frame.
    assert alone == {"language.js", "clock.js"}
