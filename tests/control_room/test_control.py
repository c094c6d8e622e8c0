"""The control room: its page, its head; for the fair's organisers alone."""

import json
import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fairplatform.accounts.models import User
from fairplatform.control_room.snapshot import snapshot
from fairplatform.fairs.models import Fair
from meetings.figures.protocol import Tile
from meetings.models import Meeting, OutcomeVersion
from meetings.outcomes.actions import confirm, submit
from meetings.outcomes.content import Content
from tests.factories import NOW, actor, make_fair, make_role, make_slots
from tests.meetings.cases import MeetingCase, make_case, minutes, order


@pytest.fixture
def fair(db: None) -> Fair:
    return make_fair()


def agree(case: MeetingCase, terms: Content, at: datetime) -> None:
    submit(actor(case.buyer), meeting=case.meeting.pk, base=None, content=terms, now=at)
    version = OutcomeVersion.objects.get(outcome__meeting=case.meeting)
    confirm(actor(case.seller), meeting=case.meeting.pk, version=version.pk, now=at)


def browser(person: User, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(person)
    return client


def keys(tiles: list[Tile]) -> set[int]:
    return {tile.meeting for tile in tiles}


def test_snapshot_holds_this_slot_and_the_next(fair: Fair) -> None:
    slots = make_slots(fair, first=NOW - minutes(33), number=4)
    over, running, coming, later = (make_case(fair, slot).meeting for slot in slots)
    missed, cancelled = make_case(fair, slots[1]).meeting, make_case(fair, slots[1]).meeting
    Meeting.objects.filter(pk=missed.pk).update(state="missed", missed_because="both")
    Meeting.objects.filter(pk=cancelled.pk).update(state="cancelled")
    Meeting.objects.filter(pk=over.pk).update(state="held")
    found = snapshot(fair, NOW)
    assert keys(found.tiles) == {running.pk, coming.pk}
    assert found.next is not None
    assert found.next.starts_at == slots[2].starts_at
    assert later.pk not in keys(found.tiles)


def test_snapshot_keeps_an_extended_meeting(fair: Fair) -> None:
    slot = make_slots(fair, first=NOW - minutes(27), number=1)[0]
    meeting = make_case(fair, slot).meeting
    Meeting.objects.filter(pk=meeting.pk).update(extended_minutes=5)
    assert keys(snapshot(fair, NOW).tiles) == {meeting.pk}
    assert snapshot(fair, NOW).next is None


def test_snapshot_has_nothing_that_the_page_fetches_as_html(fair: Fair) -> None:
    case = make_case(fair, make_slots(fair)[0])
    case.attend(case.seller, "exhibitor", since=NOW)
    agree(case, order(), NOW)
    found = json.loads(snapshot(fair, NOW).model_dump_json())
    assert set(found) == {"now", "tiles", "lobby", "next"}


def test_snapshot_takes_the_same_queries_for_one_meeting_and_for_five(fair: Fair) -> None:
    slots = make_slots(fair)
    counts = []
    for number in (1, 4):
        for _ in range(number):
            agree(make_case(fair, slots[0]), order(), NOW)
        with CaptureQueriesContext(connection) as queries:
            snapshot(fair, NOW)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("path", ["", "figures/"])
def test_pages_are_for_organisers_alone(fair: Fair, path: str) -> None:
    url = f"/fairs/{fair.slug}/control/{path}"
    assert browser(make_role(fair, "organiser")).get(url).status_code == 200
    case = make_case(fair, make_slots(fair)[0])
    assert browser(case.seller).get(url).status_code == 403
    assert Client().get(url).headers["location"].startswith("/accounts/login/")


def test_money_of_each_kind_and_currency_stands_alone(fair: Fair) -> None:
    slot = make_slots(fair, first=timezone.now() - timedelta(minutes=5))[0]
    for terms in (order(), order(8_000_000, currency="CNY"), Content(kind="mou"), Content(kind="contact")):
        agree(make_case(fair, slot), terms, timezone.now())
    page = browser(make_role(fair, "organiser")).get(f"/fairs/{fair.slug}/control/figures/").content.decode()
    shown = re.findall(r"<dt>([^<]*)</dt><dd>(?:<[^>]*>)*([^<]*)", page)
    assert [(kind, words.replace("\xa0", " ")) for kind, words in shown] == [
        ("Order · 1", "CNY 80,000"),
        ("Order · 1", "USD 31,500"),
    ]
    assert re.search(r"Contact kept 1 · Memorandum of understanding 1", page)


@pytest.mark.parametrize("language", ["en", "zh-hans", "ur"])
def test_the_wall_names_nobody(fair: Fair, language: str) -> None:
    case = make_case(fair, make_slots(fair, first=timezone.now() - timedelta(minutes=5))[0])
    agree(case, order(), timezone.now())
    organiser = make_role(fair, "organiser")
    wall = browser(organiser, language).get(f"/fairs/{fair.slug}/control/", {"wall": "1"}).content.decode()
    room = browser(organiser, language).get(f"/fairs/{fair.slug}/control/").content.decode()
    for side in ("exhibitor", "buyer"):
        name = case.meeting.company_of(side).name[language]
        assert name in room
        assert name not in wall


def test_the_strip_of_the_next_slot_can_be_scrolled_by_keyboard(fair: Fair) -> None:
    page = browser(make_role(fair, "organiser")).get(f"/fairs/{fair.slug}/control/").content.decode()
    [strip] = re.findall(r'<[^>]*class="next-slot"[^>]*>', page)
    assert ('tabindex="0"' in strip, 'role="group"' in strip, "aria-label=" in strip) == (True, True, True)
