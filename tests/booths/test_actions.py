"""At a booth: who has come, who asks, who is told."""

from datetime import timedelta
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from booths.actions import open_inquiry, record_visit
from booths.booth_state import booth_state
from booths.models import Inquiry, Visit
from booths.queries import inquiries
from chat.actions import post_message
from chat.models import Member
from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import Staff
from fairplatform.errors import Refused
from fairplatform.notices.models import Notice
from fairplatform.realtime.models import TopicVersion
from tests.factories import NOW, actor, make_buyer, make_exhibitor, make_fair, make_person, make_staff


@pytest.fixture
def place(db: Any) -> tuple[Any, Any, Any]:
    """A booth, one of its people, and a buyer."""
    fair = make_fair()
    exhibitor = make_exhibitor(fair)
    return exhibitor.booth, make_staff(exhibitor), make_staff(make_buyer(fair))


def heard(person: Any) -> int:
    return TopicVersion.current([f"me:{person.pk}"])[f"me:{person.pk}"]


def test_a_visit_is_told_once_while_it_lasts(place: Any) -> None:
    booth, seller, buyer = place
    for minutes in (0, 3, 9):
        record_visit(actor(buyer), booth=booth.pk, now=NOW + timedelta(minutes=minutes))
    assert (Visit.objects.count(), heard(seller)) == (1, 1)
    record_visit(actor(buyer), booth=booth.pk, now=NOW + timedelta(minutes=25))
    assert (Visit.objects.count(), heard(seller)) == (1, 2)


def test_a_day_is_the_stations_day(place: Any) -> None:
    booth, _, buyer = place
    visit = record_visit(actor(buyer), booth=booth.pk, now=NOW.replace(hour=18, minute=59))
    assert str(visit.date) == "2020-05-14"
    visit = record_visit(actor(buyer), booth=booth.pk, now=NOW.replace(hour=19, minute=1))
    assert str(visit.date) == "2020-05-15"


def test_the_booths_own_people_and_strangers_are_no_visitors(place: Any) -> None:
    booth, seller, _ = place
    for person in (actor(seller), Actor(AnonymousUser())):
        assert record_visit(person, booth=booth.pk, now=NOW) is None
    assert Visit.objects.count() == 0


def test_an_inquiry_is_opened_once_with_all_staff(place: Any) -> None:
    booth, seller, buyer = place
    first = open_inquiry(actor(buyer), booth=booth.pk, now=NOW)
    newcomer = make_staff(booth.participation)
    assert open_inquiry(actor(buyer), booth=booth.pk, now=NOW) == first
    members = set(first.conversation.members.values_list("user_id", flat=True))
    assert members == {seller.pk, buyer.pk, newcomer.pk}
    assert list(Notice.objects.values_list("recipient_id", "code")) == [(seller.pk, "inquiry_opened")]


@pytest.mark.parametrize(("who", "code"), [("seller", "own_booth"), ("stranger", "not_permitted")])
def test_an_inquiry_is_for_people_of_the_fair(place: Any, who: str, code: str) -> None:
    booth, seller, _ = place
    person = seller if who == "seller" else make_person()
    with pytest.raises(Refused, match=code):
        open_inquiry(actor(person), booth=booth.pk, now=NOW)


def test_who_works_for_two_companies_asks_for_the_one_that_buys(place: Any) -> None:
    booth, _staff, buyer = place
    seller, *others = make_exhibitor(booth.fair), make_buyer(booth.fair), make_buyer(booth.fair)
    person = make_staff(seller)
    for company in others:
        Staff.objects.create(company=company.company, user=person, position="buyer")
    asked = [open_inquiry(actor(one), booth=booth.pk, now=NOW).conversation for one in (person, buyer)]
    mine = Member.objects.filter(conversation=asked[0], user=person)
    assert mine.values_list("participation", flat=True)[0] == others[0].pk
    # Whoever was let in before it was kept for whom: the same.
    before = list(Member.objects.order_by("pk").values_list("user", "participation"))
    visitors = Member.objects.filter(user__in=[person, buyer])
    visitors.update(participation=None)
    with connection.cursor() as cursor:
        cursor.execute(import_module("chat.migrations.0003_members_for_companies")._VISITOR)
    assert list(Member.objects.order_by("pk").values_list("user", "participation")) == before


def test_the_answer_clock_runs_from_the_first_unanswered_message(place: Any) -> None:
    booth, seller, buyer = place
    inquiry = open_inquiry(actor(buyer), booth=booth.pk, now=NOW)
    assert waiting(booth, seller) == [(inquiry.pk, None, 0)]
    for who, minutes in ((buyer, 1), (buyer, 4), (seller, 6), (buyer, 9), (buyer, 11)):
        post_message(
            actor(who),
            conversation=inquiry.conversation_id,
            client_id=uuid4(),
            body="?",
            now=NOW + timedelta(minutes=minutes),
        )
    assert waiting(booth, seller) == [(inquiry.pk, NOW + timedelta(minutes=9), 2)]


def waiting(booth: Any, person: Any) -> list[tuple[int, Any, int]]:
    return [(row.pk, row.waiting_since, row.unread) for row in inquiries(booth, person)]


def test_the_longest_waiting_stand_first(place: Any) -> None:
    booth, seller, _ = place
    asked = []
    for minutes in (5, 1, 3):
        visitor = make_staff(make_buyer(booth.fair))
        inquiry = open_inquiry(actor(visitor), booth=booth.pk, now=NOW)
        at = NOW + timedelta(minutes=minutes)
        post_message(actor(visitor), conversation=inquiry.conversation_id, client_id=uuid4(), body="?", now=at)
        asked.append(inquiry)
    assert list(inquiries(booth, seller)) == [asked[1], asked[2], asked[0]]


def test_what_a_visitor_and_the_staff_see(place: Any) -> None:
    booth, seller, buyer = place
    inquiry = open_inquiry(actor(buyer), booth=booth.pk, now=NOW)
    seen = booth_state(booth, actor(buyer))
    assert (seen.inquiry, seen.may_write, seen.is_own) == (inquiry, True, False)
    seen = booth_state(booth, Actor(AnonymousUser()))
    assert (seen.inquiry, seen.may_write, seen.is_own, [attendant.staff.user for attendant in seen.attendants]) == (
        None,
        False,
        False,
        [seller],
    )
    assert booth_state(booth, actor(seller)).is_own
    assert Inquiry.objects.count() == 1
