"""One-time links to open outcomes: handed out by organisers as messages and to call, and in letters that ask again."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse

from fairplatform.accounts.models import AuditEntry, User
from fairplatform.fairs.models import Fair
from fairplatform.notices.letters import _send
from fairplatform.notices.models import Notice
from meetings.models import Meeting, Outcome, OutcomeLink, Statement
from meetings.outcomes.actions import draft
from meetings.owed.actions import ask_again
from tests.factories import NOW, actor, make_fair, make_role, make_slots
from tests.meetings.cases import MeetingCase, make_case, order
from tests.meetings.outcomes.confirmations import submit_as

pytestmark = pytest.mark.django_db
AFTER = NOW + timedelta(minutes=30)


class Held:
    """Three meetings that took place: submitted by the seller, drafted by the organisers, and without an outcome."""

    def __init__(self) -> None:
        self.fair = make_fair()
        self.organiser = make_role(self.fair, "organiser")
        self.offered, self.drafted, self.missing = (self._meet() for _ in range(3))
        submit_as(self.offered, self.offered.seller, order())
        draft(actor(self.organiser), meeting=self.drafted.meeting.pk, content=order(5), now=NOW)
        self.client = Client()
        self.client.force_login(self.organiser)

    def _meet(self) -> MeetingCase:
        case = make_case(self.fair, make_slots(self.fair, number=1)[0])
        Meeting.objects.filter(pk=case.meeting.pk).update(state="held", held_at=NOW)
        return case

    def make(self, **fields: Any) -> Any:
        with time_machine.travel(AFTER, tick=False):
            return self.client.post(reverse("office:outcomes_links", args=[self.fair.slug]), fields, follow=True)

    def again(self, later: timedelta = timedelta()) -> Any:
        with time_machine.travel(AFTER + later, tick=False):
            return self.client.get(reverse("office:outcomes_links_issued", args=[self.fair.slug]), follow=True)


@pytest.fixture
def held(db: None) -> Held:
    return Held()


def sheets(page: Any) -> dict[User, Any]:
    return {sheet.person: sheet for _unit, group in page.context["units"] for sheet in group}


def test_who_has_something_to_confirm_gets_a_link_and_confirms_by_it(held: Held) -> None:
    found = sheets(held.make(filtered=""))
    assert set(found) == {held.offered.buyer, held.drafted.buyer, held.drafted.seller}
    own = found[held.offered.buyer]
    [one] = own.codes
    lines = own.message.splitlines()
    [link] = [line for line in lines if "/confirm/" in line]
    assert (str(one.partner), f"Entry code: {one.code}" in lines) == (str(held.offered.meeting.exhibitor.company), True)
    path = link.removeprefix("http://127.0.0.1:8000")
    with time_machine.travel(AFTER, tick=False):
        Client().post(path, {"act": "confirm", "code": one.code})
    assert Outcome.objects.get(meeting=held.offered.meeting).state == "agreed"
    # What has been used is not shown again, and nothing is after some minutes.
    assert set(sheets(held.again())) == {held.drafted.buyer, held.drafted.seller}
    assert held.again(timedelta(minutes=11)).redirect_chain[0][0] == reverse("office:outcomes", args=[held.fair.slug])
    [audited] = AuditEntry.objects.filter(permission="fair.organise")
    assert (audited.actor, len(audited.after["outcome_links"])) == (held.organiser, 3)


def test_of_one_company_and_of_what_the_filters_find(held: Held) -> None:
    company = held.offered.meeting.buyer_id
    assert set(sheets(held.make(filtered="", company=str(company)))) == {held.offered.buyer}
    assert set(sheets(held.make(filtered="state=missing"))) == {held.drafted.buyer, held.drafted.seller}
    # The first link of the same person to the same outcome has ended; those of others have not.
    held.make(filtered="", company=str(company))
    assert sorted(OutcomeLink.objects.values_list("ended_because", flat=True)) == ["", "", "", "replaced"]


@pytest.mark.parametrize("company", ["missing", "agreed", "x", "9" * 30])
def test_where_nothing_is_to_be_confirmed_no_link_is_made(held: Held, company: str) -> None:
    key = held.missing.meeting.buyer_id if company == "missing" else held.offered.meeting.exhibitor_id
    page = held.make(filtered="", company=str(key) if company in ("missing", "agreed") else company)
    assert page.redirect_chain == [(reverse("office:outcomes", args=[held.fair.slug]), 302)]
    assert not OutcomeLink.objects.exists()


def test_in_a_draft_none_is_made(held: Held) -> None:
    Fair.objects.filter(pk=held.fair.pk).update(state="draft")
    assert "no link" not in held.make(filtered="").content.decode()
    assert not OutcomeLink.objects.exists()


def test_the_letter_that_asks_again_brings_a_link_to_what_is_to_be_confirmed(held: Held) -> None:
    with time_machine.travel(AFTER, tick=False):
        ask_again(actor(held.organiser), fair=held.fair, companies=None, now=AFTER)
        letters = {}
        for notice in Notice.objects.filter(code="outcome_asked"):
            mail.outbox.clear()
            _send(notice.pk)
            letters[notice.recipient] = str(mail.outbox[0].body)
        assert {person for person, body in letters.items() if "/confirm/" in body} == {
            held.offered.buyer, held.drafted.buyer, held.drafted.seller,
        }  # fmt: skip
        body = letters[held.offered.buyer]
        path = next(word for word in body.split() if "/confirm/" in word).removeprefix("http://127.0.0.1:8000")
        code = body.partition("enter the code ")[2][:6]
        Client().post(path, {"act": "confirm", "code": code})
    assert Statement.objects.filter(made_by=held.offered.buyer).count() == 1
