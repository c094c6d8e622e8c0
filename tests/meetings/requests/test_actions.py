"""Making and answering requests: a request books nothing, and however it ends the right people are notified."""

from datetime import UTC, datetime, time, timedelta

import pytest

from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Absence, Fair, Participation, Slot
from fairplatform.notices.models import Notice
from meetings.models import Booking, Meeting, MeetingRequest
from meetings.models.meeting import Side
from meetings.requests.actions import accept, decline, expire, make_request, withdraw
from meetings.schedule.actions.planning import schedule_meeting
from tests.factories import actor, make_buyer, make_exhibitor, make_fair, make_role, make_slots, make_staff

pytestmark = pytest.mark.either("meetings.requests.actions")

MORNING = datetime(2020, 5, 14, 5, 0, tzinfo=UTC)  # Thursday, 10:00 in Pakistan
BEFORE = MORNING - timedelta(hours=2)


class Two:
    """A buyer and an exhibitor with their managers, and the morning's slots."""

    def __init__(self) -> None:
        self.fair: Fair = make_fair()
        self.exhibitor, self.buyer = make_exhibitor(self.fair), make_buyer(self.fair)
        self.seller = make_staff(self.exhibitor, password=None)
        self.purchaser = make_staff(self.buyer, password=None)
        self.slots = make_slots(self.fair, first=MORNING, number=6)

    def ask(self, **fields: object) -> MeetingRequest:
        wanted = {"receiver": self.exhibitor.pk, "slot": self.slots[1].pk, "now": BEFORE, **fields}
        return make_request(actor(wanted.pop("by", self.purchaser)), **wanted)  # type: ignore[arg-type]

    def fill(self, slot: Slot, participation: Participation) -> None:
        """Another company meets this one in the slot."""
        is_buyer = participation == self.buyer
        other = make_exhibitor(self.fair) if is_buyer else make_buyer(self.fair)
        schedule_meeting(
            fair=self.fair, exhibitor=other if is_buyer else participation, buyer=participation if is_buyer else other,
            slot=slot, parties=[(make_staff(other, password=None), Side.EXHIBITOR if is_buyer else Side.BUYER)],
            interpreter=None, interpreting="not_needed", reason={},
        )  # fmt: skip


@pytest.fixture
def two(db: None) -> Two:
    return Two()


def refusal(call: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)  # type: ignore[operator]
    return refused.value.code


def notices() -> set[tuple[int, str]]:
    return set(Notice.objects.values_list("recipient", "code"))


def test_make_request_books_nothing_and_notifies_the_receivers_representatives(two: Two) -> None:
    clerk = make_staff(two.exhibitor, is_manager=False, password=None)
    made = two.ask(note="  Pliers, own brand  ", interpreting="required")
    assert (made.state, made.sender, made.receiver, made.slot) == ("pending", two.buyer, two.exhibitor, two.slots[1])
    assert (made.note, made.interpreting, made.made_by) == ("Pliers, own brand", "required", two.purchaser)
    assert not Booking.objects.exists()
    assert notices() == {(two.seller.pk, "request_received")}
    assert clerk.pk not in {pk for pk, _ in notices()}


def test_make_request_works_from_the_exhibitors_side(two: Two) -> None:
    made = two.ask(by=two.seller, receiver=two.buyer.pk)
    assert (made.sender, made.receiver) == (two.exhibitor, two.buyer)
    meeting = accept(actor(two.purchaser), request=made.pk, now=BEFORE)
    assert (meeting.exhibitor, meeting.buyer) == (two.exhibitor, two.buyer)


@pytest.mark.parametrize(
    ("slot", "now", "expires"),
    [
        (1, BEFORE, MORNING),  # half an hour before 10:30
        (1, BEFORE - timedelta(days=3), BEFORE - timedelta(days=2)),
    ],
)
def test_make_request_expires_in_a_day_or_half_an_hour_before_the_slot(
    two: Two, slot: int, now: datetime, expires: datetime
) -> None:
    assert two.ask(slot=two.slots[slot].pk, now=now).expires_at == expires


