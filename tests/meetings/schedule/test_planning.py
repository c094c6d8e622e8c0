"""Scheduling, cancelling and moving: no desk, person or interpreter is booked twice, even by thirty-two at once."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from fairplatform.accounts.models import AuditEntry, User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Holiday, Participation, Slot, WorkingHours
from fairplatform.notices.models import Notice
from fairplatform.realtime.models import TopicVersion
from meetings.call.actions import enter
from meetings.models import Booking, Meeting
from meetings.models.meeting import Side
from meetings.schedule.actions.planning import cancel, move, schedule_meeting
from meetings.schedule.availability import Availability
from tests.factories import actor, make_buyer, make_exhibitor, make_fair, make_role, make_slots, make_staff, three

pytestmark = pytest.mark.either

MORNING = datetime(2020, 5, 14, 5, 0, tzinfo=UTC)  # Thursday, 10:00 in Pakistan, 13:00 in China
BEFORE = MORNING - timedelta(hours=1)
RACERS = 32


class Pair:
    """An exhibitor and a buyer, each with its manager."""

    def __init__(self, fair: Fair) -> None:
        self.fair = fair
        self.exhibitor, self.buyer = make_exhibitor(fair), make_buyer(fair)
        self.seller, self.purchaser = make_staff(self.exhibitor, password=None), make_staff(self.buyer, password=None)

    def place(self, slot: Slot, *, exhibitor: Participation | None = None, interpreter: User | None = None) -> Meeting:
        parties = [(self.purchaser, Side.BUYER)]
        if exhibitor is None:
            parties.insert(0, (self.seller, Side.EXHIBITOR))
        return schedule_meeting(
            fair=self.fair,
            exhibitor=exhibitor or self.exhibitor,
            buyer=self.buyer,
            slot=slot,
            parties=parties,
            interpreter=interpreter,
            interpreting="required" if interpreter else "not_needed",
            reason={"hs": ["8203"]},
        )


def free_slots(pair: Pair, *, after: datetime) -> list[Slot]:
    return Availability(pair.fair, (pair.exhibitor, pair.buyer)).free_slots(after=after)


@pytest.fixture
def fair(db: None) -> Fair:
    return make_fair()


def test_schedule_meeting_books_desks_people_and_interpreter_and_opens_the_conversation(fair: Fair) -> None:
    pair, interpreter, slot = Pair(fair), make_role(fair, "interpreter"), make_slots(fair, first=MORNING)[0]
    meeting = pair.place(slot, interpreter=interpreter)
    assert set(meeting.bookings.values_list("resource", "slot")) == {
        (f"desk:{pair.exhibitor.pk}:1", slot.pk),
        (f"desk:{pair.buyer.pk}:1", slot.pk),
        (f"person:{pair.seller.pk}", slot.pk),
        (f"person:{pair.purchaser.pk}", slot.pk),
        (f"person:{interpreter.pk}", slot.pk),
    }
    assert set(meeting.participants.values_list("user", "role", "side")) == {
        (pair.seller.pk, "party", "exhibitor"),
        (pair.purchaser.pk, "party", "buyer"),
        (interpreter.pk, "interpreter", ""),
    }
    assert set(meeting.conversation.members.values_list("user", flat=True)) == {
        pair.seller.pk, pair.purchaser.pk, interpreter.pk,
    }  # fmt: skip


@pytest.mark.parametrize("shared", ["desk", "person", "interpreter"])
def test_schedule_meeting_refuses_booked_resources_and_leaves_nothing_behind(fair: Fair, shared: str) -> None:
    one, other, slot = Pair(fair), Pair(fair), make_slots(fair, first=MORNING)[0]
    interpreter = make_role(fair, "interpreter")
    one.place(slot, interpreter=interpreter)
    if shared == "desk":
        other.exhibitor, other.seller = one.exhibitor, make_staff(one.exhibitor)
    elif shared == "person":
        other.purchaser = one.purchaser
    before = (Meeting.objects.count(), Booking.objects.count())
    with pytest.raises(Refused) as refused:
        other.place(slot, interpreter=interpreter if shared == "interpreter" else None)
    assert refused.value.code == "slot_taken"
    assert (Meeting.objects.count(), Booking.objects.count()) == before


def test_schedule_meeting_books_the_first_free_desk(fair: Fair) -> None:
    one, other, third, slot = Pair(fair), Pair(fair), Pair(fair), make_slots(fair, first=MORNING)[0]
    one.exhibitor.desks = 2
    one.exhibitor.save()
    one.place(slot)
    meeting = other.place(slot, exhibitor=one.exhibitor)
    assert meeting.bookings.filter(resource=f"desk:{one.exhibitor.pk}:2").count() == 1
    with pytest.raises(Refused):
        third.place(slot, exhibitor=one.exhibitor)


def test_free_slots_are_ahead_in_both_working_days_and_free_for_both(fair: Fair) -> None:
    pair, other = Pair(fair), Pair(fair)
    slots = make_slots(fair, first=MORNING, number=12)  # 10:00 … 15:30 in Pakistan
    other.place(slots[2], exhibitor=pair.exhibitor)
    # 13:00 is the break in Pakistan, from 15:00 on China has closed, 11:00 is booked.
    wanted = [slots[i] for i in (1, 3, 4, 5, 7, 8, 9)]
    assert free_slots(pair, after=MORNING) == wanted


def test_free_slots_know_holidays_of_the_city_alone(fair: Fair) -> None:
    pair, slots = Pair(fair), make_slots(fair, first=MORNING, number=1)
    karachi = Holiday.objects.create(
        fair=fair, date=MORNING.date(), country="PK", city="karachi", name=three("Holiday")
    )
    assert free_slots(pair, after=BEFORE) == slots
    karachi.city = ""
    karachi.save()
    assert free_slots(pair, after=BEFORE) == []


def test_free_slots_follow_a_day_the_demonstration_moved(fair: Fair) -> None:
    pair = Pair(fair)
    slots = make_slots(fair, first=MORNING + timedelta(hours=10), number=8)
    assert free_slots(pair, after=BEFORE) == []
    slots[0].day.moved_minutes = 600
    slots[0].day.save()
    assert free_slots(pair, after=BEFORE) == [s for i, s in enumerate(slots) if i != 6]


def test_free_slots_exclude_a_slot_in_which_a_whole_company_is_booked(fair: Fair) -> None:
    pair, slots = Pair(fair), make_slots(fair, first=MORNING, number=2)
    Booking.objects.create(fair=fair, resource=f"person:{pair.seller.pk}", slot=slots[0])
    assert free_slots(pair, after=BEFORE) == [slots[1]]


def test_cancel_deletes_the_bookings_and_notifies_the_others(fair: Fair) -> None:
    pair, slots = Pair(fair), make_slots(fair, first=MORNING, number=1)
    meeting = pair.place(slots[0])
    cancel(actor(pair.seller), meeting=meeting.pk, now=BEFORE, because="The sample is not ready.")
    meeting.refresh_from_db()
    assert (meeting.state, meeting.cancelled_because) == ("cancelled", "The sample is not ready.")
    assert not Booking.objects.exists()
    assert list(Notice.objects.values_list("recipient", "code")) == [(pair.purchaser.pk, "meeting_cancelled")]
    assert Notice.objects.get().parameters["company"] == pair.exhibitor.company.name
    assert AuditEntry.objects.get().permission == "meeting.cancel"
    assert free_slots(pair, after=BEFORE) == slots


def test_an_interpreter_is_notified_in_the_names_of_both_companies(fair: Fair) -> None:
    pair, interpreter, slot = Pair(fair), make_role(fair, "interpreter"), make_slots(fair, first=MORNING)[0]
    meeting = pair.place(slot, interpreter=interpreter)
    cancel(actor(pair.seller), meeting=meeting.pk, now=BEFORE, because="")
    notice = Notice.objects.get(recipient=interpreter)
    assert notice.parameters["company"] == [pair.exhibitor.company.name, pair.buyer.company.name]


def test_cancel_refuses_a_meeting_that_has_begun_and_strangers(fair: Fair) -> None:
    pair, stranger, slots = Pair(fair), Pair(fair), make_slots(fair, first=MORNING, number=1)
    meeting = pair.place(slots[0])
    with pytest.raises(Refused) as refused:
        cancel(actor(pair.seller), meeting=meeting.pk, now=MORNING)
    assert refused.value.code == "not_now"
    with pytest.raises(Refused) as refused:
        cancel(actor(stranger.seller), meeting=meeting.pk, now=BEFORE)
    assert refused.value.code == "not_found"


def test_move_moves_every_booking(fair: Fair) -> None:
    pair, interpreter, slots = Pair(fair), make_role(fair, "interpreter"), make_slots(fair, first=MORNING, number=2)
    meeting = pair.place(slots[0], interpreter=interpreter)
    move(actor(pair.seller), meeting=meeting.pk, slot=slots[1].pk, now=BEFORE)
    meeting.refresh_from_db()
    assert (meeting.slot, meeting.moved_from) == (slots[1], slots[0])
    assert set(meeting.bookings.values_list("slot", flat=True)) == {slots[1].pk}
    assert set(Notice.objects.values_list("recipient", "code")) == {
        (pair.purchaser.pk, "meeting_moved"),
        (interpreter.pk, "meeting_moved"),
    }


def test_moving_repeatedly_is_one_notice_and_limited(fair: Fair) -> None:
    now, organiser = timezone.now(), make_role(fair, "organiser")
    noon = datetime.combine(now.date() + timedelta(days=2), time(12), UTC)
    pair, slots = Pair(fair), make_slots(fair, first=noon, number=4)
    for country in ("CN", "PK"):
        hours = {"weekdays": [1, 2, 3, 4, 5, 6, 7], "opens": "11:00", "closes": "17:00", "zone": "UTC"}
        WorkingHours.objects.create(fair=fair, country=country, **hours)
    meeting, other = pair.place(slots[0]), pair.place(slots[3])

    def try_to_move(who: User, number: int, at: datetime) -> str:
        try:
            move(actor(who), meeting=meeting.pk, slot=slots[number % 3].pk, now=at)
        except Refused as refused:
            return refused.code
        return "moved"

    done = [try_to_move(pair.seller, number, now) for number in (1, 2, 3, 4, 5, 6, 7, 8, 7, 8)]
    assert done == ["moved"] * 6 + ["too_fast"] * 4
    assert DBTaskResult.objects.count() == 6  # the newest letter has the time that is valid
    [notice] = Notice.objects.all()
    meeting.refresh_from_db()
    assert (notice.recipient, notice.parameters["at"]) == (pair.purchaser, meeting.starts_at.isoformat())
    # Organisers still may; the companies may after an hour, and at once with other meetings.
    assert try_to_move(organiser, 1, now) == "moved"
    assert try_to_move(pair.purchaser, 2, now) == "too_fast"
    assert try_to_move(pair.purchaser, 2, now + timedelta(hours=2)) == "moved"
    # Several visitors of the demonstration act as one person.
    User.objects.filter(pk=pair.purchaser.pk).update(is_demo=True)
    assert try_to_move(pair.purchaser, 1, now) == "moved"
    assert move(actor(pair.seller), meeting=other.pk, slot=slots[0].pk, now=now).slot == slots[0]


@pytest.mark.parametrize("act", ["cancel", "move"])
def test_cancelling_and_moving_end_the_connections_in_the_room(fair: Fair, act: str) -> None:
    pair, slots = Pair(fair), make_slots(fair, first=MORNING)
    meeting, soon = pair.place(slots[0]), MORNING - timedelta(minutes=5)
    for person in (pair.seller, pair.purchaser):
        enter(actor(person), meeting=meeting.pk, connection_id=f"of {person.pk}", now=soon)
    [before] = TopicVersion.current([meeting.topic]).values()
    if act == "cancel":
        cancel(actor(pair.seller), meeting=meeting.pk, now=soon)
    else:
        move(actor(pair.seller), meeting=meeting.pk, slot=slots[1].pk, now=soon)
    assert set(meeting.attendances.values_list("left_at", flat=True)) == {soon}
    # Each page learns that its connection has ended, and the reason when it enters again.
    assert TopicVersion.current([meeting.topic]) == {meeting.topic: before + 2}
    with pytest.raises(Refused) as refused:
        enter(actor(pair.purchaser), meeting=meeting.pk, connection_id="again", now=soon)
    assert refused.value.code == {"cancel": "not_now", "move": "too_early"}[act]


def test_move_refused_leaves_the_meeting_where_it_was(fair: Fair) -> None:
    pair, other, slots = Pair(fair), Pair(fair), make_slots(fair, first=MORNING, number=2)
    interpreter = make_role(fair, "interpreter")
    meeting = pair.place(slots[0], interpreter=interpreter)
    other.place(slots[1], interpreter=interpreter)
    with pytest.raises(Refused) as refused:
        move(actor(pair.seller), meeting=meeting.pk, slot=slots[1].pk, now=BEFORE)
    assert refused.value.code == "slot_taken"
    meeting.refresh_from_db()
    assert meeting.slot == slots[0]
    assert set(meeting.bookings.values_list("slot", flat=True)) == {slots[0].pk}


def race(fair: Fair, slot: Slot, pairs: list[Pair], exhibitor: Participation) -> list[str]:
    """All pairs book the same exhibitor in the same slot at the same moment; the result of each."""
    found: list[str] = []
    gate = threading.Barrier(len(pairs))

    def run(pair: Pair) -> None:
        gate.wait()
        try:
            pair.place(slot, exhibitor=exhibitor)
            found.append("placed")
        except Refused as refused:
            found.append(refused.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(pair,)) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.fixture
def unguarded(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The table of bookings without its unique constraint."""
    constraint = next(c for c in Booking._meta.constraints if c.name == "resource_once_per_slot")
    # SQLite recreates the table from the model.
    with monkeypatch.context() as patch, connection.schema_editor() as editor:
        patch.setattr(Booking._meta, "constraints", [])
        editor.remove_constraint(Booking, constraint)
    yield
    Booking.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(Booking, constraint)


