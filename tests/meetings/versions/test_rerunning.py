"""A schedule that is made again moves the fewest; publishing it moves the meetings that there are."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import AuditEntry, User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Absence, Fair, Participation, Preference
from fairplatform.notices.models import Notice
from fairplatform.scheduling.watch import Watch
from meetings.absences.actions import add_absence
from meetings.interpreting.candidates import candidates
from meetings.interpreting.needs import change_interpreting
from meetings.matching.situation import Situation
from meetings.models import Booking, Meeting, Participant, PlannedMeeting, ScheduleVersion
from meetings.schedule.actions.planning import cancel, move
from meetings.schedule.actions.together import Rescheduling, change_together
from meetings.schedule.slot_choices import slot_choices
from meetings.versions.conflicts import Conflict
from meetings.versions.differences import differences
from meetings.versions.drafting import make_draft
from meetings.versions.moving import Targets
from meetings.versions.publishing import people_busy, publish_draft
from meetings.versions.rerunning import rerun_draft, rerun_published
from meetings.versions.standing import standing_conflicts
from tests.factories import NOW, actor, make_role

from .small_fair import imported, small_fair

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair(tmp_path: Path) -> Fair:
    imported(tmp_path, small_fair())
    fair = Fair.objects.get(slug="small")
    make_draft(fair, now=NOW)
    return fair


@pytest.fixture
def organiser(fair: Fair) -> Actor:
    return actor(make_role(fair, "organiser"))


def times(fair: Fair) -> dict[tuple[int, int], datetime]:
    rows = PlannedMeeting.objects.filter(version__fair=fair, version__state="draft", not_placed="")
    return {(row.exhibitor_id, row.buyer_id): row.starts_at for row in rows if row.starts_at}


def again(fair: Fair, make: Any) -> ScheduleVersion:
    version: ScheduleVersion = make(fair, now=NOW, watch=Watch(), begins=lambda: None)
    return version


def withdraw(fair: Fair, key: str) -> Participation:
    company = fair.participations.get(key=key)
    Participation.objects.filter(pk=company.pk).update(state="withdrawn")
    return company


def test_a_draft_that_is_made_again_without_a_change_stays_as_it_is(fair: Fair) -> None:
    before, first = times(fair), ScheduleVersion.objects.get()
    version = again(fair, rerun_draft)
    assert times(fair) == before
    proved = ("status", "most", "breaks", "bound")
    assert [getattr(version, name) for name in proved] == [getattr(first, name) for name in proved]
    assert (first.moves_are_fewest, version.moves_are_fewest) == (None, True)
    found = differences(version)
    assert (found.moved, found.new, found.gone, found.kept) == ([], [], [], len(before))


def test_a_company_that_withdraws_leaves_the_others_where_they_are(fair: Fair) -> None:
    before, gone = times(fair), withdraw(fair, "nadir")
    version = again(fair, rerun_draft)
    left = {ends: at for ends, at in before.items() if gone.pk not in ends}
    found, after = differences(version), times(fair)
    # At most two others move, and only where a pair that had waited for a time gets one.
    assert len(found.moved) <= 2 * min(1, len(found.new))
    assert {ends for ends, at in left.items() if after[ends] != at} == {
        (row.exhibitor_id, row.buyer_id) for row in found.moved
    }
    assert {row.not_placed for row in found.gone} == {"not_approved"}
    assert {(row.exhibitor_id, row.buyer_id) for row in found.gone} == before.keys() - left.keys()


def absent(fair: Fair, company: int, begins: datetime, ends: datetime) -> None:
    Absence.objects.create(
        fair=fair,
        participation_id=company,
        date=begins.date(),
        from_time=begins.time(),
        until_time=ends.time(),
        zone="UTC",
    )


def test_whoever_is_absent_now_meets_at_another_time_and_the_others_stay(fair: Fair, organiser: Actor) -> None:
    Fair.objects.filter(pk=fair.pk).update(state="open")
    fair.refresh_from_db()
    publish_draft(fair, now=NOW, actor=organiser)
    pinned = fair.pairs.exclude(starts_at=None).values("exhibitor")
    moved = Meeting.objects.with_names().exclude(exhibitor__in=pinned).order_by("-pk")[0]
    before = {one.pk: one.slot_id for one in Meeting.objects.all()}
    absent(fair, moved.buyer_id, moved.slot.starts_at, moved.slot.ends_at)
    version = again(fair, rerun_published)
    found = differences(version)
    assert moved.pk in {row.existing_id for row in found.moved}
    assert (len(found.moved) <= 3, found.gone, found.new) == (True, [], [])
    wanted = {row.existing_id: row.starts_at for row in found.moved}
    for row in found.moved:
        named = User.objects.filter(participations__meeting=row.existing_id)
        assert set(found.concerned(row)) == {*named, row.interpreter} - {None}
        assert found.concerned(row)[:-1]  # people of both companies, then interpreters
    Notice.objects.all().delete()
    assert publish_draft(fair, now=NOW, actor=organiser).conflicts == ()
    after = {one.pk: one for one in Meeting.objects.with_names()}
    assert {pk: after[pk].starts_at for pk in wanted} == wanted
    assert {pk: after[pk].slot_id for pk in before if pk not in wanted} == {
        pk: slot for pk, slot in before.items() if pk not in wanted
    }
    assert "meeting_moved" in set(Notice.objects.values_list("code", flat=True))
    assert AuditEntry.objects.filter(permission="meeting.move").count() == len(wanted)


def test_nobody_is_planned_for_two_meetings_at_once_by_a_move(fair: Fair, organiser: Actor) -> None:
    """A company with two desks could have both, but the one who is named for both cannot."""
    publish_draft(fair, now=NOW, actor=organiser)
    version = again(fair, rerun_published)
    wang = Participant.objects.filter(meeting__exhibitor__key="anvil", user__name__en="Wang").values("meeting")
    rows = version.rows.filter(existing__in=wang, not_placed="").order_by("is_pinned", "starts_at", "pk")
    moved, other = rows[0], rows[1]
    assert (moved.is_pinned, moved.starts_at != other.starts_at) == (False, True)
    assert people_busy(version) == []
    target = Targets(moved, NOW).at(other.starts_at)
    assert target is not None
    assert "Wang, who is named for this meeting, has another one then." in target.hindrances
    own = Targets(moved, NOW).at(moved.starts_at)
    assert own is not None
    assert own.hindrances == []
    version.rows.filter(pk=moved.pk).update(starts_at=other.starts_at, ends_at=other.ends_at)
    assert people_busy(version) == [Conflict(moved, "people_busy")]
    found = publish_draft(fair, now=NOW, actor=organiser).conflicts
    assert [one.row for one in found if one.code == "people_busy"] == [moved]
    # Neither does a meeting that is no part of the draft let them.
    version.rows.filter(pk=other.pk).delete()
    assert people_busy(version) == [Conflict(moved, "people_busy")]


def test_a_draft_without_anything_to_make_again_is_refused(fair: Fair) -> None:
    with pytest.raises(Refused, match="published_none"):
        again(fair, rerun_published)
    ScheduleVersion.objects.all().delete()
    with pytest.raises(Refused, match="draft_none"):
        again(fair, rerun_draft)


def test_publishing_what_was_made_again_moves_and_cancels_meetings(fair: Fair, organiser: Actor) -> None:
    Fair.objects.filter(pk=fair.pk).update(state="open")
    fair.refresh_from_db()
    publish_draft(fair, now=NOW, actor=organiser)
    meetings = {meeting.pk: meeting.slot_id for meeting in Meeting.objects.all()}
    gone = withdraw(fair, "nadir")
    lost = set(Meeting.objects.filter(buyer=gone).values_list("pk", flat=True))
    version = again(fair, rerun_published)
    Notice.objects.all().delete()
    published = publish_draft(fair, now=NOW, actor=organiser)
    assert published.conflicts == ()
    assert set(Meeting.objects.filter(state="cancelled").values_list("pk", flat=True)) == lost
    left = Meeting.objects.filter(state="confirmed")
    assert {one.pk: one.slot_id for one in left} == {pk: slot for pk, slot in meetings.items() if pk not in lost}
    assert set(Notice.objects.values_list("code", flat=True)) == {"meeting_cancelled"}
    rows = PlannedMeeting.objects.filter(version=version, not_placed="")
    assert set(rows.values_list("meeting", flat=True)) == set(left.values_list("pk", flat=True))
    assert Booking.objects.filter(meeting__in=lost).count() == 0
    assert not PlannedMeeting.objects.filter(meeting__in=left).exclude(version=version).exists()


def test_a_meeting_that_was_moved_since_is_a_conflict(fair: Fair, organiser: Actor) -> None:
    publish_draft(fair, now=NOW, actor=organiser)
    again(fair, rerun_published)
    moved = Meeting.objects.all()[0]
    Meeting.objects.filter(pk=moved.pk).update(slot=fair.slots.exclude(pk=moved.slot_id)[0])
    found = publish_draft(fair, now=NOW, actor=organiser)
    assert [(one.row.existing_id, one.code) for one in found.conflicts] == [(moved.pk, "meeting_changed")]
    assert ScheduleVersion.objects.filter(state="draft").count() == 1


def test_made_again_the_draft_follows_what_was_moved_or_cancelled_since(fair: Fair, organiser: Actor) -> None:
    publish_draft(fair, now=NOW, actor=organiser)
    again(fair, rerun_published)
    pinned = fair.pairs.exclude(starts_at=None).values("exhibitor")
    gone, moved = Meeting.objects.exclude(exhibitor__in=pinned).order_by("pk")[:2]
    cancel(organiser, meeting=gone.pk, now=NOW)
    choices = slot_choices(
        fair, moved.exhibitor, moved.buyer, after=NOW, people=moved.participants.values_list("user", flat=True)
    )
    move(organiser, meeting=moved.pk, slot=choices.slots[0].pk, now=NOW)
    version = again(fair, rerun_draft)
    row = version.rows.get(existing=moved)
    assert (row.was_at, row.starts_at) == (choices.slots[0].starts_at, choices.slots[0].starts_at)
    assert not version.rows.filter(existing=gone).exists()
    assert publish_draft(fair, now=NOW, actor=organiser).conflicts == ()


def two_of_one_company(fair: Fair) -> list[Meeting]:
    """Two meetings of the same two people, so that each must wait for the other's time."""
    for first in Meeting.objects.with_names().order_by("pk"):
        for second in Meeting.objects.with_names().filter(buyer=first.buyer, pk__gt=first.pk):
            if first.slot_id != second.slot_id:
                return [first, second]
    raise AssertionError


