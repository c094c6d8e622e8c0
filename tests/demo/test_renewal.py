"""A later start moves the fair to its own time, restores the opening state and keeps what visitors did."""

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest

from booths.models import Inquiry
from chat.actions import post_message
from chat.models import Message
from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import User
from fairplatform.demo.demonstration import load_demonstration
from fairplatform.demo.models import DemoRow
from fairplatform.demo.plan.fair_plan import fair_plan
from fairplatform.ledger.chain import Verification, verify
from fairplatform.ledger.kinds import RECORDED
from fairplatform.ledger.models import Entry, ExchangeRate
from fairplatform.operations.management.commands.serve import Command as Serve
from meetings.call.actions import enter, leave
from meetings.clock import tick
from meetings.figures.counting import count_figures
from meetings.models import Attendance, Booking, Meeting, MeetingRequest, Satisfaction
from meetings.outcomes.actions import confirm, submit
from meetings.outcomes.content import Content
from meetings.requests.actions import accept, decline, expire, make_request
from meetings.schedule.actions.planning import cancel, move
from meetings.schedule.availability import Availability
from meetings.schedule.interpreters import Interpreters, interpreters_of

from .conftest import OPENING

STARTS = "meeting__slot__starts_at"
TOMORROW = OPENING + timedelta(days=1, hours=2)
BUYER, SELLER = "torange-hardware-traders-1", "yongkang-bubujin-tools-1"
MINUTE = timedelta(minutes=1)


def row(model, key):
    return model.objects.get(pk=DemoRow.objects.get(kind=model._meta.label_lower, key=key).row)


def actor(key):
    return Actor(row(User, key))


@pytest.fixture
def walk(fair):
    """The running meeting of the personas, in which nobody is simulated."""
    return row(Meeting, "m-153")


def test_a_day_later_the_figures_are_the_same_at_the_new_time(fair):
    before = count_figures(fair, now=OPENING)
    load_demonstration(TOMORROW)
    fair.refresh_from_db()
    assert count_figures(fair, now=TOMORROW) == before
    assert fair.times_moved
    assert list(fair.days.values_list("moved_minutes", flat=True)) == [0, 0, 120, 0, 0]
    assert list(fair.days.values_list("date", flat=True))[2] == TOMORROW.date()
    assert fair.meetings.filter(slot__starts_at=TOMORROW - 4 * MINUTE).count() == 8
    assert fair.outcomes.filter(agreed_at__gt=TOMORROW).count() == 0
    assert Message.objects.filter(sent_at__gt=TOMORROW).count() == 0
    assert Attendance.objects.filter(left_at=None, seen_at=TOMORROW).count() == 15


def test_agreed_orders_and_papers_are_in_the_ledger_once(fair):
    agreed = [outcome for outcome in fair.outcomes.exclude(agreed=None) if outcome.agreed.kind in RECORDED]
    load_demonstration(TOMORROW)
    entries = Entry.objects.filter(fair=fair, corrects=None)
    assert sorted(entries.values_list("outcome", flat=True)) == sorted(outcome.reference for outcome in agreed)
    later = Entry.objects.filter(fair=fair, corrects__isnull=False)
    assert sorted(later.values_list("kind", flat=True)) == ["mou", "order", "trial_order"]
    assert (len(agreed), verify(fair)) == (8, Verification(11, None))


def test_answers_and_rates_move_with_the_days_and_are_loaded_once(fair):
    own = Satisfaction.objects.filter(fair=fair)
    before = {pk: made_at - starts_at for pk, made_at, starts_at in own.values_list("pk", "made_at", STARTS)}
    load_demonstration(TOMORROW)
    assert {pk: made_at - starts_at for pk, made_at, starts_at in own.values_list("pk", "made_at", STARTS)} == before
    assert own.filter(made_at__gt=TOMORROW).count() == 0
    rates = list(ExchangeRate.objects.filter(fair=fair).order_by("quote").values_list("date", "quote"))
    first = fair.days.order_by("number")[0].date
    assert rates == [(first, "CNY"), (first, "PKR")]


def test_past_attendances_move_with_their_slot(fair):
    held = fair.meetings.filter(slot__day__number=3, outcome__state="agreed").earliest("pk")
    before = [(a.entered_at - held.starts_at, a.left_at - held.starts_at) for a in held.attendances.all()]
    load_demonstration(TOMORROW)
    held = fair.meetings.get(pk=held.pk)
    assert held.starts_at > OPENING - timedelta(hours=8)
    assert [(a.entered_at - held.starts_at, a.left_at - held.starts_at) for a in held.attendances.all()] == before
    version = held.outcome.versions.get()
    assert held.starts_at < version.written_at < TOMORROW


