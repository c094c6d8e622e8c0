"""Fairs that differ in what makes schedules hard, each from its workbook to published meetings and calendar files."""

from pathlib import Path

import pytest
from django.test import Client

from fairplatform.fairs.models import Fair
from meetings.models import Meeting
from tests.meetings.calendar_reading import read
from tests.sizes import full

from .made_fairs import CITIES, KINDS, made_fair
from .rules import Rules, times
from .small_fair import exported, imported, run

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", range(full(5, small=1)))
@pytest.mark.parametrize("kind", KINDS)
def test_a_schedule_keeps_every_rule_and_so_do_the_calendar_files(
    kind: str, number: int, tmp_path: Path, client: Client
) -> None:
    sheets = made_fair(KINDS[kind], number)
    imported(tmp_path, sheets)
    (_, match), (status, report) = run("match", "small"), run("schedule", "small")
    assert status == 0
    drafted = exported()
    rules = Rules(sheets, drafted, CITIES)
    assert rules.broken() == []
    assert rules.unsaid(match, report) == set()
    assert len(drafted) == report["placed"] <= report["bound"]
    assert report["breaks_bound"] <= report["breaks"]
    status, published = run("publish", "small")
    assert (status, published["conflicts"]) == (0, [])
    assert exported() == [one | {"state": "confirmed"} for one in drafted]
    Fair.objects.update(state="open")
    for one in Meeting.objects.with_names():
        row = {"exhibitor": one.exhibitor.key, "buyer": one.buyer.key}
        (expected,) = (times(meeting) for meeting in drafted if row.items() <= meeting.items())
        for participant in one.participants.select_related("user"):
            client.force_login(participant.user)
            _calendar, events = read(client.get(f"/fairs/small/meetings/{one.pk}/meeting.ics").content)
            assert [event.times() for event in events] == [expected]
