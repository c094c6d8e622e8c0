"""An interpreter is unavailable: who takes their meetings over, what nobody can, and what one act stores."""

from uuid import UUID

import pytest

from chat.models import Member
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Absence
from fairplatform.notices.models import Notice
from meetings.changes.acting import Span
from meetings.changes.covering import Covered, cover, covered
from meetings.models import Booking, Change, Meeting
from meetings.models.booking import person
from meetings.schedule.interpreters import Interpreters
from tests.factories import NOW, actor
from tests.meetings.changes.market import Market

pytestmark = [pytest.mark.django_db, pytest.mark.either]
KEY = UUID(int=2)


class Case(Market):
    """An interpreter with a meeting in each of `meetings` slots after the running one."""

    def __init__(self, *meetings: int) -> None:
        super().__init__()
        self.ill = self.interpreter()
        self.own = [self.meet(self.seller(), self.buyer(), self.slots[at], self.ill) for at in meetings]

    def covered(self) -> list[Covered]:
        return covered(self.fair, self.ill, Span.of(self.fair, self.slots[1], self.slots[-1]), NOW)

    def who(self) -> list[User | None]:
        return [one.interpreter for one in self.covered()]

    def cover(self, enough: tuple[int, ...] = (), shown: dict[int, int | None] | None = None) -> Change:
        found = {one.meeting.pk: one.interpreter.pk if one.interpreter else None for one in self.covered()}
        return cover(
            actor(self.organiser), fair=self.fair.pk, interpreter=self.ill.pk, first=self.slots[1].pk,
            last=self.slots[-1].pk, shown=found if shown is None else shown, enough=enough, key=KEY, now=NOW,
        )  # fmt: skip


@pytest.fixture
def case(db: None) -> Case:
    """With two meetings that do not follow each other: there are five minutes between two slots."""
    return Case(1, 3)


def test_others_of_the_languages_take_the_meetings_over(case: Case) -> None:
    able = case.interpreter()
    case.interpreter("zh-en")
    assert case.who() == [able, able]


def test_nobody_works_in_two_slots_with_less_than_ten_minutes_between(db: None) -> None:
    case = Case(1, 2, 3)
    first, second = case.interpreter(), case.interpreter()
    found = case.who()
    assert found in ([first, second, first], [second, first, second])


def test_who_has_a_meeting_of_their_own_beside_it_does_not(case: Case) -> None:
    busy = case.interpreter()
    case.meet(case.seller(), case.buyer(), case.slots[4], busy)
    assert case.who() == [busy, None]


def test_minutes_of_a_day_are_kept(case: Case) -> None:
    limited = case.interpreter(max_minutes_a_day=25)
    assert sorted(who == limited for who in case.who()) == [False, True]


def test_who_is_absent_or_has_a_break_does_not(case: Case) -> None:
    absent, pausing = case.interpreter(), case.interpreter()
    Absence.objects.create(fair=case.fair, user=absent, date=NOW.date())
    Absence.objects.create(
        fair=case.fair, user=pausing, date=NOW.date(), from_time="12:35", until_time="12:40", zone="Asia/Karachi"
    )
    assert case.who() == [None, pausing]


def test_who_is_on_call_may(case: Case) -> None:
    on_call = case.interpreter(on_call=True)
    assert case.who() == [on_call, on_call]


def test_where_not_all_can_be_covered_those_that_need_it_come_first(db: None) -> None:
    case = Case(1, 2)
    Meeting.objects.filter(pk=case.own[0].pk).update(interpreting="welcome")
    other = case.interpreter()
    assert case.who() == [None, other]


def test_english_is_asked_about_where_both_speak_it(case: Case) -> None:
    for side in (case.own[0].exhibitor_id, case.own[0].buyer_id):
        user = case.people[side]
        user.speaks = [*user.speaks, "en"]
        user.save()
    assert [(list(one.shared), one.may_do_without) for one in case.covered()] == [(["en"], True), ([], False)]
    case.cover(enough=(case.own[0].pk,))
    levels = [Meeting.objects.get(pk=one.pk).interpreting for one in case.own]
    assert levels == ["not_needed", "required"]
    acts = dict(Change.objects.get().meetings.values_list("meeting", "act"))
    assert acts == {case.own[0].pk: "spoken", case.own[1].pk: "uncovered"}


def test_a_language_that_they_do_not_share_is_not_enough(case: Case) -> None:
    with pytest.raises(Refused) as refused:
        case.cover(enough=(case.own[0].pk,))
    assert (refused.value.code, Change.objects.count()) == ("changed_meanwhile", 0)


def test_one_act_gives_seats_conversations_and_bookings_to_others(case: Case) -> None:
    other = case.interpreter()
    case.cover()
    for meeting in case.own:
        assert list(meeting.participants.filter(role="interpreter").values_list("user", flat=True)) == [other.pk]
        members = Member.objects.filter(conversation=meeting.conversation_id, role="interpreter")
        assert list(members.values_list("user", flat=True)) == [other.pk]
    booked = Booking.objects.filter(resource__in=[person(case.ill.pk), person(other.pk)])
    assert sorted(booked.values_list("resource", "slot")) == sorted((person(other.pk), m.slot_id) for m in case.own)
    codes = dict(Notice.objects.values_list("recipient", "code"))
    assert codes == {case.ill.pk: "interpreter_released", other.pk: "interpreter_appointed"}
    assert Absence.objects.filter(user=case.ill).count() == 1
    assert case.covered() == []


def test_an_absence_at_the_same_hours_of_another_zone_does_not_stand_for_the_acts(case: Case) -> None:
    """11:00 in China is not 11:00 in Pakistan."""
    [stored] = Span.of(case.fair, case.slots[1], case.slots[-1]).absences(case.fair)
    times = {"date": stored.date, "from_time": stored.from_time, "until_time": stored.until_time}
    Absence.objects.create(fair=case.fair, user=case.ill, zone="Asia/Shanghai", **times)
    case.cover()
    rows = Absence.objects.filter(user=case.ill, **times)
    assert sorted(rows.values_list("zone", flat=True)) == sorted(["Asia/Shanghai", stored.zone])
    assert Interpreters(case.fair, [case.ill.pk]).hindrance(case.ill.pk, case.slots[1]) == "absent"


def test_the_same_press_twice_is_one_act(case: Case) -> None:
    case.interpreter()
    shown: dict[int, int | None] = {
        one.meeting.pk: one.interpreter.pk if one.interpreter else None for one in case.covered()
    }
    change = case.cover(shown=shown)
    before = Notice.objects.count()
    assert case.cover(shown=shown) == change
    assert Notice.objects.count() == before


def test_what_would_be_covered_otherwise_by_now_is_refused(case: Case) -> None:
    other = case.interpreter()
    shown: dict[int, int | None] = {one.pk: other.pk for one in case.own}
    Absence.objects.create(fair=case.fair, user=other, date=NOW.date())
    with pytest.raises(Refused) as refused:
        case.cover(shown=shown)
    assert (refused.value.code, Change.objects.count()) == ("changed_meanwhile", 0)
