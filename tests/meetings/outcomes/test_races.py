"""Two servers that confirm for both sides at once agree once; without the lock, the control shows, they do not."""

from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from fairplatform.accounts.models import User
from fairplatform.ledger.chain import verify
from fairplatform.ledger.models import Entry
from fairplatform.notices.models import Notice
from meetings.models import Outcome
from meetings.models.meeting import Side
from meetings.outcomes.actions import confirm, confirm_locked, draft
from meetings.outcomes.versions import read_for_act
from tests.factories import NOW, actor, make_fair, make_slots
from tests.meetings.cases import MeetingCase, make_case, order
from tests.racing import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.either("meetings.outcomes.actions")]
ROUNDS = 5


def drafted(count: int) -> list[MeetingCase]:
    """Meetings with a draft that no side has confirmed."""
    slot = make_slots(make_fair(), number=1)[0]
    cases = [make_case(slot.fair, slot) for _ in range(count)]
    for case in cases:
        draft(actor(case.seller), meeting=case.meeting.pk, content=order(), now=NOW)
    return cases


def found(case: MeetingCase) -> tuple[str, int]:
    """The state of the outcome, and how many sides have confirmed."""
    outcome = Outcome.objects.get(meeting=case.meeting)
    return str(outcome.state), outcome.statements.count()


def test_servers_that_confirm_at_once_agree_once() -> None:
    cases = drafted(ROUNDS)
    for case in cases:
        version = Outcome.objects.get(meeting=case.meeting).versions.get().pk

        def press(person: User, case: MeetingCase = case, version: int = version) -> object:
            return confirm(actor(person), meeting=case.meeting.pk, version=version, now=NOW)

        at_once(*(lambda one=one, press=press: press(one) for one in (case.seller, case.buyer) * 2))
    assert [found(case) for case in cases] == [("agreed", 2)] * ROUNDS
    numbers = Outcome.objects.order_by("number").values_list("number", flat=True)
    assert (list(numbers), Entry.objects.count()) == (list(range(1, ROUNDS + 1)), ROUNDS)
    assert verify(cases[0].meeting.fair).ok
    assert Notice.objects.filter(code="outcome_agreed").count() == ROUNDS


def test_without_the_lock_both_have_confirmed_and_nothing_is_agreed() -> None:
    """The control: neither sees the other's confirmation, as the race above would show."""
    if connection.vendor == "sqlite":
        return  # whose transactions take turns by themselves
    [case] = drafted(1)
    both_have_read = Barrier(2)

    def wait_before_storing(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('UPDATE "meetings_outcome" '):
            both_have_read.wait()
        return execute(sql, params, many, context)

    def press(person: User, side: Side) -> None:
        with connection.execute_wrapper(wait_before_storing), transaction.atomic():
            outcome = read_for_act(case.meeting)
            confirm_locked(outcome, actor(person), side, outcome.versions.get(), NOW, hides_amount=False)

    at_once(lambda: press(case.seller, Side.EXHIBITOR), lambda: press(case.buyer, Side.BUYER))
    assert (found(case), Entry.objects.count()) == (("one_side", 2), 0)
