"""How much a meeting, or a request, needs an interpreter: said by who may, with all that follows in one act."""

from typing import Any

import pytest

from fairplatform.accounts.models import AuditEntry, User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Absence, Participation
from fairplatform.notices.models import Notice
from meetings.interpreting.needs import change_interpreting
from meetings.models import Meeting, MeetingRequest
from meetings.requests.actions import accept, change_need, make_request
from tests.factories import NOW, actor
from tests.meetings.buyer_day import get_page, post
from tests.meetings.changes.market import Market

pytestmark = [pytest.mark.django_db, pytest.mark.either("meetings.interpreting.needs")]


class Case(Market):
    """Of a Chinese seller and a buyer from Pakistan with an interpreter, and of one with a seller who speaks Urdu."""

    def __init__(self) -> None:
        super().__init__()
        self.who = self.interpreter()
        self.seller_, self.buyer_ = self.seller(), self.buyer()
        self.urdu = self.seller(speaks=("zh", "ur"))
        self.interpreted = self.meet(self.seller_, self.buyer_, self.slots[1], self.who)
        self.spoken = self.meet(self.urdu, self.buyer_, self.slots[3])

    def person(self, company: Participation) -> User:
        return User.objects.get(pk=self.people[company.pk].pk)

    def change(self, meeting: Meeting, need: str, by: User | None = None, now: Any = NOW) -> Meeting:
        changed = change_interpreting(actor(by or self.organiser), meeting=meeting.pk, interpreting=need, now=now)
        return Meeting.objects.get(pk=changed.pk)

    def refusal(self, meeting: Meeting, need: str, by: User | None = None, now: Any = NOW) -> str:
        with pytest.raises(Refused) as refused:
            self.change(meeting, need, by, now)
        return refused.value.code


@pytest.fixture
def case() -> Case:
    return Case()


def interpreting(meeting: Meeting) -> list[int]:
    return list(meeting.participants.filter(side="").values_list("user", flat=True))


def codes(person: User) -> list[str]:
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("code", flat=True))


@pytest.mark.parametrize(
    ("need", "code"),
    [("not_needed", "meeting_spoken"), ("on_call", "meeting_on_call"), ("own", "meeting_own_interpreter")],
)
def test_without_an_interpreter_of_the_fair_whoever_was_named_is_released(case: Case, need: str, code: str) -> None:
    before = case.interpreted.revision
    made = case.change(case.interpreted, need)
    assert (made.interpreting, interpreting(made), made.revision) == (need, [], before + 1)
    assert not made.bookings.filter(resource=f"person:{case.who.pk}").exists()
    assert codes(case.who) == ["interpreter_released"]
    assert codes(case.person(case.seller_)) == codes(case.person(case.buyer_)) == [code]
    entry = AuditEntry.objects.get(permission="interpreting.change")
    assert (entry.before, entry.after) == ({"need": "required"}, {"need": need})


def test_one_is_named_at_once_where_one_is_required(case: Case) -> None:
    made = case.change(case.spoken, "required", by=case.person(case.urdu))
    assert (made.interpreting, interpreting(made)) == ("required", [case.who.pk])
    assert codes(case.who) == ["interpreter_appointed"]
    # Whoever said it needs no telling.
    assert (codes(case.person(case.urdu)), codes(case.person(case.buyer_))) == ([], ["meeting_interpreted"])


def test_whoever_interprets_stays_but_not_who_no_longer_can(case: Case) -> None:
    second = case.interpreter()
    assert interpreting(case.change(case.interpreted, "welcome")) == [case.who.pk]
    Absence.objects.create(fair=case.fair, user=case.who, date=NOW.date())
    assert interpreting(case.change(case.interpreted, "required")) == [second.pk]
    assert (codes(case.who), codes(second)) == (["interpreter_released"], ["interpreter_appointed"])


