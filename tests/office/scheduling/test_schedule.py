"""The page of the schedule: runs, the draft, publishing and taking back."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fairplatform.accounts.models import AuditEntry
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Holiday
from fairplatform.notices.models import Notice
from fairplatform.office.scheduling import queries
from fairplatform.policy import Role
from meetings.matching.making import make_match
from meetings.models import Booking, Match, Meeting, PlannedBooking, Run, ScheduleVersion
from meetings.running import OF_SCHEDULE, Pulse, start_run, stop_run
from meetings.versions.publishing import publish_draft, stamp
from meetings.versions.withdrawing import unpublish
from meetings.working import work
from tests.factories import actor, make_role
from tests.meetings.versions.small_fair import THURSDAY
from tests.office.office import Office

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.either("meetings.versions.withdrawing"),
]


def started(office: Office) -> Run:
    office.post("schedule_make", kind="new")
    return Run.objects.select_related("fair").get()


def draft(fair: Fair) -> ScheduleVersion:
    return ScheduleVersion.objects.get(fair=fair, state="draft")


def sentences(office: Office) -> list[str]:
    return [
        str(message)
        for message in office.client.get(f"/fairs/{office.fair.slug}/organise/schedule/").context["messages"]
    ]


def test_a_run_makes_a_draft_and_both_organisers_see_it(office: Office) -> None:
    run = started(office)
    assert "A draft is being made" in office.get("schedule")
    other = Office(office.client, office.fair)
    other.post("schedule_make", kind="new")
    assert sentences(other) == [str(Refused("schedule_running").sentence)]
    work(run, Pulse(run))
    run.refresh_from_db()
    version = draft(office.fair)
    assert (run.state, run.version) == ("done", version)
    entry = AuditEntry.objects.get(object=f"meetings.scheduleversion:{version.pk}")
    placed = version.rows.filter(not_placed="").count()
    assert (entry.actor, entry.permission, entry.after["placed"]) == (run.user, "schedule.plan", placed)
    page = office.get("schedule")
    assert f"Draft {version.number}" in page
    assert "A draft is being made" not in page


def test_a_run_reports_how_far_it_is_and_stops_when_asked(office: Office) -> None:
    make_match(office.fair, now=timezone.now())  # of a stop while a run matches first, nothing is kept
    run = started(office)
    pulse = Pulse(run)
    pulse.watch.most = 12
    pulse.watch.tell("repair", (1, 9, 0, 0))
    pulse.beat()
    run.refresh_from_db()
    assert (run.step, run.done, run.most) == ("repair", 9, 12)
    assert "9 meetings have a time so far; more than 12 are not possible." in office.get("schedule")
    assert not pulse.watch.is_over()
    office.post("schedule_stop")
    assert "It is being stopped" in office.get("schedule")
    pulse.beat()
    assert pulse.watch.is_over()
    work(run, pulse)
    assert draft(office.fair).rows.filter(not_placed="").count() > 0  # the best that there was


def test_a_run_whose_process_is_gone_is_said_to_have_failed(office: Office) -> None:
    run = started(office)
    Run.objects.update(heard_at=timezone.now() - timedelta(minutes=2))
    assert "ended unexpectedly" in office.get("schedule")
    work(run, Pulse(run))  # it was only slow: what it has made is not stored any more
    assert not ScheduleVersion.objects.exists()
    assert Run.objects.get().state == "failed"


def test_a_run_that_has_nothing_to_do_says_why(office: Office) -> None:
    office.post("schedule_make", kind="published")
    run = Run.objects.select_related("fair").get()
    work(run, Pulse(run))
    assert "There is no upcoming published meeting." in office.get("schedule")


def test_a_run_of_no_kind_is_refused(office: Office) -> None:
    assert office.post("schedule_make", kind="odd").status_code == 409
    assert not Run.objects.exists()


def test_the_page_says_what_is_no_longer_true(drafted: Fair, office: Office) -> None:
    assert "No longer true" not in office.get("schedule")
    Holiday.objects.create(fair=drafted, date=THURSDAY, country="PK", city="lahore")
    page = office.get("schedule")
    assert "No longer true since the draft was made" in page
    assert f"/fairs/{drafted.slug}/organise/hours/" in page


def test_companies_with_too_few_meetings_are_counted_from_the_draft(drafted: Fair, office: Office) -> None:
    version = draft(drafted)
    rows = version.rows.filter(exhibitor__key="anvil", not_placed="")
    has, side = rows.count(), "exhibitor"
    assert has > 1
    anvil = drafted.participations.get(key="anvil")
    match = Match.objects.get(fair=drafted)
    match.shortfalls.create(participation=anvil, side=side, meetings=has, floor=has + 1, code="few_suit", suiting=has)
    [of_match] = [one for one in queries.below(version) if one.company == anvil]
    rows.filter(pk=rows[0].pk).update(not_placed="slots_taken", starts_at=None, ends_at=None, interpreter=None)
    [of_draft] = [one for one in queries.below(version) if one.company == anvil]
    assert [(one.meetings, one.floor) for one in (of_match, of_draft)] == [(has, has + 1), (has - 1, has + 1)]
    assert of_draft.why == f"{of_match.why} Some of its pairs have no time."
    assert f"{has - 1} of {has + 1}" in office.get("schedule")


def test_pairs_without_a_time_are_filtered_by_reason(drafted: Fair, office: Office) -> None:
    row = draft(drafted).rows.filter(is_pinned=False)[0]
    row.bookings.all().delete()
    row.starts_at, row.ends_at, row.interpreter, row.not_placed = None, None, None, "rooms_full"
    row.save()
    url = f"/fairs/{drafted.slug}/organise/schedule/"
    found = [office.client.get(url, {"reason": code}).context["page"].object_list for code in ("rooms_full", "ceiling")]
    assert list(found[0]) == [row]
    named = office.client.get(url, {"q": row.buyer.company.name["en"]}).context["page"].object_list
    assert list(named) == [row]


def test_publishing_shows_first_what_it_does_and_is_refused_if_the_draft_has_changed(
    drafted: Fair, office: Office
) -> None:
    page = office.get("schedule_publish")
    version = draft(drafted)
    seen = stamp(version)
    assert f'value="{seen}"' in page
    version.rows.filter(pk=version.rows.all()[0].pk).update(revision=1)
    assert office.post("schedule_publish", seen=seen).status_code == 409
    assert Meeting.objects.count() == 0
    assert office.post("schedule_publish", seen=stamp(version)).status_code == 302
    assert Meeting.objects.count() == version.rows.filter(not_placed="").count()
    assert AuditEntry.objects.filter(permission="schedule.publish").count() == 1


def test_publishing_over_a_ceiling_is_asked_about(drafted: Fair, office: Office) -> None:
    assert 'name="over"' not in office.get("schedule_publish")
    drafted.participations.update(max_meetings=0)
    version = draft(drafted)
    page, seen = office.get("schedule_publish"), stamp(version)
    assert "One of the two would have more meetings than it may have." in page
    assert 'name="over"' in page
    assert office.post("schedule_publish", seen=seen).status_code == 409
    assert office.post("schedule_publish", seen=seen, over="on").status_code == 302
    assert Meeting.objects.count() == version.rows.filter(not_placed="").count()


def test_nothing_is_published_while_another_draft_is_made(drafted: Fair, office: Office) -> None:
    office.post("schedule_make", kind="new")
    assert office.post("schedule_publish", seen=stamp(draft(drafted))).status_code == 409
    assert Meeting.objects.count() == 0


def test_unpublishing_cancels_the_meetings_and_makes_a_draft_again(drafted: Fair, office: Office) -> None:
    Fair.objects.filter(pk=drafted.pk).update(state="open")
    publish_draft(drafted, now=timezone.now())
    version, before = (
        ScheduleVersion.objects.get(),
        set(Meeting.objects.values_list("exhibitor", "buyer", "slot__starts_at")),
    )
    attending = set(Meeting.objects.values_list("participants__user", flat=True))
    Notice.objects.all().delete()
    assert "Unpublish version 1?" in office.get("schedule_unpublish", 1)
    office.post("schedule_unpublish", 1)
    version.refresh_from_db()
    assert (version.state, version.published_at, version.told_at) == ("draft", None, None)
    assert set(Meeting.objects.values_list("state", flat=True)) == {"cancelled"}
    assert Booking.objects.count() == 0
    assert set(version.rows.filter(not_placed="").values_list("exhibitor", "buyer", "starts_at")) == before
    told = list(Notice.objects.values_list("recipient", "code").order_by("recipient"))
    assert told == [(pk, "schedule_withdrawn") for pk in sorted(attending)]
    # A calendar file counts by these that it is cancelled.
    assert AuditEntry.objects.filter(permission="meeting.cancel").count() == len(before)
    assert PlannedBooking.objects.filter(version=version, resource__startswith="desk:").count() == 2 * len(before)
    assert publish_draft(drafted, now=timezone.now()).conflicts == ()
    assert Meeting.objects.filter(state="confirmed").count() == len(before)


def test_what_was_moved_or_cancelled_since_stays_so_in_the_draft(drafted: Fair, office: Office) -> None:
    publish_draft(drafted, now=timezone.now())
    gone, moved = Meeting.objects.order_by("pk")[:2]
    Meeting.objects.filter(pk=gone.pk).update(state="cancelled")
    free = drafted.slots.exclude(pk=moved.slot_id).first()
    Meeting.objects.filter(pk=moved.pk).update(slot=free)
    office.post("schedule_unpublish", 1)
    rows = {(row.exhibitor_id, row.buyer_id): row for row in draft(drafted).rows.all()}
    assert rows[gone.exhibitor_id, gone.buyer_id].not_placed == "cancelled"
    assert rows[moved.exhibitor_id, moved.buyer_id].starts_at == free.starts_at


@pytest.mark.parametrize("state", ["held", "missed"])
def test_what_was_held_is_not_taken_back(drafted: Fair, office: Office, state: str) -> None:
    publish_draft(drafted, now=timezone.now())
    Meeting.objects.filter(pk=Meeting.objects.all()[0].pk).update(state=state)
    office.post("schedule_unpublish", 1)
    assert sentences(office) == [str(Refused("published_begun").sentence)]
    assert Booking.objects.exists()


def test_what_has_begun_is_not_taken_back(drafted: Fair, office: Office) -> None:
    Fair.objects.filter(pk=drafted.pk).update(state="open")
    publish_draft(drafted, now=timezone.now())
    first = Meeting.objects.order_by("slot__starts_at")[0].starts_at
    who = actor(make_role(drafted, Role.ORGANISER))
    with pytest.raises(Refused, match="published_begun"):
        unpublish(who, fair=drafted.pk, number=1, now=first)
    assert unpublish(who, fair=drafted.pk, number=1, now=first - timedelta(seconds=1)).state == "draft"


def test_beside_a_draft_nothing_is_unpublished(drafted: Fair, office: Office) -> None:
    publish_draft(drafted, now=timezone.now())
    ScheduleVersion.objects.create(
        fair=drafted, number=2, status="feasible", most=0, breaks=0, bound=0, made_at=timezone.now()
    )
    office.post("schedule_unpublish", 1)
    assert sentences(office) == [str(Refused("draft_exists").sentence)]
    office.post("schedule_discard")
    office.post("schedule_unpublish", 1)
    assert draft(drafted).number == 1


def test_only_organisers_start_and_stop_runs_and_take_back_what_is_published(drafted: Fair) -> None:
    Fair.objects.filter(pk=drafted.pk).update(state="open")
    publish_draft(drafted, now=timezone.now())
    stranger: Any = actor(make_role(drafted, Role.INTERPRETER))
    for act in (
        lambda: start_run(stranger, fair=drafted.pk, kind="new", now=timezone.now()),
        lambda: stop_run(stranger, fair=drafted.pk, kinds=OF_SCHEDULE),
        lambda: unpublish(stranger, fair=drafted.pk, number=1, now=timezone.now()),
    ):
        with pytest.raises(Refused, match="not_permitted"):
            act()


def test_published_meetings_that_can_no_longer_be_held_are_listed_with_their_cause(
    drafted: Fair, office: Office
) -> None:
    publish_draft(drafted, now=timezone.now())
    url = f"/fairs/{drafted.slug}/organise/schedule/"
    office.client.get(url)  # what is cached then is read no more
    with CaptureQueriesContext(connection) as before:
        assert office.client.get(url).context["standing"].listed == []
    Holiday.objects.create(fair=drafted, date=THURSDAY, country="PK", city="lahore")
    affected = Meeting.objects.filter(slot__day__date=THURSDAY).order_by("slot__starts_at", "pk")
    with CaptureQueriesContext(connection) as after:
        response = office.client.get(url)
    assert [one.row.existing for one in response.context["standing"].listed] == list(affected)
    assert {one.where[0] for one in response.context["standing"].listed} == {"office:hours"}
    assert all(meeting.get_absolute_url() in response.text for meeting in affected)
    assert len(after) == len(before)


def test_meetings_of_a_company_that_is_no_longer_approved_are_listed(drafted: Fair, office: Office) -> None:
    publish_draft(drafted, now=timezone.now())
    buyer = drafted.participations.get(key="nadir")
    drafted.participations.filter(pk=buyer.pk).update(state="refused")
    found = [one.row.existing for one in queries.standing(drafted, timezone.now()).listed]
    assert found == list(Meeting.objects.filter(buyer=buyer).order_by("slot__starts_at", "pk"))
    assert "One of the two is not approved for the fair." in office.get("schedule")
