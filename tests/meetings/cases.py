"""A scheduled meeting with its people, made by the program's own action."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, Slot
from meetings.models import Attendance, Meeting
from meetings.models.meeting import Side
from meetings.outcomes.actions import confirm, submit
from meetings.outcomes.content import Content
from meetings.schedule.actions.planning import schedule_meeting
from tests.factories import actor, make_buyer, make_exhibitor, make_role, make_staff


@dataclass
class MeetingCase:
    """A meeting, its two parties and its interpreter."""

    meeting: Meeting
    seller: User
    buyer: User
    interpreter: User | None

    def attend(self, person: User, side: str, *, since: datetime, **fields: Any) -> Attendance:
        """An attendance of this person."""
        role = "interpreter" if person == self.interpreter else "party"
        return Attendance.objects.create(
            meeting=self.meeting,
            user=person,
            side=side,
            role=role,
            connection_id=f"c{Attendance.objects.count()}",
            entered_at=since,
            seen_at=since,
            **fields,
        )


def make_case(
    fair: Fair, slot: Slot, *, interpreting: str = "not_needed", with_interpreter: bool = False
) -> MeetingCase:
    exhibitor, buyer = make_exhibitor(fair), make_buyer(fair)
    seller, purchaser = make_staff(exhibitor), make_staff(buyer)
    interpreter = make_role(fair, "interpreter") if with_interpreter else None
    meeting = schedule_meeting(
        fair=fair,
        exhibitor=exhibitor,
        buyer=buyer,
        slot=slot,
        parties=[(seller, Side.EXHIBITOR), (purchaser, Side.BUYER)],
        interpreter=interpreter,
        interpreting=interpreting,
        reason={},
    )
    return MeetingCase(meeting, seller, purchaser, interpreter)


def agree(case: MeetingCase, content: Content, now: datetime) -> None:
    """The buyer submits the outcome, the seller confirms it."""
    outcome = submit(actor(case.buyer), meeting=case.meeting.pk, content=content, base=None, now=now)
    confirm(actor(case.seller), meeting=case.meeting.pk, version=outcome.versions.get().pk, now=now)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def order(amount_minor: int = 3_150_000, **fields: Any) -> Content:
    """An order of pliers: 31,500 US dollars."""
    goods = {"goods": "combination pliers", "hs_code": "820320", "quantity": "6,000 pcs"}
    return Content(**{"kind": "order", **goods, "amount_minor": amount_minor, "currency": "USD", **fields})
