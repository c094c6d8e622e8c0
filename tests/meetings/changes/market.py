"""A fair of hand tools: who sells, who buys, who speaks what, with meetings after NOW."""

from typing import Any

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, Participation, RoleAssignment, Slot
from meetings.models import Meeting
from meetings.models.meeting import Side
from meetings.schedule.actions.planning import schedule_meeting
from tests.factories import make_buyer, make_exhibitor, make_fair, make_role, make_slots, make_staff


class Market:
    """Exhibitors speak Chinese and buyers Urdu unless they are made otherwise; all name heading 8203."""

    def __init__(self, slots: int = 8) -> None:
        self.fair: Fair = make_fair()
        self.slots = make_slots(self.fair, number=slots)
        self.organiser = make_role(self.fair, "organiser")
        self.people: dict[int, User] = {}

    def seller(self, heading: str = "8203", speaks: tuple[str, ...] = ("zh",), **fields: Any) -> Participation:
        return self._company(make_exhibitor(self.fair), speaks, offers=[heading], **fields)

    def buyer(self, heading: str = "8203", speaks: tuple[str, ...] = ("ur",), **fields: Any) -> Participation:
        return self._company(make_buyer(self.fair), speaks, wants=[heading], **fields)

    def _company(self, company: Participation, speaks: tuple[str, ...], **fields: Any) -> Participation:
        Participation.objects.filter(pk=company.pk).update(**fields)
        self.people[company.pk] = make_staff(company, speaks=list(speaks))
        return Participation.objects.get(pk=company.pk)

    def interpreter(self, *pairs: str, **fields: Any) -> User:
        person = make_role(self.fair, "interpreter", language_pairs=list(pairs or ["zh-ur"]), **fields)
        assert RoleAssignment.objects.filter(user=person).count() == 1
        return person

    def meet(
        self, seller: Participation, buyer: Participation, slot: Slot, interpreter: User | None = None, **fields: Any
    ) -> Meeting:
        return schedule_meeting(
            fair=self.fair, exhibitor=seller, buyer=buyer, slot=slot,
            parties=[(self.people[seller.pk], Side.EXHIBITOR), (self.people[buyer.pk], Side.BUYER)],
            interpreter=interpreter, interpreting="required" if interpreter else "not_needed",
            **{"reason": {"hs": ["8203"]}, **fields},
        )  # fmt: skip
