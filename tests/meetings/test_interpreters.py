"""Interpreters: who can take a meeting, and another one in place of the one there was."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from fairplatform.accounts.models import AuditEntry, User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Absence
from fairplatform.notices.letters import send_letter
from fairplatform.notices.models import Notice
from meetings.call.actions import enter
from meetings.interpreting.actions import replace_interpreter
from meetings.interpreting.candidates import candidates
from meetings.models import Booking, Meeting
from meetings.requests.actions import accept, make_request
from meetings.schedule.actions.planning import move
from meetings.schedule.interpreters import is_rested
from tests.factories import actor, make_exhibitor, make_role, make_staff
from tests.meetings.buyer_day import START, BuyerDay, get_page, post
from tests.meetings.calendar_reading import read
from tests.notices.sent_letter import received

pytestmark = pytest.mark.either("meetings.interpreting.actions", "meetings.schedule.actions.planning")


@pytest.fixture
def day(db: None) -> BuyerDay:
    return BuyerDay()


def refusal(act: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return str(refused.value.code)


def speaking(person: User, *languages: str) -> None:
    User.objects.filter(pk=person.pk).update(speaks=list(languages))


def minutes(*times: tuple[int, int]) -> list[tuple[datetime, datetime]]:
    start = datetime(2020, 5, 14, 5, 0, tzinfo=UTC)
    return [(start + timedelta(minutes=a), start + timedelta(minutes=b)) for a, b in times]


@pytest.mark.parametrize(
    ("one", "others", "rested"),
    [
        ((0, 25), [], True),
        ((0, 25), [(35, 60)], True),
        ((0, 25), [(34, 60)], False),
        ((35, 60), [(0, 26)], False),
        ((70, 95), [(0, 25), (35, 60)], True),
        ((105, 130), [(0, 25), (35, 60), (70, 95)], False),
        ((125, 150), [(0, 25), (35, 60), (70, 95)], True),
        ((0, 25), [(35, 60), (70, 95), (105, 130)], False),
        ((35, 60), [(0, 25), (70, 95), (125, 150), (160, 185)], True),
        # What is amiss elsewhere is none of this meeting's.
        ((200, 225), [(0, 25), (26, 50)], True),
    ],
)
def test_rest_is_ten_minutes_and_thirty_after_three(
    one: tuple[int, int], others: list[tuple[int, int]], rested: bool
) -> None:
    assert is_rested(minutes(one)[0], minutes(*others)) is rested


def able(day: BuyerDay, meeting: Meeting) -> dict[int, str]:
    return {
        one.user.pk: one.hindrance for one in candidates(meeting.exhibitor, day.buyer, meeting.slot, but=meeting.pk)
    }


def test_each_interpreter_who_cannot_has_a_reason(day: BuyerDay) -> None:
    meeting = day.meet(day.slots[4])
    speaking(day.purchaser, "ur")
    speaking(day.sellers[meeting.pk], "zh")
    pairs = {"language_pairs": ["zh-ur"]}
    fit, unknown = make_role(day.fair, "interpreter", **pairs), make_role(day.fair, "interpreter")
    wrong = make_role(day.fair, "interpreter", language_pairs=["zh-en"])
    busy, resting, absent, tired, on_break = (
        make_role(day.fair, "interpreter", **pairs, max_minutes_a_day=most) for most in (None, None, None, 40, None)
    )
    for person, number in ((busy, 4), (resting, 5), (tired, 1)):
        meet_elsewhere(day, person, number)
    Absence.objects.create(fair=day.fair, user=absent, date=START.date(), zone="Asia/Karachi")
    Booking.objects.create(fair=day.fair, resource=f"person:{on_break.pk}", slot=day.slots[4])
    found = able(day, meeting)
    assert list(found)[:2] == [fit.pk, unknown.pk]
    assert found == {
        fit.pk: "", unknown.pk: "", wrong.pk: "languages", busy.pk: "booked", resting.pk: "rest",
        absent.pk: "absent", on_break.pk: "booked", tired.pk: "minutes",
    }  # fmt: skip


def meet_elsewhere(day: BuyerDay, interpreter: User, number: int) -> Meeting:
    """A meeting of another buyer in the same fair with this interpreter."""
    other = BuyerDay.__new__(BuyerDay)
    buyer = make_exhibitor(day.fair)
    other.__dict__.update(fair=day.fair, slots=day.slots, buyer=buyer, sellers={})
    other.purchaser = make_staff(buyer, password=None)
    return other.meet(day.slots[number], interpreter)


def test_an_absence_in_the_interpreters_own_time_hinders_that_time_alone(day: BuyerDay) -> None:
    meeting = day.meet(day.slots[4])  # 12:00 in Pakistan, 11:00 in Dubai
    interpreter = make_role(day.fair, "interpreter")
    User.objects.filter(pk=interpreter.pk).update(country="AE")
    absence = Absence.objects.create(
        fair=day.fair, user=interpreter, date=START.date(), from_time="11:00", until_time="11:05"
    )
    assert able(day, meeting) == {interpreter.pk: "absent"}
    Absence.objects.filter(pk=absence.pk).update(from_time="12:00", until_time="12:30")
    assert able(day, meeting) == {interpreter.pk: ""}


def test_another_interpreter_takes_the_meeting_in_one_act(day: BuyerDay) -> None:
    first, second = make_role(day.fair, "interpreter"), make_role(day.fair, "interpreter")
    organiser, meeting = make_role(day.fair, "organiser"), day.meet(day.slots[4], first)
    soon = meeting.starts_at - timedelta(minutes=5)
    for person in (first, day.purchaser):
        enter(actor(person), meeting=meeting.pk, connection_id=f"of {person.pk}", now=soon)
    before = User.objects.get(pk=first.pk).access_version
    replace_interpreter(actor(organiser), meeting=meeting.pk, interpreter=second.pk, now=soon)
    assert set(meeting.participants.filter(side="").values_list("user", flat=True)) == {second.pk}
    assert set(meeting.bookings.filter(resource__startswith="person:").values_list("resource", flat=True)) == {
        f"person:{pk}" for pk in (second.pk, day.purchaser.pk, day.sellers[meeting.pk].pk)
    }
    assert set(meeting.conversation.members.filter(role="interpreter").values_list("user", flat=True)) == {second.pk}
    assert set(meeting.attendances.filter(left_at=None).values_list("user", flat=True)) == {day.purchaser.pk}
    assert User.objects.get(pk=first.pk).access_version > before
    assert set(Notice.objects.values_list("recipient", "code")) == {
        (first.pk, "interpreter_released"), (second.pk, "interpreter_appointed"),
    }  # fmt: skip
    assert AuditEntry.objects.get(permission="interpreter.replace").after == {"interpreter": second.pk}
    assert refusal(enter, actor(first), meeting=meeting.pk, connection_id="again", now=soon) == "not_found"


def test_the_meeting_leaves_the_calendar_of_whoever_is_replaced(day: BuyerDay) -> None:
    first, second = make_role(day.fair, "interpreter"), make_role(day.fair, "interpreter")
    meeting = day.meet(day.slots[4], first)
    replace_interpreter(actor(make_role(day.fair, "organiser")), meeting=meeting.pk, interpreter=second.pk, now=START)
    found = {}
    for notice in Notice.objects.order_by("pk"):
        assert send_letter.func(notice.pk) == 1
        [part] = list(received().iter_attachments())
        own, [event] = read(part.get_payload(decode=True))  # type: ignore[arg-type]
        found[notice.recipient_id] = (own["METHOD"], event["STATUS"].value, event["SEQUENCE"].value)
        mail.outbox.clear()
    assert found == {first.pk: ("CANCEL", "CANCELLED", "1"), second.pk: ("REQUEST", "CONFIRMED", "1")}


def test_nobody_may_be_appointed_who_cannot(day: BuyerDay) -> None:
    first, second = make_role(day.fair, "interpreter"), make_role(day.fair, "interpreter")
    meeting, organiser = day.meet(day.slots[4], first), actor(make_role(day.fair, "organiser"))

    def refused(who: User, now: datetime = START) -> str:
        return refusal(replace_interpreter, organiser, meeting=meeting.pk, interpreter=who.pk, now=now)

    meet_elsewhere(day, second, 5)
    assert refused(second) == "interpreter_rest"
    assert refused(day.purchaser) == "not_found"
    assert refused(second, meeting.ends_at) == "not_now"
    for stranger in (day.purchaser, first):
        act = {"meeting": meeting.pk, "interpreter": second.pk, "now": START}
        assert refusal(replace_interpreter, actor(stranger), **act) == "not_permitted"
    assert set(meeting.participants.filter(side="").values_list("user", flat=True)) == {first.pk}


def test_without_an_interpreter_one_is_on_call(day: BuyerDay) -> None:
    first, organiser = make_role(day.fair, "interpreter"), actor(make_role(day.fair, "organiser"))
    meeting = day.meet(day.slots[4], first)
    replace_interpreter(organiser, meeting=meeting.pk, interpreter=None, now=START)
    meeting.refresh_from_db()
    assert (meeting.interpreting, meeting.participants.filter(side="").count()) == ("on_call", 0)
    replace_interpreter(organiser, meeting=meeting.pk, interpreter=first.pk, now=START)
    meeting.refresh_from_db()
    assert (meeting.interpreting, meeting.participants.filter(side="").count()) == ("welcome", 1)


def test_who_brings_an_interpreter_keeps_theirs_until_the_fair_gives_them_one(day: BuyerDay) -> None:
    first, organiser = make_role(day.fair, "interpreter"), actor(make_role(day.fair, "organiser"))
    meeting = day.meet(day.slots[4], None)
    Meeting.objects.filter(pk=meeting.pk).update(interpreting="own")
    replace_interpreter(organiser, meeting=meeting.pk, interpreter=None, now=START)
    meeting.refresh_from_db()
    assert meeting.interpreting == "own"
    replace_interpreter(organiser, meeting=meeting.pk, interpreter=first.pk, now=START)
    meeting.refresh_from_db()
    assert (meeting.interpreting, meeting.participants.filter(side="").count()) == ("welcome", 1)


def test_the_page_offers_those_who_can_and_says_why_others_cannot(day: BuyerDay) -> None:
    first, second, third = (make_role(day.fair, "interpreter", max_minutes_a_day=110) for _ in range(3))
    meeting, organiser = day.meet(day.slots[4], first), make_role(day.fair, "organiser")
    meet_elsewhere(day, third, 5)
    url = day.url("interpreter", meeting.pk)
    html = get_page(organiser, url, now=START)
    assert "would have too little rest" in html
    assert html.count("0 of 110 minutes on this day") == 2
    assert post(organiser, url, {"interpreter": third.pk}, now=START).status_code == 409
    assert post(organiser, url, {"interpreter": second.pk}, now=START)["Location"] == meeting.get_absolute_url()
    get_page(day.purchaser, url, now=START, status=403)


def test_a_move_asks_the_interpreter_again(day: BuyerDay) -> None:
    interpreter = make_role(day.fair, "interpreter", max_minutes_a_day=50)
    meeting, seller = day.meet(day.slots[1], interpreter), actor(day.purchaser)
    meet_elsewhere(day, interpreter, 4)
    Absence.objects.create(
        fair=day.fair, user=interpreter, date=START.date(), from_time="14:00", until_time="14:10", zone="Asia/Karachi"
    )
    for number, code in (
        (3, "interpreter_rest"),
        (4, "slot_taken"),
        (8, "interpreter_absent"),
        (6, "slot_outside_hours"),
    ):
        assert refusal(move, seller, meeting=meeting.pk, slot=day.slots[number].pk, now=START) == code
    assert move(seller, meeting=meeting.pk, slot=day.slots[2].pk, now=START).slot == day.slots[2]
    meet_elsewhere(day, interpreter, 7)
    assert refusal(move, seller, meeting=meeting.pk, slot=day.slots[1].pk, now=START) == "interpreter_minutes"


def test_an_organiser_may_move_a_meeting_out_of_working_hours(day: BuyerDay) -> None:
    meeting = day.meet(day.slots[1])
    assert move(actor(make_role(day.fair, "organiser")), meeting=meeting.pk, slot=day.slots[6].pk, now=START)


def test_a_request_accepted_gets_an_interpreter_who_can_and_tells_them(day: BuyerDay) -> None:
    exhibitor = make_exhibitor(day.fair)
    seller = make_staff(exhibitor, password=None)
    speaking(seller, "zh")
    speaking(day.purchaser, "ur")
    for pairs in (["zh-en"], ["zh-ur"]):
        make_role(day.fair, "interpreter", language_pairs=pairs)
    able_one = User.objects.get(roles__language_pairs=["zh-ur"])
    asked = make_request(actor(seller), receiver=day.buyer.pk, slot=day.slots[7].pk, interpreting="required", now=START)
    meeting = accept(actor(day.purchaser), request=asked.pk, now=START)
    assert set(meeting.participants.filter(side="").values_list("user", flat=True)) == {able_one.pk}
    assert list(Notice.objects.filter(recipient=able_one).values_list("code", "path")) == [
        ("interpreter_appointed", meeting.get_absolute_url())
    ]