def test_two_meetings_change_places(fair: Fair, organiser: Actor) -> None:
    publish_draft(fair, now=NOW, actor=organiser)
    Booking.objects.filter(resource__startswith="room:").delete()
    one, other = two_of_one_company(fair)
    who = {m.pk: m.participants.filter(side="").first() for m in (one, other)}
    Meeting.objects.exclude(pk__in=(one.pk, other.pk)).delete()
    changes = [
        Rescheduling(m.pk, to.slot, who[m.pk].user if who[m.pk] else None) for m, to in ((one, other), (other, one))
    ]
    Notice.objects.all().delete()
    change_together(organiser, cancelled=[], changes=changes, now=NOW, is_told=True)
    assert [Meeting.objects.get(pk=m.pk).slot_id for m in (one, other)] == [other.slot_id, one.slot_id]
    assert Meeting.objects.get(pk=one.pk).moved_from_id == one.slot_id
    booked = Counter(Booking.objects.filter(meeting__in=(one, other)).values_list("meeting", "slot"))
    assert set(booked) == {(one.pk, other.slot_id), (other.pk, one.slot_id)}
    assert AuditEntry.objects.filter(permission="meeting.move").count() == 2
    assert set(Notice.objects.values_list("code", flat=True)) == {"meeting_moved"}