def test_a_meeting_that_visitors_held_moves_to_the_past_and_is_loaded_again(fair, walk):
    enter(actor(BUYER), meeting=walk.pk, connection_id="buyers-tab-1", now=OPENING)
    enter(actor(SELLER), meeting=walk.pk, connection_id="sellers-tab-1", now=OPENING)
    Attendance.objects.filter(meeting=walk).update(connected_at=OPENING)
    tick(OPENING + 2 * MINUTE)
    agreed = Content(kind="contact", goods="Pliers")
    outcome = submit(actor(BUYER), meeting=walk.pk, base=None, now=OPENING + 3 * MINUTE, content=agreed)
    confirm(actor(SELLER), meeting=walk.pk, version=outcome.versions.get().pk, now=OPENING + 4 * MINUTE)
    for name in ("buyers-tab-1", "sellers-tab-1"):
        leave(name, now=OPENING + 5 * MINUTE)
    load_demonstration(TOMORROW)
    kept, fresh = Meeting.objects.get(pk=walk.pk), row(Meeting, "m-153")
    assert (kept.state, kept.outcome.state, kept.outcome.number) == ("held", "agreed", 97)
    assert kept.attendances.count() == 2
    assert kept.ends_at < TOMORROW
    assert kept.bookings.count() == 0
    assert fresh.pk != kept.pk
    assert (fresh.state, fresh.starts_at, fresh.attendances.count()) == ("confirmed", TOMORROW - 4 * MINUTE, 0)
    # It replaces a held meeting without an outcome.
    counted = count_figures(fair, now=TOMORROW)
    assert (counted.planned, counted.due, counted.held, counted.running, counted.to_come) == (300, 145, 132, 8, 147)
    assert counted.outcomes == {"agreed": 97, "one_side": 24, "differing": 4, "none": 7}
    load_demonstration(TOMORROW + MINUTE)
    assert (row(Meeting, "m-153").pk, Meeting.objects.count()) == (fresh.pk, 300)


def test_a_visitors_statement_stays(fair):
    one_side = fair.meetings.get(outcome__state="one_side", exhibitor__key="yongkang-bubujin-tools")
    version = one_side.outcome.versions.get()
    confirm(actor(SELLER), meeting=one_side.pk, version=version.pk, now=OPENING)
    load_demonstration(TOMORROW)
    outcome = fair.meetings.get(pk=one_side.pk).outcome
    assert (outcome.state, outcome.agreed_id, outcome.agreed_at) == ("agreed", version.pk, OPENING)
    assert count_figures(fair, now=TOMORROW).outcomes == {"agreed": 97, "one_side": 23, "differing": 4, "none": 8}


def test_a_visitors_message_keeps_its_time(fair):
    inquiry = Inquiry.objects.get(visitor=row(User, BUYER), booth__slug="yongkang-bubujin-tools")
    message = post_message(
        actor(BUYER), conversation=inquiry.conversation_id, client_id=uuid4(), body="Still there?", now=OPENING
    )
    load_demonstration(TOMORROW)
    message.refresh_from_db()
    assert (message.sent_at, message.body) == (OPENING, "Still there?")
    assert list(inquiry.conversation.messages.values_list("seq", flat=True)) == list(range(1, message.seq + 1))
    inquiry.refresh_from_db()
    assert inquiry.opened_at < OPENING


def test_a_meeting_that_a_visitor_moved_or_cancelled_stays_so(fair):
    moved, cancelled = fair.meetings.filter(buyer=row(Meeting, "m-153").buyer, slot__starts_at__gt=OPENING)[:2]
    interpreters = Interpreters(fair, interpreters_of(moved), but=moved.pk)
    both = Availability(fair, (moved.exhibitor, moved.buyer), moved.participants.values_list("user", flat=True))
    ahead = (slot for slot in both.free_slots(after=OPENING) if slot.day.number > moved.slot.day.number)
    free = next(slot for slot in ahead if interpreters.are_free(slot))
    move(actor(BUYER), meeting=moved.pk, slot=free.pk, now=OPENING)
    cancel(actor(BUYER), meeting=cancelled.pk, now=OPENING)
    load_demonstration(TOMORROW)
    moved.refresh_from_db()
    cancelled.refresh_from_db()
    assert (moved.slot_id, moved.state, cancelled.state) == (free.pk, "confirmed", "cancelled")
    assert cancelled.bookings.count() == 0


def _busy(meeting, slot):
    names = meeting.bookings.values("resource")
    return Booking.objects.filter(slot=slot, resource__in=names).exists()


def test_unanswered_requests_are_pending_again_and_answers_stay(fair):
    about_to_expire, answered = row(MeetingRequest, "r-3"), row(MeetingRequest, "r-1")
    expire(about_to_expire.pk, now=OPENING + 7 * MINUTE)
    decline(actor(SELLER), request=answered.pk, now=OPENING, answer="Not this week")
    load_demonstration(TOMORROW)
    about_to_expire.refresh_from_db()
    answered.refresh_from_db()
    assert (about_to_expire.state, about_to_expire.expires_at) == ("pending", TOMORROW + 6 * MINUTE)
    assert (answered.state, answered.answer, answered.answered_at) == ("declined", "Not this week", OPENING)


