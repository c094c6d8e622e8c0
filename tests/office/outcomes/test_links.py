"""A person who is not signed in confirms an outcome by their personal link and its code."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from fairplatform.accounts.models import PersonalLink, User
from fairplatform.fairs.models import Registration
from meetings.models import Meeting, Statement
from meetings.outcomes.actions import draft
from tests.factories import NOW, actor, make_fair, make_role, make_slots
from tests.meetings.cases import MeetingCase, make_case, order

pytestmark = pytest.mark.django_db
AFTER = NOW + timedelta(minutes=30)


@pytest.fixture
def case() -> MeetingCase:
    """A meeting that took place; the organisers have entered its outcome as a draft."""
    fair = make_fair()
    case = make_case(fair, make_slots(fair, number=1)[0])
    Meeting.objects.filter(pk=case.meeting.pk).update(state="held", held_at=NOW)
    for person in (case.seller, case.buyer):
        Registration.objects.create(fair=fair, user=person, accepted_at=NOW, consented_at=NOW)
    return case


def test_the_organisers_link_leads_to_the_outcome_which_is_then_confirmed(case: MeetingCase, client: Client) -> None:
    fair, organiser = case.meeting.fair, make_role(case.meeting.fair, "organiser")
    version = draft(actor(organiser), meeting=case.meeting.pk, content=order(), now=AFTER)
    outcome = reverse("meetings:outcome", args=[fair.slug, case.meeting.pk])
    with time_machine.travel(AFTER, tick=False):
        client.force_login(organiser)
        issued = client.post(reverse("office:outcomes_link", args=[fair.slug, case.meeting.buyer_id]), follow=True)
        [(_unit, [handout])] = issued.context["groups"]
        assert (handout.user, handout.link in handout.message) == (case.buyer, True)
        visitor, address = Client(), urlsplit(handout.link)
        path = f"{address.path}?{address.query}"
        assert visitor.get(path).status_code == 200
        arrived = visitor.post(path, {"code": handout.code}, follow=True)
        assert arrived.redirect_chain[-1][0] == outcome
        visitor.post(outcome, {"act": "confirm", "version": str(version.pk)})
    assert list(Statement.objects.values_list("side", "made_by")) == [("buyer", case.buyer.pk)]


def test_of_a_company_that_owes_nothing_no_link_is_made(case: MeetingCase, client: Client) -> None:
    client.force_login(make_role(case.meeting.fair, "organiser"))
    Meeting.objects.update(state="missed")
    with time_machine.travel(AFTER, tick=False):
        got = client.post(reverse("office:outcomes_link", args=[case.meeting.fair.slug, case.meeting.buyer_id]))
    assert (got.status_code, PersonalLink.objects.exists()) == (404, False)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x"])
def test_a_link_leads_to_no_other_host(case: MeetingCase, elsewhere: str) -> None:
    _link, secret, code = PersonalLink.issue(User.objects.get(pk=case.buyer.pk), now=AFTER)
    with time_machine.travel(AFTER, tick=False):
        address = f"{reverse('accounts:enter', args=[secret])}?next={elsewhere}"
        chain = Client().post(address, {"code": code}, follow=True).redirect_chain
    assert [step for step, _status in chain if "evil" in step and not step.startswith("/arrival/?")] == []