def test_another_interpreter_is_named_and_the_first_one_told(fair: Fair, organiser: Actor) -> None:
    publish_draft(fair, now=NOW, actor=organiser)
    meeting = Meeting.objects.with_names().filter(participants__role="interpreter")[0]
    before = meeting.participants.get(role="interpreter").user
    new = make_role(fair, "interpreter")
    change_together(
        organiser, cancelled=[], changes=[Rescheduling(meeting.pk, meeting.slot, new)], now=NOW, is_told=True
    )
    assert meeting.participants.get(role="interpreter").user == new
    assert Booking.objects.filter(resource=f"person:{new.pk}", slot=meeting.slot).count() == 1
    assert not Booking.objects.filter(resource=f"person:{before.pk}", slot=meeting.slot).exists()
    told = dict(Notice.objects.values_list("recipient", "code"))
    assert told == {before.pk: "interpreter_released", new.pk: "interpreter_appointed"}
    assert AuditEntry.objects.filter(permission="meeting.move").count() == 0  # its calendar event is as it was


def test_what_has_begun_is_not_changed(fair: Fair, organiser: Actor) -> None:
    Fair.objects.filter(pk=fair.pk).update(state="open")
    publish_draft(fair, now=NOW, actor=organiser)
    meeting = Meeting.objects.with_names()[0]
    with pytest.raises(Refused, match="slot_past"):
        change_together(organiser, cancelled=[meeting.pk], changes=[], now=meeting.starts_at, is_told=True)