def test_make_request_refuses_a_second_one_in_either_direction(two: Two) -> None:
    two.ask()
    assert refusal(two.ask, slot=two.slots[2].pk) == "request_exists"
    assert refusal(two.ask, by=two.seller, receiver=two.buyer.pk) == "request_exists"
    assert MeetingRequest.objects.count() == 1


@pytest.mark.parametrize("who", ["buyer", "exhibitor"])
def test_make_request_refuses_a_slot_either_side_has_filled(two: Two, who: str) -> None:
    two.fill(two.slots[1], getattr(two, who))
    assert refusal(two.ask) == "slot_taken"


def test_make_request_refuses_slots_too_near_past_outside_hours_or_elsewhere(two: Two) -> None:
    late = make_slots(two.fair, first=MORNING + timedelta(hours=5), number=1)[0]  # 18:00 in China
    elsewhere = make_slots(make_fair(), first=MORNING, number=1)[0]
    assert refusal(two.ask, now=MORNING) == "slot_past"
    assert refusal(two.ask, now=MORNING + timedelta(days=1)) == "slot_past"
    assert refusal(two.ask, slot=late.pk) == "slot_outside_hours"
    assert refusal(two.ask, slot=elsewhere.pk) == "not_found"


def test_make_request_refuses_the_own_company_and_two_on_the_same_side(two: Two) -> None:
    assert refusal(two.ask, receiver=two.buyer.pk) == "same_company"
    assert refusal(two.ask, receiver=make_buyer(two.fair).pk) == "not_both_sides"


def test_make_request_refuses_strangers_visitors_and_closed_fairs(two: Two) -> None:
    other = make_fair()
    stranger = make_staff(make_buyer(other), password=None)
    assert refusal(two.ask, by=stranger) == "not_permitted"
    assert refusal(two.ask, by=make_role(two.fair, "interpreter")) == "not_permitted"
    Participation.objects.filter(pk=two.exhibitor.pk).update(state="submitted")
    assert refusal(two.ask) == "not_found"
    Participation.objects.filter(pk=two.exhibitor.pk).update(state="approved")
    Fair.objects.filter(pk=two.fair.pk).update(state="closed")
    assert refusal(two.ask) == "not_now"


def test_accept_schedules_the_meeting_with_those_who_asked_and_answered(two: Two) -> None:
    interpreter = make_role(two.fair, "interpreter")
    clerk = make_staff(two.buyer, is_manager=False, password=None)
    lead = User.objects.get(pk=two.purchaser.pk)
    made = two.ask(by=clerk, interpreting="required")
    Notice.objects.all().delete()
    meeting = accept(actor(two.seller), request=made.pk, now=BEFORE)
    made.refresh_from_db()
    assert (made.state, made.meeting, made.answered_by) == ("accepted", meeting, two.seller)
    assert (meeting.slot, meeting.state, meeting.interpreting) == (two.slots[1], "confirmed", "required")
    assert set(meeting.participants.values_list("user", "side")) == {
        (clerk.pk, "buyer"), (lead.pk, "buyer"), (two.seller.pk, "exhibitor"), (interpreter.pk, ""),
    }  # fmt: skip
    assert notices() == {(two.purchaser.pk, "request_accepted"), (interpreter.pk, "interpreter_appointed")}
    assert set(Notice.objects.values_list("path", flat=True)) == {meeting.get_absolute_url()}


def test_accept_without_a_free_interpreter_puts_one_on_call(two: Two) -> None:
    meeting = accept(actor(two.seller), request=two.ask(interpreting="required").pk, now=BEFORE)
    assert meeting.interpreting == "on_call"


def test_accept_refused_when_the_slot_was_taken_a_moment_before(two: Two) -> None:
    made = two.ask()
    two.fill(two.slots[1], two.buyer)
    assert refusal(accept, actor(two.seller), request=made.pk, now=BEFORE) == "slot_taken"
    made.refresh_from_db()
    assert made.state == "pending"
    meeting = accept(actor(two.seller), request=made.pk, slot=two.slots[2].pk, now=BEFORE)
    assert meeting.slot == two.slots[2]