def test_absences_and_hours_of_certain_dates_move_with_their_day(fair):
    load_demonstration(TOMORROW)
    friday = fair.days.get(number=4)
    assert set(fair.absences.values_list("date", flat=True)) == {friday.date}
    assert fair.absences.count() == 72
    assert set(fair.working_hours.values_list("first", "last")) == {(None, None), (friday.date, friday.date)}
    late, exhibitors = friday.slots.order_by("number").last(), fair.participations.filter(sells=True)
    buyer = fair.participations.get(key="torange-hardware-traders")
    assert sum(Availability(fair, (one, buyer)).is_working_time(late) for one in exhibitors) == 24


def test_meetings_of_a_former_schedule_are_loaded_anew(fair):
    before = count_figures(fair, now=OPENING)
    meetings = DemoRow.objects.filter(kind="meetings.meeting")
    one, other = meetings.get(key="m-001").row, meetings.get(key="m-002").row
    meetings.filter(key="m-002").update(row=one)
    meetings.filter(key="m-001").update(row=other)
    load_demonstration(TOMORROW)
    assert count_figures(fair, now=TOMORROW) == before
    first, planned = row(Meeting, "m-001"), fair_plan().meetings[0]
    assert (first.exhibitor.key, first.buyer.key) == (planned.exhibitor, planned.buyer)
    assert first.pk not in (one, other)
    assert (Meeting.objects.count(), Inquiry.objects.count(), MeetingRequest.objects.count()) == (300, 214, 5)


def test_what_only_the_clock_did_is_undone(fair):
    later = OPENING + timedelta(hours=3)
    tick(later)
    assert fair.meetings.filter(state="missed").count() > 13
    load_demonstration(TOMORROW)
    assert count_figures(fair, now=TOMORROW).not_held == 13
    assert fair.meetings.filter(slot__starts_at__gt=TOMORROW).exclude(state="confirmed").count() == 0


def test_a_slot_that_visitors_booked_stays_theirs(fair):
    moved, slots = row(Meeting, "m-185"), {slot.number: slot for slot in fair.slots.all()}
    assert moved.slot == slots[25]
    free = next(slot for number, slot in slots.items() if number > 25 and not _busy(moved, slot))
    move(manager_of(moved.buyer), meeting=moved.pk, slot=free.pk, now=OPENING)
    asker = next(
        manager_of(one.buyer)
        for one in fair.meetings.exclude(buyer=moved.buyer).order_by("pk")
        if moved.exhibitor_id not in one.buyer.meetings_as_buyer.values_list("exhibitor", flat=True)
        and not one.buyer.meetings_as_buyer.filter(slot=slots[25]).exists()
    )
    asked = make_request(asker, receiver=moved.exhibitor_id, slot=slots[25].pk, now=OPENING)
    theirs = accept(manager_of(moved.exhibitor), request=asked.pk, now=OPENING)
    moved.refresh_from_db()
    enter(manager_of(moved.buyer), meeting=moved.pk, connection_id="buyers-tab", now=moved.opens_at)
    load_demonstration(TOMORROW)
    theirs.refresh_from_db()
    moved.refresh_from_db()
    assert (theirs.slot, theirs.state, theirs.bookings.count()) == (slots[25], "confirmed", 4)
    assert moved.ends_at < TOMORROW
    # Their meeting replaces a planned one. Once another is cancelled the planned one is loaded again, in a free slot.
    assert not DemoRow.objects.filter(kind="meetings.meeting", key="m-185").exists()
    assert count_figures(fair, now=TOMORROW).planned == 300
    other = row(Meeting, "m-300")
    cancel(manager_of(other.buyer), meeting=other.pk, now=TOMORROW)
    load_demonstration(TOMORROW)
    fresh = row(Meeting, "m-185")
    assert fresh.slot.number > 20 and fresh.slot != slots[25]
    assert set(fresh.bookings.values_list("slot", flat=True)) == {fresh.slot_id}
    assert count_figures(fair, now=TOMORROW).planned == 300
    again = count_figures(fair, now=TOMORROW)
    load_demonstration(TOMORROW)
    fresh.refresh_from_db()
    assert (count_figures(fair, now=TOMORROW), fresh.state) == (again, "confirmed")


def manager_of(participation):
    return Actor(participation.company.staff.filter(is_manager=True).earliest("pk").user)


def test_a_start_goes_on_when_the_renewal_fails(fair, settings, caplog):
    settings.DEMO = True
    # No visitor can do this: the running slot is no longer known as the demonstration's.
    DemoRow.objects.get(kind="fairs.slot", key="3-1200").delete()
    Serve(stdout=StringIO()).load_demonstration()
    assert "could not be renewed" in caplog.text
    assert fair.slots.earliest("starts_at").starts_at < OPENING