def lower(fair: Fair) -> tuple[Participation, int]:
    """A buyer of the draft that may have one meeting from now on, and how many it has there."""
    buyer, number = Counter(buyer for _exhibitor, buyer in times(fair)).most_common(1)[0]
    Participation.objects.filter(pk=buyer).update(max_meetings=1)
    return Participation.objects.get(pk=buyer), number


def test_more_meetings_than_a_company_may_have_are_a_conflict_until_the_draft_is_made_again(fair: Fair) -> None:
    buyer, number = lower(fair)
    found = publish_draft(fair, now=NOW).conflicts
    assert [(one.row.buyer_id, one.code) for one in found] == [(buyer.pk, "ceiling")] * (number - 1)
    version = again(fair, rerun_draft)
    assert sum(of == buyer.pk for _exhibitor, of in times(fair)) == 1
    assert version.rows.filter(buyer=buyer, not_placed="ceiling").count() == number - 1
    assert publish_draft(fair, now=NOW).conflicts == ()


def test_what_an_organiser_has_locked_stays_over_the_ceiling(fair: Fair) -> None:
    buyer, number = lower(fair)
    PlannedMeeting.objects.filter(buyer=buyer, not_placed="").update(is_locked=True)
    again(fair, rerun_draft)
    assert sum(of == buyer.pk for _exhibitor, of in times(fair)) == number


def test_organisers_publish_over_a_ceiling_that_they_were_told_of(fair: Fair, organiser: Actor) -> None:
    buyer, number = lower(fair)
    published = publish_draft(fair, now=NOW, actor=organiser, over=True)
    assert (published.conflicts, Meeting.objects.filter(buyer=buyer).count()) == ((), number)
    assert AuditEntry.objects.get(permission="schedule.publish").after["over"] == number - 1


EVENING = datetime(2027, 3, 3, 10, tzinfo=UTC)  # 18:00 in China before the first day of the small fair


def opened(fair: Fair, organiser: Actor) -> list[Meeting]:
    """Published and open; the meetings of the first day, before the others one that nothing pins to its time."""
    publish_draft(fair, now=NOW, actor=organiser)
    Fair.objects.filter(pk=fair.pk).update(state="open")
    fair.refresh_from_db()
    first = list(Meeting.objects.with_names().filter(slot__day__number=1).order_by("pk"))
    return sorted(first, key=lambda one: str(one.exhibitor) != "Crane Company")


