"""The day of a buyer with nine slots, and the pages that its people see of it."""

import re
from datetime import UTC, datetime
from typing import Any

import time_machine
from django.test import Client
from django.urls import reverse

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, Slot
from meetings.models import Meeting
from meetings.models.meeting import Side
from meetings.schedule.actions.planning import schedule_meeting
from tests.factories import (
    make_buyer,
    make_exhibitor,
    make_fair,
    make_slots,
    make_staff,
)

START = datetime(2020, 5, 14, 5, 0, tzinfo=UTC)  # Thursday, 10:00 in Pakistan, 13:00 in China
LANGUAGES = ("en", "zh-hans", "ur")


class BuyerDay:
    """A buyer with its manager, the nine slots of a Thursday, and the exhibitors it meets."""

    def __init__(self) -> None:
        self.fair: Fair = make_fair()
        self.slots = make_slots(self.fair, first=START, number=9)
        self.buyer = make_buyer(self.fair)
        self.purchaser = make_staff(self.buyer, password=None)
        self.sellers: dict[int, User] = {}

    def meet(self, slot: Slot, interpreter: User | None = None, **fields: Any) -> Meeting:
        exhibitor = make_exhibitor(self.fair)
        seller = make_staff(exhibitor, password=None)
        meeting = schedule_meeting(
            fair=self.fair, exhibitor=exhibitor, buyer=self.buyer, slot=slot,
            parties=[(seller, Side.EXHIBITOR), (self.purchaser, Side.BUYER)],
            interpreter=interpreter, interpreting="required" if interpreter else "not_needed", reason={"hs": ["8203"]},
        )  # fmt: skip
        self.sellers[meeting.pk] = seller
        if fields:
            Meeting.objects.filter(pk=meeting.pk).update(**fields)
        return meeting

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"meetings:{name}", args=[self.fair.slug, *args])


def get(person: User, url: str, *, now: datetime, language: str = "en", **headers: str) -> Any:
    client = Client(headers={"accept-language": language, **headers})
    client.force_login(person)
    with time_machine.travel(now, tick=False):
        return client.get(url)


def get_page(person: User, url: str, *, now: datetime, language: str = "en", status: int = 200, **headers: str) -> str:
    response = get(person, url, now=now, language=language, **headers)
    assert response.status_code == status
    return str(response.text)


def post(person: User, url: str, values: dict[str, Any], *, now: datetime) -> Any:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    with time_machine.travel(now, tick=False):
        return client.post(url, values)


def states(html: str) -> list[str]:
    return re.findall(r'timeline__slot" data-state="([a-z-]+)"', html)