def test_accept_leaves_out_a_manager_who_is_booked(two: Two) -> None:
    """Two desks: the manager is booked at one, a colleague accepts and attends at the other."""
    Participation.objects.filter(pk=two.exhibitor.pk).update(desks=2)
    clerk = make_staff(two.exhibitor, is_manager=False, password=None)
    Booking.objects.create(fair=two.fair, resource=f"person:{two.seller.pk}", slot=two.slots[1])
    meeting = accept(actor(clerk), request=two.ask().pk, now=BEFORE)
    assert set(meeting.participants.values_list("user", flat=True)) == {clerk.pk, two.purchaser.pk}


def test_accept_names_nobody_who_is_absent_in_the_slot(two: Two) -> None:
    """Of the slot from 10:30 to 10:55 the interpreter is away at its start, in Karachi, and a manager the whole day."""
    interpreter, second = make_role(two.fair, "interpreter"), make_staff(two.buyer, password=None)
    Absence.objects.create(
        fair=two.fair, user=interpreter, date=MORNING.date(), from_time=time(10, 15), until_time=time(10, 35),
        zone="Asia/Karachi",
    )  # fmt: skip
    Absence.objects.create(fair=two.fair, user=second, date=MORNING.date())
    meeting = accept(actor(two.seller), request=two.ask(interpreting="required").pk, now=BEFORE)
    assert meeting.interpreting == "on_call"
    assert set(meeting.participants.values_list("user", flat=True)) == {two.seller.pk, two.purchaser.pk}


def test_decline_stores_the_answer_and_notifies_the_sender(two: Two) -> None:
    made = two.ask()
    Notice.objects.all().delete()
    decline(actor(two.seller), request=made.pk, answer="We have an agent in Punjab.", now=BEFORE)
    made.refresh_from_db()
    assert (made.state, made.answer, made.answered_at) == ("declined", "We have an agent in Punjab.", BEFORE)
    assert notices() == {(two.purchaser.pk, "request_declined")}


def test_withdraw_notifies_the_receiver_and_allows_another_request(two: Two) -> None:
    made = two.ask()
    Notice.objects.all().delete()
    withdraw(actor(two.purchaser), request=made.pk, now=BEFORE)
    assert notices() == {(two.seller.pk, "request_withdrawn")}
    assert two.ask().state == "pending"


def test_answers_belong_to_the_receiver_and_withdrawing_to_the_sender(two: Two) -> None:
    made, stranger = two.ask(), make_staff(make_buyer(two.fair), password=None)
    for call in (accept, decline):
        assert refusal(call, actor(two.purchaser), request=made.pk, now=BEFORE) == "not_permitted"
        assert refusal(call, actor(stranger), request=made.pk, now=BEFORE) == "not_found"
    assert refusal(withdraw, actor(two.seller), request=made.pk, now=BEFORE) == "not_permitted"


def test_a_request_ends_once(two: Two) -> None:
    made = two.ask()
    decline(actor(two.seller), request=made.pk, now=BEFORE)
    assert refusal(accept, actor(two.seller), request=made.pk, now=BEFORE) == "request_closed"
    assert refusal(withdraw, actor(two.purchaser), request=made.pk, now=BEFORE) == "request_closed"
    assert not Meeting.objects.exists()


def test_expire_closes_a_request_once_and_notifies_both(two: Two) -> None:
    made = two.ask()
    Notice.objects.all().delete()
    expire(made.pk, now=made.expires_at - timedelta(seconds=1))
    assert not Notice.objects.exists()
    assert refusal(accept, actor(two.seller), request=made.pk, now=made.expires_at) == "request_closed"
    for _ in range(2):
        expire(made.pk, now=made.expires_at)
    made.refresh_from_db()
    assert made.state == "expired"
    assert sorted(Notice.objects.values_list("recipient", "code")) == sorted(
        [(two.seller.pk, "request_expired"), (two.purchaser.pk, "request_expired")]
    )