def away(meeting: Meeting) -> None:
    """The exhibitor is absent in the time of the meeting."""
    begins, ends = (at.astimezone(ZoneInfo("Asia/Shanghai")) for at in (meeting.slot.starts_at, meeting.slot.ends_at))
    Absence.objects.create(
        fair=meeting.fair, participation=meeting.exhibitor, date=begins.date(), from_time=begins.time(),
        until_time=ends.time(), zone="Asia/Shanghai",
    )  # fmt: skip


def made_again(fair: Fair, now: datetime, make: Any = rerun_published) -> dict[int, datetime | None]:
    """By the key of the published meeting, when the new draft has it."""
    version = make(fair, now=now, watch=Watch(), begins=lambda: None)
    return dict(version.rows.exclude(existing=None).values_list("existing", "starts_at"))


def test_what_is_frozen_is_neither_moved_nor_moved_to(fair: Fair, organiser: Actor) -> None:
    first = opened(fair, organiser)
    away(first[0])
    days = {slot.starts_at: slot.day.number for slot in fair.slots.select_related("day")}
    before = made_again(fair, EVENING - timedelta(seconds=1))
    assert {one.pk for one in first} <= before.keys()
    assert before[first[0].pk] != first[0].starts_at
    ScheduleVersion.objects.filter(state="draft").delete()
    late = Meeting.objects.with_names().exclude(slot__day__number=1)[0]
    away(late)
    after = made_again(fair, EVENING)
    assert after.keys() == set(Meeting.objects.exclude(slot__day__number=1).values_list("pk", flat=True))
    assert 1 not in {days[at] for at in after.values() if at}
    publish_draft(fair, now=EVENING, actor=organiser)
    assert {one.pk: one.slot for one in first} == {
        one.pk: one.slot for one in Meeting.objects.filter(pk__in=[one.pk for one in first], state="confirmed")
    }


def test_a_draft_that_moves_what_is_frozen_since_is_not_published_until_it_is_made_again(
    fair: Fair, organiser: Actor
) -> None:
    first = opened(fair, organiser)
    away(first[0])
    moved = made_again(fair, EVENING - timedelta(hours=1))[first[0].pk]
    assert moved != first[0].starts_at
    found = publish_draft(fair, now=EVENING, actor=organiser)
    assert {(one.row.existing_id, one.code) for one in found.conflicts} == {(first[0].pk, "frozen")}
    assert first[0].pk not in made_again(fair, EVENING, rerun_draft)
    assert publish_draft(fair, now=EVENING, actor=organiser).conflicts == ()
    assert Meeting.objects.get(pk=first[0].pk).slot == first[0].slot
    # A person may move it all the same.
    assert move(organiser, meeting=first[0].pk, slot=fair.slots.get(starts_at=moved).pk, now=EVENING)


def test_what_a_person_has_moved_in_the_draft_is_published_though_it_is_frozen(fair: Fair, organiser: Actor) -> None:
    first = opened(fair, organiser)
    away(first[0])
    made_again(fair, EVENING - timedelta(hours=1))
    PlannedMeeting.objects.filter(existing=first[0]).update(revision=1)
    moved = PlannedMeeting.objects.get(existing=first[0]).starts_at
    assert made_again(fair, EVENING, rerun_draft)[first[0].pk] == moved
    assert publish_draft(fair, now=EVENING, actor=organiser).conflicts == ()
    assert Meeting.objects.get(pk=first[0].pk).slot.starts_at == moved


def test_the_need_that_was_said_of_a_meeting_stays_when_it_is_planned_again(fair: Fair, organiser: Actor) -> None:
    opened(fair, organiser)
    meeting = Meeting.objects.filter(interpreting="required", participants__role="interpreter")[0]
    change_interpreting(organiser, meeting=meeting.pk, interpreting="own", now=NOW)
    made_again(fair, NOW)
    row = PlannedMeeting.objects.get(existing=meeting)
    assert (row.need, row.interpreter) == ("own", None)
    assert publish_draft(fair, now=NOW, actor=organiser).conflicts == ()
    assert Meeting.objects.get(pk=meeting.pk).interpreting == "own"
    made_again(fair, NOW)
    change_interpreting(organiser, meeting=meeting.pk, interpreting="required", now=NOW)
    found = publish_draft(fair, now=NOW, actor=organiser).conflicts
    assert {(one.row.existing_id, one.code) for one in found} == {(meeting.pk, "meeting_changed")}


