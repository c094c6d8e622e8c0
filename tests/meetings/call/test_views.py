"""The page of a room: who may open it, and its content before any script runs."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fairplatform.accounts.models import User
from meetings.connection_quality import WEAK_LOSS_PERCENT, WEAK_RTT_MS
from tests.factories import make_fair, make_person, make_role, make_slots, make_staff
from tests.meetings.cases import MeetingCase, make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> MeetingCase:
    fair = make_fair()
    return make_case(fair, make_slots(fair)[0], interpreting="required", with_interpreter=True)


def visit(case: MeetingCase, person: User | None) -> Any:
    client = Client()
    if person:
        client.force_login(person)
    return client.get(reverse("meetings:room", args=[case.meeting.fair.slug, case.meeting.pk]))


def test_room_opens_to_participants_and_organisers_only(case: MeetingCase) -> None:
    fair = case.meeting.fair
    assert case.interpreter is not None
    inside = [case.seller, case.buyer, case.interpreter, make_role(fair, "organiser")]
    outside = [make_person(), make_role(make_fair(), "organiser"), make_role(fair, "interpreter")]
    assert [visit(case, person).status_code for person in inside] == [200] * 4
    assert [visit(case, person).status_code for person in outside] == [404] * 3
    assert visit(case, make_staff(case.meeting.buyer)).status_code == 403
    assert visit(case, None).status_code == 302


def test_room_context_has_the_readers_side_and_role(case: MeetingCase) -> None:
    assert case.interpreter is not None
    organiser = make_role(case.meeting.fair, "organiser")
    pages = [visit(case, person) for person in (case.seller, case.buyer, case.interpreter, organiser)]
    assert [page.context["side"] for page in pages] == ["exhibitor", "buyer", "", ""]
    assert [page.context["is_interpreter"] for page in pages] == [False, False, True, False]
    assert [page.context["is_organiser"] for page in pages] == [False, False, False, True]
    assert [page.context["has_chat"] for page in pages] == [True, True, True, False]
    assert [[one.side for one in page.context["companies"]] for page in pages] == [
        ["buyer", "exhibitor"],
        ["exhibitor", "buyer"],
        ["exhibitor", "buyer"],
        ["exhibitor", "buyer"],
    ]


def test_room_says_from_which_values_on_a_connection_is_weak(case: MeetingCase) -> None:
    page = visit(case, case.buyer).content.decode()
    limits = dict(re.findall(r'data-weak-(\S+)="([^"]*)"', page))
    assert limits == {"rtt-ms": str(WEAK_RTT_MS), "loss-percent": str(WEAK_LOSS_PERCENT)}


def test_room_takes_the_same_number_of_queries_for_many_people(
    case: MeetingCase, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_max_num_queries(40) as few:
        visit(case, case.buyer)
    for _ in range(5):
        person = make_staff(case.meeting.buyer, is_manager=False)
        case.meeting.participants.create(user=person, role="colleague", side="buyer")
    with django_assert_max_num_queries(len(few.captured_queries)):
        visit(case, case.buyer)


def test_room_has_one_heading_and_its_panels_belong_to_their_tabs(case: MeetingCase) -> None:
    organiser = make_role(case.meeting.fair, "organiser")
    pages = [visit(case, person).content.decode() for person in (case.seller, case.interpreter, organiser)]
    for page in pages:
        assert page.count("<h1") == 1
        assert set(re.findall(r"<figure[^>]*>(?:(?!</figure>).)*<(p|div)\b", page, re.DOTALL)) == set()
        tabs = re.findall(r'role="tab" id="([\w-]+)" aria-controls="([\w-]+)"', page)
        panels = re.findall(r'role="tabpanel" id="([\w-]+)" aria-labelledby="([\w-]+)"', page)
        assert [(tab, panel) for panel, tab in panels] == tabs
        # The list has nothing but tabs, and one of them alone is in the tab order.
        tablist = page.split('role="tablist"')[1].split("</div>")[0]
        assert tablist.count("<button") == len(tabs)
        assert tablist.count('tabindex="-1"') == len(tabs) - 1
        assert 'class="call__others" role="group"' in page
    assert [page.count('id="tab-chat"') for page in pages] == [1, 1, 0]
