"""A company with a list of meetings, and its people."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import time_machine
from django.urls import reverse

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, Slot
from meetings.models import Meeting
from meetings.models.meeting import Side
from meetings.schedule.actions.planning import schedule_meeting
from meetings.slips.actions import Refusal, answer_slip
from meetings.slips.slip import Slip, slip_of
from tests.factories import NOW, actor, make_buyer, make_exhibitor, make_slots, make_staff


class Listed:
    """An exhibitor with a manager, three buyers with one each, and a meeting with each buyer after NOW."""

    def __init__(self, fair: Fair) -> None:
        self.fair, self.slots = fair, make_slots(fair, number=8)
        self.exhibitor = make_exhibitor(fair)
        self.manager = make_staff(self.exhibitor)
        self.buyers, self.purchasers, self.meetings = [], [], list[Meeting]()
        for slot in self.slots[1:4]:
            self.meet(slot)

    @property
    def url(self) -> str:
        return reverse("meetings:slip", args=[self.fair.slug, self.exhibitor.pk])

    def meet(self, slot: Slot, **fields: Any) -> Meeting:
        """With a buyer of its own."""
        buyer = make_buyer(self.fair)
        purchaser = make_staff(buyer)
        self.buyers.append(buyer)
        self.purchasers.append(purchaser)
        usual: dict[str, Any] = {"interpreter": None, "interpreting": "not_needed", "reason": {}}
        meeting = schedule_meeting(
            fair=self.fair, exhibitor=self.exhibitor, buyer=buyer, slot=slot,
            parties=[(self.manager, Side.EXHIBITOR), (purchaser, Side.BUYER)], **usual | fields,
        )  # fmt: skip
        self.meetings.append(meeting)
        return meeting

    def seen(self) -> list[str]:
        return [item.token for item in slip_of(self.exhibitor, NOW).items]

    def answer(
        self,
        *,
        seen: Collection[str] | None = None,
        refused: Mapping[int, Refusal] = {},
        by: User | None = None,
        source: str = "",
        now: datetime = NOW,
    ) -> Slip:
        return answer_slip(
            actor(by or self.manager),
            fair=self.fair.slug,
            participation=self.exhibitor.pk,
            seen=self.seen() if seen is None else seen,
            refused=refused,
            source=source,
            now=now,
        )

    def at_noon(self) -> Any:
        return time_machine.travel(NOW, tick=False)