def test_a_break_of_an_interpreter_is_kept_free_by_everything(fair: Fair, organiser: Actor) -> None:
    opened(fair, organiser)
    meeting = Meeting.objects.with_names().filter(participants__role="interpreter")[0]
    who = meeting.participants.get(role="interpreter").user
    begins = meeting.starts_at.astimezone(ZoneInfo("Asia/Karachi"))
    data = {"who": f"person-{who.pk}", "date": f"{begins:%Y-%m-%d}", "from_time": f"{begins:%H:%M}",
            "until_time": f"{begins + timedelta(minutes=10):%H:%M}"}  # fmt: skip
    _form, hit = add_absence(actor(User.objects.get(pk=who.pk)), fair=fair.pk, data=query(data), now=NOW)
    assert hit == [meeting]
    assert {(one.row.existing, one.code) for one in standing_conflicts(fair, NOW)} == {(meeting, "interpreter_gone")}
    other = next(one for one in fair.slots.order_by("-pk") if one.pk != meeting.slot_id)
    Meeting.objects.filter(pk=meeting.pk).update(slot=other)
    meeting.bookings.update(slot=other)
    with pytest.raises(Refused, match="interpreter_absent"):
        move(organiser, meeting=meeting.pk, slot=meeting.slot_id, now=NOW)
    made_again(fair, NOW)
    rows = PlannedMeeting.objects.filter(version__state="draft", interpreter=who)
    assert not rows.filter(starts_at=meeting.starts_at).exists()
    assert [one.hindrance for one in candidates(meeting.exhibitor, meeting.buyer, meeting.slot) if one.user == who] == [
        "absent"
    ]


def query(data: dict[str, str]) -> QueryDict:
    sent = QueryDict(mutable=True)
    sent.update(data)
    return sent


def in_the_way(fair: Fair) -> tuple[Meeting, Meeting]:
    """Two meetings of one exhibitor that nothing pins, and that could change places."""
    free = Meeting.objects.with_names().exclude(exhibitor__in=fair.pairs.exclude(starts_at=None).values("exhibitor"))
    situation = Situation(fair, NOW)
    for first in free.order_by("pk"):
        for second in free.filter(exhibitor=first.exhibitor).exclude(slot=first.slot).order_by("pk"):
            work, at = situation.free.at_work, {one: situation.places[one.starts_at] for one in (first, second)}
            if at[second] in work[first.buyer_id] and at[first] in work[second.buyer_id]:
                return first, second
    raise AssertionError


@pytest.mark.parametrize("is_locked", [False, True])
def test_what_was_locked_before_it_was_published_stays_when_it_is_made_again(
    fair: Fair, organiser: Actor, is_locked: bool
) -> None:
    """The first has no other time than the second's, which gives way unless an organiser has locked it."""
    publish_draft(fair, now=NOW, actor=organiser)
    first, second = in_the_way(fair)
    Meeting.objects.exclude(pk__in=(first.pk, second.pk)).delete()
    fair.pairs.all().delete()  # none of them is made again, nor of what is wished for
    Preference.objects.all().delete()
    PlannedMeeting.objects.filter(meeting=second).update(is_locked=is_locked)
    for slot in fair.slots.exclude(pk__in=(first.slot_id, second.slot_id)):
        absent(fair, first.exhibitor_id, slot.starts_at, slot.ends_at)
    absent(fair, first.buyer_id, first.slot.starts_at, first.slot.ends_at)
    version = again(fair, rerun_published)
    rows = version.rows.filter(existing__in=(first, second)).order_by("existing")
    found = {row.existing_id: (row.starts_at, row.is_locked) for row in rows}
    moved = {first.pk: (second.starts_at, False), second.pk: (first.starts_at, False)}
    stays = {first.pk: (None, False), second.pk: (second.starts_at, True)}
    assert found == (stays if is_locked else moved)
