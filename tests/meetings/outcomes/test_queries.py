"""The meetings whose outcome waits for a person's side."""

from datetime import timedelta

import pytest

from fairplatform.fairs.models import Fair, Participation
from meetings.models import Meeting
from meetings.outcomes.queries import awaiting_confirmation
from tests.factories import NOW, actor, make_fair, make_slots, make_staff
from tests.meetings.cases import MeetingCase, agree, make_case, order
from tests.meetings.outcomes.confirmations import confirm_as, newest, submit_as


@pytest.fixture
def fair(db: None) -> Fair:
    return make_fair()


@pytest.fixture
def case(fair: Fair) -> MeetingCase:
    return make_case(fair, make_slots(fair)[0], with_interpreter=True)


def test_nothing_awaits_confirmation_by_a_company_that_is_no_longer_approved(case: MeetingCase, fair: Fair) -> None:
    manager = make_staff(case.meeting.buyer)
    submit_as(case, case.seller, order())
    assert awaiting_confirmation(actor(manager).person, fair, NOW) == [case.meeting]
    Participation.objects.filter(pk=case.meeting.buyer_id).update(state="refused")
    assert awaiting_confirmation(actor(manager).person, fair, NOW) == []


def test_awaiting_confirmation_lists_what_the_own_side_has_to_confirm(fair: Fair) -> None:
    slot = make_slots(fair)[0]
    case = make_case(fair, slot)
    others = make_case(fair, slot)
    submit_as(others, others.buyer, order())
    people = (case.seller, case.buyer)
    assert [awaiting_confirmation(person, fair, NOW) for person in people] == [[], []]
    Meeting.objects.filter(pk=case.meeting.pk).update(state="held")
    assert [awaiting_confirmation(person, fair, NOW) for person in people] == [[case.meeting]] * 2
    submit_as(case, case.buyer, order())
    assert [awaiting_confirmation(person, fair, NOW) for person in people] == [[case.meeting], []]
    submit_as(case, case.seller, order(3_015_000), base=newest(case))
    assert [awaiting_confirmation(person, fair, NOW) for person in people] == [[case.meeting]] * 2
    confirm_as(case, case.buyer, version=newest(case))
    assert [awaiting_confirmation(person, fair, NOW) for person in people] == [[], []]


def test_a_meeting_by_telephone_awaits_confirmation_once_its_time_is_over(case: MeetingCase, fair: Fair) -> None:
    Meeting.objects.filter(pk=case.meeting.pk).update(by_telephone=True)
    ends_at = case.meeting.slot.ends_at
    for person in (case.seller, case.buyer):
        assert awaiting_confirmation(actor(person).person, fair, ends_at - timedelta(seconds=1)) == []
        assert awaiting_confirmation(actor(person).person, fair, ends_at) == [case.meeting]
    agree(case, order(), ends_at)
    assert awaiting_confirmation(actor(case.buyer).person, fair, ends_at) == []
