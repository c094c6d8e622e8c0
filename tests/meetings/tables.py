"""A meeting with its people, made the way the program makes it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, Slot
from meetings.models import Attendance, Meeting
from meetings.models.meeting import Side
from meetings.outcomes.terms import Terms
from meetings.schedule.actions.planning import schedule_meeting
from tests.factories import make_buyer, make_exhibitor, make_role, make_staff


@dataclass
class Table:
    """A meeting, its two parties and its interpreter."""

    meeting: Meeting
    seller: User
    buyer: User
    interpreter: User | None

    def sit(self, person: User, side: str, *, since: datetime, **fields: Any) -> Attendance:
        """Puts somebody into the room."""
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


def lay(fair: Fair, slot: Slot, *, interpreting: str = "not_needed", with_interpreter: bool = False) -> Table:
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
    return Table(meeting, seller, purchaser, interpreter)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def order(amount_minor: int = 3_150_000, **fields: Any) -> Terms:
    """An order of pliers: 31,500 US dollars."""
    goods = {"goods": "combination pliers", "hs_code": "820320", "quantity": "6,000 pcs"}
    return Terms(**{"kind": "order", **goods, "amount_minor": amount_minor, "currency": "USD", **fields})
