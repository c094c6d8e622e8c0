"""A matching works in a process of its own, and says how far it is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import AuditEntry
from fairplatform.errors import Refused
from fairplatform.fairs.models import Participation
from fairplatform.policy import Role
from fairplatform.scheduling.watch import Watch
from meetings.matching.making import make_match
from meetings.models import Match, Run, ScheduleVersion
from meetings.running import Pulse, start_run
from meetings.versions.drafting import make_draft
from meetings.working import work
from tests.factories import (
    NOW,
    make_role,
)
from tests.office.matchmaking.matched import matched, said
from tests.office.office import Office
from tests.office.runs import at_work, finished

pytestmark = pytest.mark.django_db


def test_a_second_organiser_is_told_of_the_run_and_both_see_how_far_it_is(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    office.post("matching_run")
    run = at_work(office.fair)
    assert run.user == office.person
    for route in ("matching", "matching_left_out", "matching_below"):
        page = office.get(route)
        assert "The companies are being matched: reading companies, calendars and wishes." in page
        assert "every 1s" in page
    pulse = Pulse(run)
    pulse.watch.most = 1200
    pulse.watch.tell("compare", (0, 500, 0, 0))
    pulse.beat()
    other = Office(office.client, office.fair)
    assert "500 of 1200 pairs of companies compared." in other.get("matching")
    assert said(other.post("matching_run")) == [str(Refused("match_running").sentence)]
    assert said(other.post("schedule_make", kind="new"))[-1:] == [str(Refused("match_running").sentence)]
    work(run, pulse)
    page = other.get("matching")
    assert ("every 1s" in page, "Same HS code" in page) == (False, True)


def test_the_log_names_who_matched_and_for_whom(office: Office, seller: Participation, buyer: Participation) -> None:
    organiser, proxy = office.person, make_role(office.fair, Role.ORGANISER)
    start_run(Actor(proxy, on_behalf_of=organiser), fair=office.fair.pk, kind="match", now=NOW)
    finished(office.fair)
    match = Match.objects.get()
    entry = AuditEntry.objects.get(object=f"meetings.match:{match.pk}")
    assert (entry.actor, entry.on_behalf_of, entry.permission) == (proxy, organiser, "fair.organise")
    assert entry.after == {"matched": 1}


def test_a_run_tells_how_far_it_is(office: Office, seller: Participation, buyer: Participation) -> None:
    told: list[tuple[str, int]] = []
    watch = Watch(progress=lambda step, score: told.append((step, score[1])))
    make_match(office.fair, now=NOW, watch=watch)
    assert (told, watch.most) == ([("compare", 0), ("choose", 1)], 1)


def test_a_matching_that_is_stopped_changes_nothing(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    matched(office)
    before = Match.objects.get()
    office.post("matching_run")
    office.post("matching_stop")
    assert "It is being stopped." in office.get("matching")
    run = at_work(office.fair)
    pulse = Pulse(run)
    pulse.beat()
    work(run, pulse)
    run.refresh_from_db()
    assert (run.state, run.refusal) == ("failed", "match_stopped")
    assert Match.objects.get() == before
    page = office.get("matching")
    assert [text in page for text in ("The matching was stopped.", "Same HS code")] == [True, True]


def test_a_matching_whose_process_is_gone_is_said_to_have_failed(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    office.post("matching_run")
    run = at_work(office.fair)
    Run.objects.update(heard_at=timezone.now() - timedelta(minutes=2))
    assert "The last matching ended unexpectedly." in office.get("matching")
    work(run, Pulse(run))  # it was only slow: what it has found is not stored any more
    assert Match.objects.count() == 0
    matched(office)
    assert "ended unexpectedly" not in office.get("matching")


def test_a_matching_that_breaks_down_does_not_stay_at_work(office: Office) -> None:
    office.post("matching_run")
    run = at_work(office.fair)
    run.kind = "odd"
    with pytest.raises(ValueError, match="odd"):
        work(run, Pulse(run))
    assert Run.objects.get().state == "failed"


def test_a_stop_is_heard_until_the_matching_is_stored(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    office.post("matching_run")
    run = at_work(office.fair)
    pulse = Pulse(run)  # it does not beat any more
    office.post("matching_stop")
    work(run, pulse)
    run.refresh_from_db()
    assert (run.state, run.refusal, Match.objects.exists()) == ("failed", "match_stopped", False)


def test_a_draft_that_matches_first_says_how_far_that_is_and_can_be_stopped(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    office.post("schedule_make", kind="new")
    run = at_work(office.fair)
    pulse = Pulse(run)
    pulse.watch.most = 1200
    pulse.watch.tell("compare", (0, 500, 0, 0))
    pulse.beat()
    page = office.get("schedule")
    assert "500 of 1200 pairs of companies compared." in page
    assert "Stop and keep the best" not in page
    office.post("schedule_stop")
    pulse.beat()
    work(run, pulse)
    run.refresh_from_db()
    assert (run.state, run.refusal) == ("failed", "match_stopped")
    assert (Match.objects.exists(), ScheduleVersion.objects.exists()) == (False, False)


def test_a_draft_is_not_cut_short_by_the_time_that_matching_takes(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    watch = Watch(seconds=0)
    make_draft(office.fair, now=NOW, watch=watch)
    assert (Match.objects.count(), ScheduleVersion.objects.count(), watch.most) == (1, 1, 1)


def test_what_is_said_of_a_failed_run_goes_when_it_is_dismissed(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    for _ in range(2):
        office.post("matching_run")
        office.post("matching_stop")
        finished(office.fair)
    last = Run.objects.first()
    assert last
    assert "The matching was stopped." in office.get("matching")
    office.post("run_dismiss", last.pk)
    assert "The matching was stopped." not in office.get("matching")
    assert Run.objects.count() == 0
    assert office.post("run_dismiss", last.pk).status_code == 404