def test_requesting_and_withdrawing_repeatedly_is_one_notice_and_limited(two: Two) -> None:
    boss = make_staff(two.exhibitor, password=None)
    for minute in range(3):
        made = two.ask(now=BEFORE + timedelta(minutes=minute))
        withdraw(actor(two.purchaser), request=made.pk, now=BEFORE + timedelta(minutes=minute))
    assert refusal(two.ask, now=BEFORE + timedelta(minutes=3)) == "asked_often"
    assert list(Notice.objects.order_by("pk").values_list("recipient", "code")) == [
        (pk, "request_withdrawn") for _ in range(3) for pk in (two.seller.pk, boss.pk)
    ]
    # Other companies may ask, and the other one this one; a day later it may again.
    assert two.ask(by=make_staff(make_buyer(two.fair), password=None)).state == "pending"
    answer = make_request(actor(two.seller), receiver=two.buyer.pk, slot=two.slots[1].pk, now=BEFORE)
    withdraw(actor(two.seller), request=answer.pk, now=BEFORE)
    MeetingRequest.objects.filter(sender=two.buyer).update(made_at=BEFORE - timedelta(hours=24))
    assert two.ask().state == "pending"


def test_withdrawing_a_request_that_was_read_is_a_new_notice(two: Two) -> None:
    made = two.ask()
    Notice.objects.update(read_at=BEFORE)
    withdraw(actor(two.purchaser), request=made.pk, now=BEFORE)
    assert list(Notice.objects.order_by("pk").values_list("code", flat=True)) == [
        "request_received",
        "request_withdrawn",
    ]


def test_nobody_asks_for_more_meetings_than_one_of_the_two_may_have(two: Two) -> None:
    Fair.objects.filter(pk=two.fair.pk).update(max_meetings=1)
    two.fill(two.slots[3], two.buyer)
    assert refusal(two.ask) == "own_meets_enough"
    assert refusal(two.ask, by=two.seller, receiver=two.buyer.pk) == "other_meets_enough"
    Participation.objects.filter(pk=two.buyer.pk).update(max_meetings=2)  # the company's own, before the fair's
    assert two.ask().state == "pending"


@pytest.mark.parametrize(("who", "code"), [("exhibitor", "own_meets_enough"), ("buyer", "other_meets_enough")])
def test_accept_refuses_what_is_more_than_one_of_the_two_may_have_by_then(two: Two, who: str, code: str) -> None:
    pending = two.ask()
    company = getattr(two, who)
    two.fill(two.slots[3], company)
    Participation.objects.filter(pk=company.pk).update(max_meetings=1)
    assert refusal(accept, actor(two.seller), request=pending.pk, now=BEFORE) == code
    Meeting.objects.update(state="cancelled")
    assert accept(actor(two.seller), request=pending.pk, now=BEFORE).slot == two.slots[1]


def test_of_two_that_both_sell_and_buy_each_has_its_ceiling_in_its_role(two: Two) -> None:
    """Whoever is asked sells, also when it answers."""
    Participation.objects.update(sells=True, buys=True)
    pending = two.ask()
    two.fill(two.slots[3], two.buyer)  # which it buys in, and so it may in this one no more
    Participation.objects.filter(pk=two.buyer.pk).update(max_meetings=1)
    assert refusal(accept, actor(two.seller), request=pending.pk, now=BEFORE) == "other_meets_enough"
    withdraw(actor(two.purchaser), request=pending.pk, now=BEFORE)
    other = two.ask(by=two.seller, receiver=two.buyer.pk)
    assert accept(actor(two.purchaser), request=other.pk, now=BEFORE).exhibitor == two.buyer


def test_requests_leave_alone_what_is_kept_in_reserve(two: Two) -> None:
    """The last slot of the day; one that was asked for before is refused when it is answered."""
    pending = two.ask(slot=two.slots[5].pk)
    two.fair.days.update(reserve_slots=1)
    assert refusal(accept, actor(two.seller), request=pending.pk, now=BEFORE) == "slot_reserved"
    assert accept(actor(two.seller), request=pending.pk, slot=two.slots[4].pk, now=BEFORE).slot == two.slots[4]
    assert refusal(two.ask, slot=two.slots[5].pk) == "slot_reserved"
