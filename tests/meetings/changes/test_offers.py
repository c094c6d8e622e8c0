"""A company that was left alone reads whom it could meet instead, and asks one of them by one press."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Absence, Fair, FairDay, Participation, Preference
from fairplatform.notices.models import Notice
from meetings.changes.leaving import leave
from meetings.changes.message import told
from meetings.changes.offers import Offer, Offers, ask_substitute, offer_of
from meetings.models import Change, ChangedMeeting, Meeting, MeetingRequest
from meetings.requests.actions import accept, decline, expire
from tests.factories import NOW, actor
from tests.meetings.buyer_day import get_page, post
from tests.meetings.changes.test_leaving import KEY
from tests.meetings.changes.test_leaving import Case as Leaving

pytestmark = [pytest.mark.django_db, pytest.mark.either]


EARLY = NOW - timedelta(hours=1)


class Case(Leaving):
    """An hour before the first slot, so that whoever is asked has time to answer."""

    def leave(self) -> Change:  # type: ignore[override]
        return leave(
            actor(self.organiser), fair=self.fair.pk, participation=self.leaving.pk, first=self.slots[1].pk,
            last=self.slots[-1].pk, chosen={self.interpreted.pk: None, self.other.pk: None}, key=KEY, now=EARLY,
        )  # fmt: skip


@pytest.fixture
def case() -> Case:
    return Case()


def page(case: Case, meeting: Meeting | None = None) -> str:
    return f"/fairs/{case.fair.slug}/meetings/{(meeting or case.interpreted).pk}/substitutes/"


def day(case: Case) -> str:
    return f"/fairs/{case.fair.slug}/day/"


def person(case: Case, company: Participation) -> User:
    """As a fresh request would load them."""
    return User.objects.get(pk=case.people[company.pk].pk)


def offer(case: Case, now: Any = EARLY) -> Offer:
    return offer_of(Meeting.objects.get(pk=case.interpreted.pk), person(case, case.first), now)


def ask(case: Case, company: Participation, now: Any = EARLY) -> MeetingRequest:
    by = actor(person(case, case.first))
    return ask_substitute(by, meeting=case.interpreted.pk, participation=company.pk, now=now)


def refusal(case: Case, company: Participation, now: Any = EARLY) -> str:
    with pytest.raises(Refused) as refused:
        ask(case, company, now)
    return refused.value.code


def test_whom_it_could_meet_stands_on_its_own_pages_and_in_its_message(case: Case) -> None:
    others = [case.seller() for _number in range(4)]
    change = case.leave()
    shown = offer(case).shown
    assert [one.participation for one in shown] == others[:3]
    assert {one.interpreter for one in shown} == {case.who}
    html = get_page(person(case, case.first), page(case), now=EARLY)
    assert [one.company.name["en"] in html for one in others] == [True, True, True, False]
    assert page(case) in get_page(person(case, case.first), day(case), now=EARLY)
    assert page(case) in get_page(person(case, case.first), case.interpreted.get_absolute_url(), now=EARLY)
    told_first = Notice.objects.filter(recipient=person(case, case.first)).order_by("pk")
    assert [(one.code, one.path) for one in told_first] == [
        ("meeting_cancelled", case.interpreted.get_absolute_url()), ("substitutes_offered", page(case)),
    ]  # fmt: skip
    row = ChangedMeeting.objects.get(change=change, meeting=case.interpreted)
    [message] = told(row, Offers(case.fair, EARLY).of(row))
    assert [one.company.name["en"] in message.message for one in others] == [True, True, True, False]
    assert f"{settings.PUBLIC_URL}{page(case)}" in message.message
    # The second buyer shares no language with anybody who is free, and is told of nobody.
    assert set(Notice.objects.filter(recipient=person(case, case.second)).values_list("code", flat=True)) == {
        "meeting_cancelled"
    }


def test_one_press_asks_and_the_answer_makes_the_meeting_with_its_interpreter(case: Case) -> None:
    other, another = case.seller(), case.seller()
    case.interpreter()  # would be taken before, had the first not interpreted the meeting that was cancelled
    case.leave()
    assert post(person(case, case.first), page(case), {"company": other.pk}, now=EARLY)["Location"] == page(case)
    asked = MeetingRequest.objects.get()
    assert (asked.sender, asked.receiver, asked.slot, asked.instead_of) == (
        case.first, other, case.slots[1], case.interpreted,
    )  # fmt: skip
    assert asked.expires_at == case.slots[1].starts_at - timedelta(minutes=30)
    assert (offer(case).asked, refusal(case, another)) == (asked, "not_now")
    assert page(case) not in get_page(person(case, case.first), day(case), now=EARLY)
    made = accept(actor(person(case, other)), request=asked.pk, now=EARLY)
    assert (made.slot, made.interpreting) == (case.slots[1], "required")
    assert list(made.participants.filter(side="").values_list("user", flat=True)) == [case.who.pk]
    row = ChangedMeeting.objects.get(meeting=case.interpreted)
    assert (row.act, row.substitute, offer(case).substitute) == ("replaced", made, made)


@pytest.mark.parametrize("how", ["declined", "expired"])
def test_who_said_no_or_nothing_is_not_offered_again(case: Case, how: str) -> None:
    other, another = case.seller(), case.seller()
    case.leave()
    asked = ask(case, other)
    if how == "declined":
        decline(actor(person(case, other)), request=asked.pk, now=EARLY)
        assert [one.participation for one in offer(case).shown] == [another]
    else:
        late = asked.expires_at
        expire(asked.pk, now=late)
        assert (offer(case, late).is_late, offer(case, late).shown, refusal(case, another, late)) == (
            True, (), "not_now",
        )  # fmt: skip
        assert page(case) not in get_page(person(case, case.first), day(case), now=late)


def test_one_that_is_no_longer_free_is_said_to_be_so(case: Case) -> None:
    other, another = case.seller(), case.seller()
    case.leave()
    case.meet(other, case.buyer(), case.slots[1])
    answer = post(person(case, case.first), page(case), {"company": other.pk}, now=EARLY)
    words = "This company is no longer free at that time. The list shows who is now."
    assert (answer.status_code, words in answer.text, MeetingRequest.objects.count()) == (409, True, 0)
    assert [other.company.name["en"] in answer.text, another.company.name["en"] in answer.text] == [False, True]


def test_a_no_of_another_company_is_not_to_be_seen(case: Case) -> None:
    refusing, other = case.seller(), case.seller()
    Preference.objects.create(fair=case.fair, participation=refusing, wanted=case.first, wish="no")
    case.leave()
    assert [one.participation for one in offer(case).shown] == [other]
    assert refusal(case, refusing) == "substitute_taken"


def test_where_the_interpreter_has_gone_on_only_who_needs_none_is_offered(case: Case) -> None:
    case.seller()
    urdu = case.seller(speaks=("zh", "ur"))
    case.leave()
    case.meet(case.seller("8481"), case.buyer("8481"), case.slots[1], case.who)
    assert [(one.participation, one.interpreter) for one in offer(case).shown] == [(urdu, None)]


def test_whoever_has_another_meeting_by_now_is_offered_nothing(case: Case) -> None:
    other = case.seller()
    case.leave()
    case.meet(case.seller("8481"), case.first, case.slots[1])
    assert (offer(case).is_busy, offer(case).shown, refusal(case, other)) == (True, (), "substitute_taken")
    assert page(case) not in get_page(person(case, case.first), day(case), now=EARLY)


def test_in_a_slot_that_is_kept_free_they_may_ask_as_well(case: Case) -> None:
    other = case.seller()
    FairDay.objects.filter(fair=case.fair).update(reserve_slots=6)
    case.leave()
    asked = ask(case, other)
    assert accept(actor(person(case, other)), request=asked.pk, now=EARLY).slot == case.slots[1]


def test_nobody_else_sees_whom_they_could_meet(case: Case) -> None:
    other = case.seller()
    case.leave()
    for stranger in (case.leaving, case.second, other):
        get_page(person(case, stranger), page(case), now=EARLY, status=404)
    # Of the leaving company's own day nothing asks for another meeting.
    assert page(case) not in get_page(person(case, case.leaving), day(case), now=EARLY)
    assert get_page(case.organiser, page(case), now=EARLY, status=403)


def test_a_meeting_that_was_cancelled_otherwise_offers_nobody(case: Case) -> None:
    case.seller()
    Meeting.objects.filter(pk=case.interpreted.pk).update(state="cancelled")
    get_page(person(case, case.first), page(case), now=EARLY, status=404)


def test_in_a_draft_fair_nobody_is_notified(case: Case) -> None:
    case.seller()
    Fair.objects.filter(pk=case.fair.pk).update(state="draft")
    case.leave()
    assert not Notice.objects.filter(code="substitutes_offered").exists()
    assert Absence.objects.filter(participation=case.leaving).exists()
