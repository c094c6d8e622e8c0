"""Which outcomes companies owe, who may follow them, and what asking again and entering by telephone do."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, RecruitingUnit
from fairplatform.notices.models import Notice
from meetings.models import Meeting, Outcome, OutcomeVersion
from meetings.outcomes.actions import confirm, draft
from meetings.owed.actions import ask_again
from meetings.owed.message import request_message
from meetings.owed.queries import by_company, owed, owing
from tests.factories import NOW, actor, make_fair, make_role, make_slots, three
from tests.meetings.cases import MeetingCase, agree, make_case, order
from tests.meetings.outcomes.confirmations import newest, submit_as

pytestmark = pytest.mark.django_db
AFTER = NOW + timedelta(minutes=30)
MOBILE = "+923000000001"


class Held:
    """Four meetings that took place: agreed, differing, submitted by the exhibitor alone, and drafted by nobody."""

    def __init__(self) -> None:
        self.fair = make_fair()
        self.agreed, self.differing, self.one_side, self.missing = (self._meet() for _ in range(4))
        agree(self.agreed, order(), NOW)
        submit_as(self.differing, self.differing.seller, order())
        submit_as(self.differing, self.differing.buyer, order(1), base=newest(self.differing))
        submit_as(self.one_side, self.one_side.seller, order())
        self.organiser = make_role(self.fair, "organiser")
        self.unit = RecruitingUnit.objects.create(fair=self.fair, key="pk", name=three("Chamber"), country="PK")
        company = self.one_side.meeting.buyer
        company.unit = self.unit
        company.save()
        User.objects.filter(pk=self.one_side.buyer.pk).update(phone=MOBILE, language="ur")
        Notice.objects.all().delete()

    def _meet(self) -> MeetingCase:
        case = make_case(self.fair, make_slots(self.fair, number=1)[0])
        Meeting.objects.filter(pk=case.meeting.pk).update(state="held", held_at=NOW)
        return case

    def lines(self, person: User, fair: Fair | None = None) -> list[tuple[int, str, str]]:
        found = owed(person, fair or self.fair, AFTER)
        return [(line.meeting, str(line.side), str(line.state)) for line in found]

    def get(self, person: User, name: str = "outcomes", query: str = "", **posted: Any) -> Any:
        client, address = Client(headers={"accept-language": "en"}), reverse(f"office:{name}", args=[self.fair.slug])
        with time_machine.travel(AFTER, tick=False):
            client.force_login(person)
            return client.post(address, posted) if posted else client.get(address + query)


@pytest.fixture
def held() -> Held:
    return Held()


def test_each_company_that_is_to_act_owes_a_line(held: Held) -> None:
    differing, one_side, missing = (one.meeting.pk for one in (held.differing, held.one_side, held.missing))
    assert held.lines(held.organiser) == [
        (differing, "exhibitor", "differing"),
        (differing, "buyer", "differing"),
        (one_side, "buyer", "one_side"),
        (missing, "exhibitor", "missing"),
        (missing, "buyer", "missing"),
    ]
    Meeting.objects.filter(pk=missing).update(state="missed")
    assert held.lines(held.organiser)[3:] == []


def test_a_draft_that_no_side_has_confirmed_is_still_missing(held: Held) -> None:
    draft(actor(held.missing.buyer), meeting=held.missing.meeting.pk, content=order(), now=NOW)
    assert [(str(line.state), line.drafted) for line in owed(held.organiser, held.fair, AFTER)][3:] == [
        ("missing", True), ("missing", True),
    ]  # fmt: skip


def test_a_delegate_follows_the_companies_of_their_unit_alone(held: Held) -> None:
    delegate = make_role(held.fair, "delegated", unit=held.unit)
    assert held.lines(delegate) == [(held.one_side.meeting.pk, "buyer", "one_side")]
    page = unescape(held.get(delegate).content.decode())
    # They confirm nothing and read no outcome: they ask, and call.
    outcome = reverse("meetings:outcome", args=[held.fair.slug, held.one_side.meeting.pk])
    assert (f'href="{outcome}' in page, "+92 300 0000001" in page) == (False, True)
    assert held.get(held.one_side.buyer).status_code == 403


def test_asking_again_notifies_who_owes_once(held: Held) -> None:
    assert ask_again(actor(held.organiser), fair=held.fair, companies=None, now=AFTER) == (5, 0)
    asked = [held.differing.seller, held.differing.buyer, held.one_side.buyer, held.missing.seller, held.missing.buyer]
    rows = Notice.objects.filter(code="outcome_asked")
    assert sorted(rows.values_list("recipient", flat=True)) == sorted(person.pk for person in asked)
    delegate = make_role(held.fair, "delegated", unit=held.unit)
    later = AFTER + timedelta(hours=1)
    assert ask_again(actor(delegate), fair=held.fair, companies=None, now=later) == (1, 0)
    # Of another unit's company a delegate asks nothing.
    assert ask_again(actor(delegate), fair=held.fair, companies=[held.missing.meeting.buyer_id], now=later) == (0, 0)
    with pytest.raises(Refused, match="not_permitted"):
        ask_again(actor(held.missing.buyer), fair=held.fair, companies=None, now=AFTER)


def test_a_company_is_asked_once_an_hour_whoever_asks_and_whether_or_not_it_has_read(held: Held) -> None:
    one = [held.one_side.meeting.buyer_id]
    delegate = make_role(held.fair, "delegated", unit=held.unit)
    assert ask_again(actor(held.organiser), fair=held.fair, companies=one, now=AFTER) == (1, 0)
    Notice.objects.update(read_at=AFTER)
    soon, later = AFTER + timedelta(minutes=59), AFTER + timedelta(hours=1)
    assert ask_again(actor(delegate), fair=held.fair, companies=None, now=soon) == (0, 1)
    assert ask_again(actor(held.organiser), fair=held.fair, companies=None, now=soon) == (4, 1)
    assert Notice.objects.filter(recipient=held.one_side.buyer).count() == 1
    assert ask_again(actor(held.organiser), fair=held.fair, companies=None, now=later) == (1, 4)
    assert Notice.objects.filter(recipient=held.one_side.buyer).count() == 2


def test_the_page_says_who_was_asked_just_now(held: Held) -> None:
    client, told = Client(headers={"accept-language": "en"}), []
    client.force_login(held.organiser)
    with time_machine.travel(AFTER, tick=False):
        for _ in range(2):
            asking = reverse("office:outcomes_ask", args=[held.fair.slug])
            page = client.post(asking, {"company": str(held.one_side.meeting.buyer_id)}, follow=True)
            told += [str(one) for one in page.context["messages"]]
    assert told == [
        "1 company has been asked for its outcomes.",
        "1 company was asked less than an hour ago. It can be asked again later.",
    ]


def test_the_message_is_in_the_language_of_its_person_with_links(held: Held) -> None:
    lines = by_company(owed(held.organiser, held.fair, AFTER))
    company = held.one_side.meeting.buyer
    [one] = owing([company], lines)
    message = request_message(held.fair, one)
    outcome = reverse("meetings:outcome", args=[held.fair.slug, held.one_side.meeting.pk])
    assert held.one_side.meeting.exhibitor.company.name["ur"] in message
    assert message.splitlines()[-1] == f"http://127.0.0.1:8000{outcome}"


def test_the_page_filters_counts_and_asks(held: Held) -> None:
    got = held.get(held.organiser)
    assert [number for _state, _label, number in got.context["states"]] == [1, 1, 1, 0]
    assert [unit for unit, _rows in got.context["units"]] == [held.unit, None]
    buyer = held.missing.meeting.buyer
    found = {
        query: got.context["page"].paginator.count
        for query in ("?state=one_side", f"?unit={held.unit.pk}", f"?q={buyer.company.name['en']}", "?state=missing")
        if (got := held.get(held.organiser, query=query))
    }
    assert list(found.values()) == [1, 1, 1, 2]
    sent = held.get(held.organiser, "outcomes_ask", filtered="state=one_side")
    assert sent["Location"] == reverse("office:outcomes", args=[held.fair.slug]) + "?state=one_side"
    held.get(held.organiser, "outcomes_ask", company=str(buyer.pk), filtered="")
    asked = Notice.objects.filter(code="outcome_asked").order_by("pk").values_list("recipient", flat=True)
    assert list(asked) == [held.one_side.buyer.pk, held.missing.buyer.pk]


def test_the_call_list_has_mobile_numbers_and_no_pages(held: Held) -> None:
    got = held.get(held.organiser, "outcomes_calls")
    assert sum(len(rows) for _unit, rows in got.context["units"]) == 5
    assert "+92 300 0000001" in got.content.decode()


def test_what_was_said_by_telephone_is_a_draft_of_the_organiser_that_binds_nobody(held: Held) -> None:
    meeting = held.missing.meeting.pk
    version = draft(actor(held.organiser), meeting=meeting, content=order(), now=AFTER)
    assert (version.written_as, version.outcome.state) == ("organiser", Outcome.State.DRAFTED)
    for case in (held.missing.buyer, held.missing.seller):
        assert set(Notice.objects.filter(recipient=case).values_list("code", flat=True)) == {"outcome_drafted"}
    with pytest.raises(Refused, match="not_permitted"):
        confirm(actor(held.organiser), meeting=meeting, version=version.pk, now=AFTER)
    for person in (held.missing.buyer, held.missing.seller):
        outcome = confirm(actor(person), meeting=meeting, version=version.pk, now=AFTER)
    assert (outcome.state, outcome.agreed) == (Outcome.State.AGREED, version)
    assert OutcomeVersion.objects.filter(outcome=outcome).count() == 1
