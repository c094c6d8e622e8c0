"""A fair whose companies are asked whom they would like to meet, and its people with their browsers."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from chat.models import Conversation
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, Participation, Preference, RecruitingUnit
from fairplatform.office.setup.states import CHANGES, change_state
from fairplatform.policy import Role
from meetings.models import Meeting, TickList, TickRound
from tests.factories import (
    actor,
    make_buyer,
    make_demand,
    make_exhibitor,
    make_fair,
    make_product,
    make_role,
    make_slots,
    make_staff,
    three,
)
from tests.office.runs import finished

TOMORROW = datetime.now(tz=UTC).replace(hour=7, minute=0, second=0, microsecond=0) + timedelta(days=2)
OPEN, CLOSE = "\u2068", "\u2069"
LATER = TOMORROW.strftime("%Y-%m-%dT12:00")  # 12:00 in Pakistan is 07:00 UTC


class People:
    """A fair with three exhibitors and two buyers who suit each other; the first buyer is of a unit."""

    def __init__(self, **fields: Any) -> None:
        self.fair = make_fair(**fields)
        make_slots(self.fair, first=TOMORROW + timedelta(days=5))
        self.sellers = [make_exhibitor(self.fair) for _ in range(3)]
        for seller in self.sellers:
            make_product(seller)
        self.buyers = [make_buyer(self.fair) for _ in range(2)]
        for buyer in self.buyers:
            make_demand(buyer)
        self.unit = RecruitingUnit.objects.create(fair=self.fair, key="lahore", name=three("Chamber"), country="PK")
        Participation.objects.filter(pk=self.buyers[0].pk).update(unit=self.unit)
        self.organiser = make_role(self.fair, Role.ORGANISER)
        self.delegate = make_role(self.fair, Role.DELEGATED, unit=self.unit)
        self.manager = make_staff(self.buyers[0])

    def opened(self, side: str = "buyer") -> TickRound:
        answer = post(self.organiser, self.fair, "organise/matching/rounds/", side=side, deadline=LATER)
        assert answer.status_code == 302, answer.content.decode()
        assert finished(self.fair).state == "done"
        return TickRound.objects.get(closed_at=None)

    def list_of(self, company: Participation) -> TickList:
        return TickList.objects.get(participation=company, round__closed_at=None)


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def post(person: User, fair: Fair, path: str, **fields: Any) -> Any:
    return browser(person).post(f"/fairs/{fair.slug}/{path}", fields)


def page(person: User, fair: Fair, path: str) -> str:
    response = browser(person).get(f"/fairs/{fair.slug}/{path}")
    assert response.status_code == 200
    return response.content.decode()


def wishes(company: Participation) -> dict[Participation, str]:
    return {row.wanted: row.wish for row in Preference.objects.filter(participation=company)}


def planned(people: People, exhibitor: Participation, buyer: Participation, slot: int) -> None:
    at, talk = people.fair.slots.order_by("number")[slot], Conversation.objects.create(fair=people.fair)
    Meeting.objects.create(fair=people.fair, exhibitor=exhibitor, buyer=buyer, slot=at, conversation=talk)


def changed(people: People, *names: str) -> None:
    """The fair's state is changed so, one after the other."""
    for name in names:
        change = next(one for one in CHANGES if one.name == name)
        change_state(actor(people.organiser), fair=people.fair.pk, change=change, now=timezone.now())
