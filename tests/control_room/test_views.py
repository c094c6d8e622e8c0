"""The pages of the control room, for the fair's organisers alone."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair
from meetings.models import Outcome
from meetings.outcomes.content import Content
from tests.factories import make_fair, make_role, make_slots
from tests.meetings.cases import agree, make_case, order


@pytest.fixture
def fair(db: None) -> Fair:
    return make_fair()


def browser(person: User, language: str = "en") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(person)
    return client


@pytest.mark.parametrize("path", ["", "figures/"])
def test_pages_are_for_organisers_alone(fair: Fair, path: str) -> None:
    url = f"/fairs/{fair.slug}/control/{path}"
    assert browser(make_role(fair, "organiser")).get(url).status_code == 200
    case = make_case(fair, make_slots(fair)[0])
    assert browser(case.seller).get(url).status_code == 403
    assert Client().get(url).headers["location"].startswith("/accounts/login/")


def test_sums_of_each_kind_and_currency_are_shown_separately(fair: Fair) -> None:
    slot = make_slots(fair, first=timezone.now() - timedelta(minutes=5))[0]
    for terms in (order(), order(8_000_000, currency="CNY"), Content(kind="mou"), Content(kind="contact")):
        agree(make_case(fair, slot), terms, timezone.now())
    page = browser(make_role(fair, "organiser")).get(f"/fairs/{fair.slug}/control/figures/").content.decode()
    shown = re.findall(r"<dt>([^<]*)</dt>\s*<dd>(?:<[^>]*>)*([^<]*)", page)
    assert [(kind, words.replace("\xa0", " ")) for kind, words in shown] == [
        ("Order · 1", "CNY 80,000"),
        ("Order · 1", "USD 31,500"),
    ]
    assert re.search(r"Keep in touch 1 · Memorandum of understanding 1", page)


def test_a_sum_tells_no_amount_that_a_side_hides(fair: Fair) -> None:
    slot = make_slots(fair, first=timezone.now() - timedelta(minutes=5))[0]
    for terms in (order(), order(7_654_321)):
        agree(make_case(fair, slot), terms, timezone.now())
    Outcome.objects.filter(agreed__amount_minor=7_654_321).update(is_amount_hidden=True)
    page = browser(make_role(fair, "organiser")).get(f"/fairs/{fair.slug}/control/").content.decode()
    [shown] = re.findall(r"<dt>Order · 2</dt>\s*<dd>(.*?)</dd>", page, re.DOTALL)
    assert ("31,500" in shown, "and 1 amount that is hidden" in shown) == (True, True)
    assert [words for words in ("76,5", "108,0", "107,") if words in page] == []


@pytest.mark.parametrize("language", ["en", "zh-hans", "ur"])
def test_the_wall_names_nobody(fair: Fair, language: str) -> None:
    case = make_case(fair, make_slots(fair, first=timezone.now() - timedelta(minutes=5))[0])
    agree(case, order(), timezone.now())
    organiser = make_role(fair, "organiser")
    wall = browser(organiser, language).get(f"/fairs/{fair.slug}/control/", {"wall": "1"}).content.decode()
    room = browser(organiser, language).get(f"/fairs/{fair.slug}/control/").content.decode()
    for side in ("exhibitor", "buyer"):
        name = case.meeting.company_of(side).name[language]
        assert name in room
        assert name not in wall


def test_the_strip_of_the_next_slot_can_be_scrolled_by_keyboard(fair: Fair) -> None:
    page = browser(make_role(fair, "organiser")).get(f"/fairs/{fair.slug}/control/").content.decode()
    [strip] = re.findall(r'<[^>]*class="control-room__next"[^>]*>', page)
    assert ('tabindex="0"' in strip, 'role="group"' in strip, "aria-label=" in strip) == (True, True, True)
