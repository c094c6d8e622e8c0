"""The schedule of the demonstration is a published version, which its organisers can change."""

from datetime import timedelta

import pytest

from fairplatform.demo.demonstration import load_demonstration
from fairplatform.demo.personas import persona_user
from fairplatform.errors import Refused
from fairplatform.scheduling.watch import Watch
from meetings.models import Meeting, PlannedMeeting, ScheduleVersion
from meetings.versions.differences import differences
from meetings.versions.publishing import publish_draft
from meetings.versions.rerunning import movable_meetings, rerun_published
from meetings.versions.withdrawing import unpublish
from tests.factories import actor

from .conftest import OPENING

TOMORROW = OPENING + timedelta(days=1, hours=2)


def times(fair):
    rows = PlannedMeeting.objects.filter(version__fair=fair, meeting__isnull=False)
    return dict(rows.values_list("meeting", "starts_at"))


def test_every_meeting_has_its_row_at_its_time_also_a_day_later(fair):
    for now in (OPENING, TOMORROW):
        load_demonstration(now)
        meetings = fair.meetings.exclude(state=Meeting.State.CANCELLED)
        assert times(fair) == dict(meetings.values_list("pk", "slot__starts_at"))
        [version] = ScheduleVersion.objects.filter(fair=fair)
        assert (version.number, version.state, version.rows.count()) == (1, "published", len(times(fair)))


def test_what_has_begun_is_not_taken_back_and_what_is_to_come_can_be_made_again(fair):
    organiser = actor(persona_user("organiser")[0])
    with pytest.raises(Refused, match="published_begun"):
        unpublish(organiser, fair=fair.pk, number=1, now=OPENING)
    ahead = movable_meetings(fair, OPENING)
    assert ahead
    made = rerun_published(fair, now=OPENING, watch=Watch(seconds=0), begins=lambda: None)
    assert {row.existing_id for row in made.rows.exclude(existing=None)} == {one.pk for one in ahead}
    found = differences(made)
    assert (found.moved, found.gone) == ([], [])
    assert publish_draft(fair, now=OPENING, actor=organiser).conflicts == ()
    load_demonstration(TOMORROW)
    assert times(fair) == dict(
        fair.meetings.exclude(state=Meeting.State.CANCELLED).values_list("pk", "slot__starts_at")
    )
