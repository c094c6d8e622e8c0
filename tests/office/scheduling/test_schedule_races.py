"""Two organisers at the same schedule at the same moment: one succeeds, the other is told."""

from collections import Counter

import pytest
from django.utils import timezone

from fairplatform.fairs.models import Fair
from fairplatform.policy import Role
from meetings.models import Meeting, PlannedMeeting, Run, ScheduleVersion
from meetings.running import Pulse
from meetings.versions.moving import Targets, move_planned
from meetings.versions.publishing import publish_draft, stamp
from meetings.versions.withdrawing import unpublish
from meetings.working import work
from tests.factories import NOW, actor, make_role
from tests.racing import DONE, at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.either("meetings.versions.drafting")]


def test_a_meeting_is_moved_by_one_of_two(drafted: Fair) -> None:
    rows = PlannedMeeting.objects.filter(is_pinned=False, not_placed="").select_related(
        "version__fair", "exhibitor", "buyer"
    )
    row = rows[0]
    first, second = [one.slot.starts_at for one in Targets(row, NOW).every if not one.hindrances and not one.is_now][:2]
    one, other = (actor(make_role(drafted, Role.ORGANISER)) for _ in range(2))
    found = at_once(
        lambda: move_planned(one, fair=drafted.pk, planned=row.pk, starts_at=first, revision=0, now=NOW),
        lambda: move_planned(other, fair=drafted.pk, planned=row.pk, starts_at=second, revision=0, now=NOW),
    )
    assert found == Counter([DONE, "planned_changed"])
    row.refresh_from_db()
    assert row.revision == 1


def test_a_draft_is_published_and_taken_back_once(drafted: Fair) -> None:
    version = ScheduleVersion.objects.get()
    seen, now = stamp(version), timezone.now()
    one, other = (actor(make_role(drafted, Role.ORGANISER)) for _ in range(2))
    found = at_once(
        lambda: publish_draft(drafted, now=now, actor=one, seen=seen),
        lambda: publish_draft(drafted, now=now, actor=other, seen=seen),
    )
    assert found == Counter([DONE, "draft_none"])
    assert Meeting.objects.count() == version.rows.filter(not_placed="").count()
    found = at_once(
        lambda: unpublish(one, fair=drafted.pk, number=1, now=now),
        lambda: unpublish(other, fair=drafted.pk, number=1, now=now),
    )
    assert found == Counter([DONE, "not_found"])
    assert Meeting.objects.filter(state="cancelled").count() == Meeting.objects.count()


def test_of_two_processes_of_a_run_one_stores(drafted: Fair) -> None:
    before, now = ScheduleVersion.objects.get(), timezone.now()
    who = make_role(drafted, Role.ORGANISER)
    run = Run.objects.create(fair=drafted, user=who, started_at=now, heard_at=now)
    again = [Run.objects.select_related("fair").get(pk=run.pk) for _ in range(2)]
    assert at_once(*(lambda one=one: work(one, Pulse(one)) for one in again)) == Counter({DONE: 2})
    run.refresh_from_db()
    assert run.state == "done"
    assert run.version == ScheduleVersion.objects.get()
    assert run.version != before