def test_required_is_refused_where_nobody_can_and_preferred_is_not(case: Case) -> None:
    case.meet(case.seller("8481"), case.buyer("8481"), case.slots[3], case.interpreter("zh-en"))
    Absence.objects.create(fair=case.fair, user=case.who, date=NOW.date())
    assert case.refusal(case.spoken, "required") == "interpreter_none"
    assert interpreting(case.change(case.spoken, "welcome")) == []


def test_a_company_may_not_say_for_both_that_none_is_needed(case: Case) -> None:
    seller = case.person(case.seller_)
    assert [case.refusal(case.interpreted, need, seller) for need in ("not_needed", "on_call")] == [
        "interpreter_needed"
    ] * 2
    assert case.change(case.interpreted, "own", seller).interpreting == "own"
    case.change(case.spoken, "required")
    assert case.change(case.spoken, "not_needed", case.person(case.buyer_)).interpreting == "not_needed"


def test_nobody_changes_it_once_the_meeting_has_begun_or_without_being_of_it(case: Case) -> None:
    assert case.refusal(case.interpreted, "own", now=case.slots[1].starts_at) == "not_now"
    assert case.refusal(case.interpreted, "own", case.person(case.urdu)) == "not_found"
    assert case.refusal(case.interpreted, "own", case.who) == "not_permitted"


def test_the_page_changes_it_and_says_why_it_cannot(case: Case) -> None:
    seller, address = case.person(case.seller_), f"{case.interpreted.get_absolute_url()}interpreting/"
    assert address in get_page(seller, case.interpreted.get_absolute_url(), now=NOW)
    refused = post(seller, address, {"interpreting": "not_needed"}, now=NOW)
    words = "The two companies share no language, so the other one may need the interpreter. Ask the organisers."
    assert (refused.status_code, words in refused.text) == (409, True)
    assert post(seller, address, {"interpreting": "own"}, now=NOW)["Location"] == case.interpreted.get_absolute_url()
    assert Meeting.objects.get(pk=case.interpreted.pk).interpreting == "own"


def ask(case: Case, need: str = "not_needed") -> MeetingRequest:
    return make_request(
        actor(case.person(case.buyer())), receiver=case.seller_.pk, slot=case.slots[4].pk, interpreting=need, now=NOW
    )


def test_the_need_of_a_request_is_changed_by_both_until_it_is_answered(case: Case) -> None:
    asked, seller = ask(case), case.person(case.seller_)
    assert change_need(actor(seller), request=asked.pk, interpreting="required", now=NOW) is True
    with pytest.raises(Refused) as refused:
        change_need(actor(seller), request=asked.pk, interpreting="not_needed", now=NOW)
    assert refused.value.code == "interpreter_needed"
    assert change_need(actor(asked.made_by), request=asked.pk, interpreting="welcome", now=NOW) is True
    made = accept(actor(seller), request=asked.pk, now=NOW)
    assert (made.interpreting, interpreting(made)) == ("welcome", [case.who.pk])
    with pytest.raises(Refused) as refused:
        change_need(actor(seller), request=asked.pk, interpreting="own", now=NOW)
    assert refused.value.code == "request_closed"


def test_it_is_said_that_no_interpreter_is_free_for_a_request(case: Case) -> None:
    asked = ask(case)
    Absence.objects.create(fair=case.fair, user=case.who, date=NOW.date())
    address = f"/fairs/{case.fair.slug}/requests/{asked.pk}/interpreting/"
    answer = post(asked.made_by, address, {"interpreting": "required"}, now=NOW)
    assert (answer.status_code, MeetingRequest.objects.get().interpreting) == (302, "required")
    made = accept(actor(case.person(case.seller_)), request=asked.pk, now=NOW)
    assert (made.interpreting, interpreting(made)) == ("on_call", [])


@pytest.mark.parametrize(("need", "kept"), [("own", "own"), ("on_call", "on_call"), ("not_needed", "not_needed")])
def test_a_request_without_an_interpreter_of_the_fair_gets_none(case: Case, need: str, kept: str) -> None:
    made = accept(actor(case.person(case.seller_)), request=ask(case, need).pk, now=NOW)
    assert (made.interpreting, interpreting(made)) == (kept, [])
