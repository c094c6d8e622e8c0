"""The page "My schedule": its timeline, next meeting, tasks and figures, for each kind of participant."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from booths.models import Display, Product
from fairplatform.accounts.models import User
from fairplatform.fairs.models import RecruitingUnit, RoleAssignment, Slot
from meetings.models import Outcome
from meetings.outcomes.actions import draft
from meetings.requests.actions import make_request
from tests.factories import (
    actor,
    make_exhibitor,
    make_person,
    make_role,
    make_staff,
    three,
)
from tests.meetings.buyer_day import START, BuyerDay, get, get_page, states
from tests.meetings.cases import order


@pytest.fixture
def day(db: None) -> BuyerDay:
    return BuyerDay()


def test_day_shows_past_running_and_coming_meetings_and_breaks(day: BuyerDay) -> None:
    held = day.meet(day.slots[0], state="held", held_at=START)
    day.meet(day.slots[1], state="missed", missed_because="exhibitor")
    day.meet(day.slots[2])
    day.meet(day.slots[4])
    Outcome.objects.create(meeting=held, fair=day.fair, state="drafted")
    html = get_page(day.purchaser, day.url("day"), now=day.slots[2].starts_at + timedelta(minutes=10))
    # 13:00 is the pause, its slot is free by the plan but nobody works then.
    assert states(html) == ["held", "missed", "running", "free", "to-come", "free", "break", "free", "free"]
    for words in ("Outcome drafted; not yet submitted by you", "Not held: the other company did not attend",
                  "In progress, 15 minutes left", "Zuhr prayer and tea break"):  # fmt: skip
        assert words in html


@pytest.mark.parametrize(
    ("before", "due", "label"),
    [
        (timedelta(hours=2), "later", "Open the brief"),
        (timedelta(minutes=11), "soon", "Open the brief"),
        (timedelta(minutes=10), "now", "Join"),
        (timedelta(minutes=-5), "now", "Join"),
    ],
)
def test_day_offers_to_enter_from_ten_minutes_before(day: BuyerDay, before: timedelta, due: str, label: str) -> None:
    meeting = day.meet(day.slots[4])
    html = get_page(day.purchaser, day.url("day"), now=meeting.starts_at - before)
    card = html[html.index("<article") : html.index("</article>")]
    assert f'data-due="{due}"' in card
    room, brief = day.url("room", meeting.pk), day.url("meeting", meeting.pk)
    assert re.findall(r'button--large[^>]*href="([^"]+)">([^<]+)<', card) == [(room if due == "now" else brief, label)]


def test_day_shows_the_partner_in_three_scripts_with_person_title_goods_and_interpreter(day: BuyerDay) -> None:
    interpreter = make_role(day.fair, "interpreter")
    meeting = day.meet(day.slots[0], interpreter)
    product = Product.objects.create(
        company=meeting.exhibitor.company, name=three("Pliers"), hs6="820320", moq=1, moq_unit="pcs",
        price_unit="pcs", lead_days=30,
    )  # fmt: skip
    Display.objects.create(booth=meeting.exhibitor.booth, product=product)
    html = get_page(day.purchaser, day.url("day"), now=START - timedelta(hours=1))
    company, seller = meeting.exhibitor.company, day.sellers[meeting.pk]
    for words in (*company.name.values(), seller.name["en"], "Managing Director", "They sell", "Pliers", "8203",
                  "You are looking for", interpreter.name["en"], "Pakistan time", "Beijing time"):  # fmt: skip
        assert words in html
    assert "You sell" in get_page(seller, day.url("day"), now=START - timedelta(hours=1))


def test_day_lists_tasks_each_with_its_link(day: BuyerDay) -> None:
    held = day.meet(day.slots[0], state="held", held_at=START)
    exhibitor = make_exhibitor(day.fair)
    pending = make_request(
        actor(make_staff(exhibitor, password=None)), receiver=day.buyer.pk, slot=day.slots[7].pk, now=START
    )
    html = get_page(day.purchaser, day.url("day"), now=day.slots[1].starts_at)
    tasks = html[html.rindex('<ul class="to-do"') :]
    assert re.findall(r'button--small" href="([^"]+)">([^<]+)<', tasks)[:2] == [
        (day.url("outcome", held.pk), "Record the outcome"),
        (f"{day.url('requests')}#request-{pending.pk}", "Respond"),
    ]


def tasks_of(day: BuyerDay, person: User) -> list[tuple[str, str]]:
    """What is to be done, and the label of the link to it."""
    page = get(person, day.url("day"), now=day.slots[1].starts_at)
    return [(task.what, task.action.label) for task in page.context["tasks"]]


def test_a_draft_is_a_task_to_confirm_and_no_outcome_that_nobody_has_recorded(day: BuyerDay) -> None:
    held = day.meet(day.slots[0], state="held", held_at=START)
    nothing, ready = (
        ("Outcome not recorded yet", "Record the outcome"),
        ("A draft is ready, confirmed by no side", "Confirm"),
    )
    assert (nothing in tasks_of(day, day.purchaser), ready in tasks_of(day, day.purchaser)) == (True, False)
    draft(actor(day.sellers[held.pk]), meeting=held.pk, content=order(), now=day.slots[1].starts_at)
    assert (nothing in tasks_of(day, day.purchaser), ready in tasks_of(day, day.purchaser)) == (False, True)
    entries = get(day.purchaser, day.url("day"), now=day.slots[1].starts_at).context["entries"]
    assert [one.action.label for one in entries if one.state == "held"] == ["Confirm"]


def test_who_is_of_a_company_and_its_liaison_officer_reads_a_task_once(day: BuyerDay) -> None:
    day.meet(day.slots[0], state="held", held_at=START)
    day.buyer.unit = RecruitingUnit.objects.create(fair=day.fair, name=three("Chamber"), country="PK")
    day.buyer.save()
    RoleAssignment.objects.create(fair=day.fair, user=day.purchaser, role="liaison", unit=day.buyer.unit)
    for person in (day.purchaser, make_role(day.fair, "liaison", unit=day.buyer.unit)):
        assert tasks_of(day, person).count(("Outcome not recorded yet", "Record the outcome")) == 1


def test_day_shares_the_day_as_plain_text_with_both_times(day: BuyerDay) -> None:
    meeting = day.meet(day.slots[0])
    html = get_page(day.purchaser, day.url("day"), now=START - timedelta(hours=1))
    share = re.search(r'class="for-copy"[^>]*>([^<]+)<', html)
    assert share
    assert share[1].splitlines() == [
        "Thu 14 May · Pakistan time (Beijing time)",
        f"10:00 (13:00) {meeting.exhibitor.company.name['en']}",
        f"http://127.0.0.1:8000{day.url('day')}?day=1",
    ]


def test_day_of_an_interpreter_is_the_roster(day: BuyerDay) -> None:
    interpreter = make_role(day.fair, "interpreter")
    meeting = day.meet(day.slots[0], interpreter)
    day.meet(day.slots[1])
    entries = get(interpreter, day.url("day"), now=START - timedelta(hours=1)).context["entries"]
    assert [entry.names for entry in entries if entry.state == "to-come"] == [
        (meeting.exhibitor.company.name, meeting.buyer.company.name)
    ]


def test_day_of_an_organiser_shows_the_figures_and_the_control_room(day: BuyerDay) -> None:
    day.meet(day.slots[0])
    html = get_page(make_role(day.fair, "organiser"), day.url("day"), now=START + timedelta(minutes=1))
    assert reverse("control_room:control", args=[day.fair.slug]) in html
    assert re.findall(r"<dd>(\d+)", html[html.index("day-figures") :])[:2] == ["1", "0"]
    assert states(html) == []


def test_day_of_somebody_in_no_fair_says_what_to_do(day: BuyerDay) -> None:
    html = get_page(make_person(password=None), day.url("day"), now=START)
    assert "You are not registered for this fair yet" in html


def test_day_of_another_date_is_reached_by_its_number(day: BuyerDay) -> None:
    day.meet(day.slots[0])
    other = day.fair.days.create(number=2, date=(START + timedelta(days=1)).date())
    Slot.objects.create(
        fair=day.fair, day=other, number=50, starts_at=START + timedelta(days=1),
        ends_at=START + timedelta(days=1, minutes=25),
    )  # fmt: skip
    before = START - timedelta(hours=1)
    assert states(get_page(day.purchaser, f"{day.url('day')}?day=2", now=before)) == ["free"]
    assert len(states(get_page(day.purchaser, f"{day.url('day')}?day=x", now=before))) == 9
    assert "Nothing is scheduled for this day." in get_page(
        day.purchaser, day.url("day"), now=START + timedelta(days=1)
    )


def test_day_sends_htmx_only_the_changing_part(day: BuyerDay) -> None:
    html = get_page(day.purchaser, day.url("day"), now=START, **{"hx-request": "true"})
    assert html.startswith('<fair-refresh class="grid" id="my-day"')
    assert 'hx-swap-oob="true"' in html


def test_day_takes_the_same_queries_for_three_meetings_and_for_nine(day: BuyerDay) -> None:
    counted = []
    client = Client()
    client.force_login(day.purchaser)
    with time_machine.travel(START + timedelta(minutes=5), tick=False):
        for slots in (day.slots[:3], day.slots[3:]):
            for slot in slots:
                Outcome.objects.create(meeting=day.meet(slot), fair=day.fair, state="drafted")
            client.get(day.url("day"))
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(day.url("day")).status_code == 200
            counted.append(len(queries))
    assert counted[0] == counted[1]
