"""The pages of the acts: a preview, the act itself, and what is to be sent to whom."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Participation
from meetings.models import Change, Meeting
from tests.factories import NOW
from tests.meetings.changes.market import Market

pytestmark = pytest.mark.django_db


class Case(Market):
    def __init__(self, client: Client) -> None:
        super().__init__()
        self.leaving, self.left = self.seller(), self.buyer()
        self.who = self.interpreter()
        self.meeting = self.meet(self.leaving, self.left, self.slots[3], self.who)
        self.client = client
        client.force_login(self.organiser)

    def url(self, route: str) -> str:
        return reverse(f"office:{route}", args=[self.fair.slug])

    def span(self, whose: int) -> dict[str, Any]:
        return {"whose": whose, "first": self.slots[1].pk, "last": self.slots[-1].pk}

    def sent(self, page: Any, route: str, **fields: Any) -> Any:
        """The form of a preview, sent as it is but for `fields`."""
        form = page.context["form"].cleaned_data
        kept: dict[str, Any] = {name: form[name] for name in ("whose", "first", "last")} | {"key": page.context["key"]}
        return self.client.post(self.url(route), {**kept, "meeting": self.meeting.pk, **fields})


@pytest.fixture
def case(client: Client) -> Any:
    with time_machine.travel(NOW, tick=False):
        yield Case(client)


def test_a_company_leaves_for_good_and_another_one_is_met_instead(case: Case) -> None:
    substitute = case.seller()
    page = case.client.get(case.url("company_leaves"), {**case.span(case.leaving.pk), "withdraws": "on"})
    assert str(substitute.company.name) in page.content.decode()
    assert Meeting.objects.get(pk=case.meeting.pk).state == "confirmed"
    chosen = {f"chosen-{case.meeting.pk}": substitute.pk, "withdraws": "on"}
    got = case.sent(page, "company_leaves", **chosen)
    [change] = Change.objects.all()
    assert got["Location"] == reverse("office:change", args=[case.fair.slug, change.pk])
    assert Participation.objects.get(pk=case.leaving.pk).state == "withdrawn"
    shown = case.client.get(got["Location"]).content.decode()
    assert shown.count('class="for-copy"') == 2
    assert str(case.left.company.name) in shown
    assert case.sent(page, "company_leaves", **chosen)["Location"] == got["Location"]  # a second press
    assert Change.objects.count() == 1


def test_a_preview_that_is_no_longer_true_is_shown_again(case: Case) -> None:
    page = case.client.get(case.url("company_leaves"), case.span(case.leaving.pk))
    more = case.meet(case.leaving, case.buyer(), case.slots[4])
    got = case.sent(page, "company_leaves")
    assert (got.status_code, Change.objects.count()) == (409, 0)
    assert [one.meeting for one in got.context["left"]] == [case.meeting, more]


def test_an_interpreter_is_replaced_as_the_preview_says(case: Case) -> None:
    other = case.interpreter()
    page = case.client.get(case.url("interpreter_unavailable"), case.span(case.who.pk))
    assert [one.interpreter for one, _shared in page.context["rows"]] == [other]
    got = case.sent(page, "interpreter_unavailable", **{f"chosen-{case.meeting.pk}": other.pk})
    assert got.status_code == 302
    again = case.sent(page, "interpreter_unavailable", **{f"chosen-{case.meeting.pk}": other.pk})
    assert (again["Location"], Change.objects.count()) == (got["Location"], 1)
    assert case.client.get(got["Location"]).status_code == 200


def test_what_nobody_can_cover_is_asked_about(case: Case) -> None:
    for company in (case.leaving, case.left):
        user = case.people[company.pk]
        user.speaks = [*user.speaks, "en"]
        user.save()
    page = case.client.get(case.url("interpreter_unavailable"), case.span(case.who.pk))
    assert "Both companies speak English." in page.content.decode()
    got = case.sent(page, "interpreter_unavailable", enough=case.meeting.pk)
    assert Meeting.objects.get(pk=case.meeting.pk).interpreting == "not_needed"
    assert case.client.get(got["Location"]).content.decode().count('class="for-copy"') == 2


def test_an_end_before_the_start_is_refused(case: Case) -> None:
    wrong = {"whose": case.who.pk, "first": case.slots[3].pk, "last": case.slots[2].pk}
    got = case.client.get(case.url("interpreter_unavailable"), wrong)
    assert (got.status_code, list(got.context["form"].errors)) == (409, ["last"])


def test_an_outage_is_bridged_by_telephone(case: Case) -> None:
    User.objects.filter(pk=case.people[case.left.pk].pk).update(phone="+923000000001")
    whose = {**case.span(0), "whose": "city/PK/lahore"}
    page = case.client.get(case.url("outage"), whose)
    assert "+92 300 0000001" in page.content.decode()
    got = case.sent(page, "outage", **{f"chosen-{case.meeting.pk}": "telephone"})
    assert Meeting.objects.get(pk=case.meeting.pk).by_telephone
    shown = case.client.get(got["Location"]).content.decode()
    assert (shown.count('class="for-copy"'), "Lahore" in shown) == (2, True)
    assert "By telephone: you will be called" in case.client.get(case.meeting.get_absolute_url()).content.decode()
    assert "<strong>By telephone</strong>" in case.client.get(case.url("papers")).content.decode()
