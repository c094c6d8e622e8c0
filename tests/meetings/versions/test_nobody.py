"""Of a matching that chooses nobody it is said why."""

from datetime import timedelta

import pytest

from chat.models import Conversation
from fairplatform.fairs.models import Fair, Participation
from meetings.matching.making import make_match
from meetings.matching.nobody import why_nobody
from meetings.models import Match, Meeting
from tests.factories import NOW, make_buyer, make_demand, make_exhibitor, make_fair, make_product, make_slots

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair() -> Fair:
    """Of an exhibitor and a buyer who suit each other, each with one meeting with somebody else."""
    fair = make_fair(min_meetings=1)
    slots = make_slots(fair, first=NOW + timedelta(hours=1))
    seller, buyer = make_exhibitor(fair), make_buyer(fair)
    make_product(seller)
    make_demand(buyer)
    for slot, ends in zip(slots, ((seller, make_buyer(fair)), (make_exhibitor(fair), buyer)), strict=False):
        talk = Conversation.objects.create(fair=fair)
        Meeting.objects.create(fair=fair, exhibitor=ends[0], buyer=ends[1], slot=slot, conversation=talk)
    return fair


def full(fair: Fair, **who: bool) -> str:
    """Companies of this role have as many meetings as they may."""
    Participation.objects.filter(fair=fair, **who).update(max_meetings=1)
    match = make_match(fair, now=NOW)
    assert match.pairs.count() == 0
    assert match.shortfalls.count() == 0
    return why_nobody(match, NOW)


def test_they_may_have_no_more_meetings(fair: Fair) -> None:
    assert make_match(fair, now=NOW).pairs.count() == 1
    assert full(fair, sells=True).startswith("All exhibitors already have as many meetings as they may.")
    assert full(fair).startswith("All companies already have as many meetings as they may.")
    Participation.objects.filter(fair=fair, sells=True).update(max_meetings=None)
    assert full(fair, buys=True).startswith("All buyers already have as many meetings as they may.")


def test_there_is_no_time_for_them(fair: Fair) -> None:
    match = Match.objects.create(fair=fair, made_at=NOW)
    assert why_nobody(match, NOW + timedelta(days=2)).startswith("All meeting times of the fair are past")
    empty = Match.objects.create(fair=make_fair(), made_at=NOW)
    assert why_nobody(empty, NOW) == "The fair has no meeting times. Enter its days first."