def _racing(fair: Fair) -> list[str]:
    exhibitor, slot = make_exhibitor(fair), make_slots(fair, first=MORNING, number=1)[0]
    return race(fair, slot, [Pair(fair) for _ in range(RACERS)], exhibitor)


def test_only_organisers_move_a_meeting_into_a_slot_kept_in_reserve(fair: Fair) -> None:
    pair, slots = Pair(fair), make_slots(fair, first=MORNING)
    meeting = pair.place(slots[0])
    fair.days.update(reserve_slots=1)
    with pytest.raises(Refused) as refused:
        move(actor(pair.purchaser), meeting=meeting.pk, slot=slots[-1].pk, now=BEFORE)
    assert refused.value.code == "slot_reserved"
    assert move(actor(pair.purchaser), meeting=meeting.pk, slot=slots[-2].pk, now=BEFORE).slot == slots[-2]
    organiser = make_role(fair, "organiser")
    assert move(actor(organiser), meeting=meeting.pk, slot=slots[-1].pk, now=BEFORE).slot == slots[-1]


@pytest.mark.django_db(transaction=True)
def test_of_thirty_two_bookings_of_one_slot_exactly_one_succeeds() -> None:
    found = _racing(make_fair())
    assert sorted(found) == ["placed"] + ["slot_taken"] * (RACERS - 1)
    assert Meeting.objects.count() == 1


def test_without_the_constraint_a_slot_is_booked_twice(unguarded: None) -> None:
    assert _racing(make_fair()).count("placed") > 1


def test_no_more_meetings_are_held_at_once_than_there_are_rooms(fair: Fair) -> None:
    fair.rooms = 1
    fair.save()
    first, second = make_slots(fair, first=MORNING, number=2)
    one, other = Pair(fair), Pair(fair)
    meeting = one.place(first)
    assert meeting.bookings.filter(resource="room:1", slot=first).exists()
    assert free_slots(other, after=BEFORE) == [second]
    with pytest.raises(Refused, match="slot_taken"), transaction.atomic():
        other.place(first)
    moved = other.place(second)
    organiser = actor(make_role(fair, "organiser"))
    with pytest.raises(Refused, match="slot_taken"):
        move(organiser, meeting=moved.pk, slot=first.pk, now=BEFORE)
    cancel(organiser, meeting=meeting.pk, now=BEFORE)
    move(organiser, meeting=moved.pk, slot=first.pk, now=BEFORE)
    assert moved.bookings.filter(resource="room:1", slot=first).exists()
