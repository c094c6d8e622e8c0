"""A company leaves: who is left alone, whom they could meet instead, and what one act stores."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from fairplatform.errors import Refused
from fairplatform.fairs.models import Absence, Participation
from fairplatform.fairs.models.wishes import Preference
from fairplatform.notices.models import Notice
from meetings.changes.acting import Span
from meetings.changes.leaving import Left, leave, left_alone
from meetings.changes.message import told
from meetings.models import Booking, Change, ChangedMeeting, Meeting
from meetings.schedule.actions.planning import cancel
from tests.factories import NOW, actor
from tests.meetings.changes.market import Market

pytestmark = [pytest.mark.django_db, pytest.mark.either]
KEY = UUID(int=1)


class Case(Market):
    """A seller that leaves, two buyers that meet it, the first with an interpreter."""

    def __init__(self) -> None:
        super().__init__()
        self.leaving, self.first, self.second = self.seller(), self.buyer(), self.buyer()
        self.who = self.interpreter()
        self.interpreted = self.meet(self.leaving, self.first, self.slots[1], self.who)
        self.other = self.meet(self.leaving, self.second, self.slots[3])

    def span(self) -> Span:
        return Span.of(self.fair, self.slots[1], self.slots[-1])

    def left(self) -> list[Left]:
        return left_alone(self.fair, self.leaving, self.span(), NOW)

    def offered(self) -> list[list[int]]:
        """By meeting, whom they could meet."""
        return [[one.participation.pk for one in left.candidates] for left in self.left()]

    def leave(self, chosen: dict[int, int | None] | None = None, key: UUID = KEY) -> Change:
        nobody: dict[int, int | None] = {self.interpreted.pk: None, self.other.pk: None}
        return leave(
            actor(self.organiser), fair=self.fair.pk, participation=self.leaving.pk, first=self.slots[1].pk,
            last=self.slots[-1].pk, chosen=nobody | (chosen or {}), key=key, now=NOW,
        )  # fmt: skip


@pytest.fixture
def case() -> Case:
    return Case()


def test_who_suits_by_the_same_heading_and_can_be_talked_to_is_offered(case: Case) -> None:
    chinese, english = case.seller(), case.seller(speaks=("zh", "ur"))
    case.seller("8481")
    # Without an interpreter only who speaks Urdu can talk to the second buyer.
    first, second = case.offered()
    assert (sorted(first), second) == ([chinese.pk, english.pk], [english.pk])
    [left, _other] = case.left()
    assert [(one.interpreter, one.headings) for one in left.candidates] == [(case.who, ("8203",))] * 2


def refuse(case: Case, company: Participation) -> None:
    Participation.objects.filter(pk=company.pk).update(state="waiting")


def forbid(case: Case, company: Participation) -> None:
    Preference.objects.create(fair=case.fair, participation=company, wanted=case.first, wish="no")


def busy(case: Case, company: Participation) -> None:
    case.meet(company, case.buyer(), case.slots[1])


def met(case: Case, company: Participation) -> None:
    case.meet(company, case.first, case.slots[4])


def absent(case: Case, company: Participation) -> None:
    Absence.objects.create(fair=case.fair, participation=company, date=NOW.date())


def full(case: Case, company: Participation) -> None:
    case.meet(company, case.buyer(), case.slots[5])
    Participation.objects.filter(pk=company.pk).update(max_meetings=1)


def engaged(case: Case, company: Participation) -> None:
    Booking.objects.create(fair=case.fair, slot=case.slots[1], resource=f"person:{case.people[company.pk].pk}")


@pytest.mark.parametrize("change", [refuse, forbid, busy, met, absent, full, engaged])
def test_whoever_cannot_is_not_offered(case: Case, change: Callable[[Case, Participation], None]) -> None:
    able, unable = case.seller(), case.seller()
    change(case, unable)
    assert case.offered()[0] == [able.pk]


def test_nobody_is_offered_to_who_is_not_at_work_then(case: Case) -> None:
    case.seller()
    absent(case, case.first)
    assert case.offered()[0] == []


def test_at_most_three_are_shown(case: Case) -> None:
    for _number in range(5):
        case.seller()
    [left, _other] = case.left()
    assert (len(left.candidates), len(left.shown)) == (5, 3)


def test_one_act_cancels_and_schedules_what_was_chosen(case: Case) -> None:
    substitute = case.seller()
    change = case.leave({case.interpreted.pk: substitute.pk})
    rows = ChangedMeeting.objects.filter(change=change).order_by("meeting__slot__starts_at")
    assert [row.act for row in rows] == ["replaced", "cancelled"]
    made = rows[0].substitute
    assert made is not None
    assert (made.exhibitor, made.buyer, made.slot) == (substitute, case.first, case.slots[1])
    assert sorted(made.participants.values_list("user", flat=True)) == sorted(
        [case.people[substitute.pk].pk, case.people[case.first.pk].pk, case.who.pk]
    )
    assert set(Meeting.objects.filter(exhibitor=case.leaving).values_list("state", flat=True)) == {"cancelled"}
    told_first = Notice.objects.filter(recipient=case.people[case.first.pk]).order_by("pk")
    assert [notice.code for notice in told_first] == ["meeting_cancelled", "meeting_scheduled"]
    assert case.left() == []
    [absence] = Absence.objects.filter(participation=case.leaving)
    assert (absence.date, absence.zone) == (NOW.date(), "Asia/Karachi")


def test_the_same_press_twice_is_one_act(case: Case) -> None:
    change = case.leave()
    before = Notice.objects.count()
    assert case.leave() == change
    assert (Change.objects.count(), Notice.objects.count()) == (1, before)


def test_what_has_changed_since_the_preview_refuses_the_whole_act(case: Case) -> None:
    cancel(actor(case.organiser), meeting=case.other.pk, now=NOW)
    with pytest.raises(Refused) as refused:
        case.leave()
    assert (refused.value.code, Change.objects.count()) == ("changed_meanwhile", 0)
    assert Meeting.objects.get(pk=case.interpreted.pk).state == "confirmed"


def test_a_substitute_taken_by_another_organiser_refuses_the_whole_act(case: Case) -> None:
    substitute = case.seller()
    busy(case, substitute)
    with pytest.raises(Refused) as refused:
        case.leave({case.interpreted.pk: substitute.pk})
    assert (refused.value.code, Change.objects.count()) == ("substitute_gone", 0)
    assert Meeting.objects.filter(exhibitor=case.leaving, state="confirmed").count() == 2


def test_one_with_a_ceiling_is_not_chosen_more_often(case: Case) -> None:
    substitute = case.seller(speaks=("zh", "ur"), max_meetings=1)
    with pytest.raises(Refused) as refused:
        case.leave({case.interpreted.pk: substitute.pk, case.other.pk: substitute.pk})
    assert refused.value.code == "substitute_gone"


def test_only_meetings_to_come_in_these_slots_are_cancelled(case: Case) -> None:
    early = case.meet(case.leaving, case.buyer(), case.slots[0])
    span = Span.of(case.fair, case.slots[0], case.slots[1])
    assert [left.meeting for left in left_alone(case.fair, case.leaving, span, NOW)] == [case.interpreted]
    assert early.state == "confirmed"
    assert left_alone(case.fair, case.leaving, span, NOW + timedelta(hours=1)) == []


def test_each_counterpart_has_a_text_in_its_language(case: Case) -> None:
    substitute = case.seller()
    case.people[case.first.pk].language = "ur"
    case.people[case.first.pk].save()
    change = case.leave({case.interpreted.pk: substitute.pk})
    [replaced, cancelled] = [told(row) for row in change.meetings.order_by("meeting__slot__starts_at")]
    assert [(one.participation, one.language) for one in replaced] == [(case.first, "ur"), (substitute, "en")]
    assert substitute.company.name["ur"] in replaced[0].message
    assert [one.participation for one in cancelled] == [case.second]
    assert "Beijing time" in cancelled[0].message


def test_nobody_but_an_organiser_does_it(case: Case) -> None:
    with pytest.raises(Refused, match="not_permitted"):
        leave(
            actor(case.people[case.leaving.pk]), fair=case.fair.pk, participation=case.leaving.pk,
            first=case.slots[1].pk, last=case.slots[2].pk, chosen={}, key=KEY, now=NOW,
        )  # fmt: skip
