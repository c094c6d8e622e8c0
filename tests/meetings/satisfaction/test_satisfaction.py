"""What companies say of a meeting after it: by whom, when, who reads it, and what it adds up to."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.workbook.json_export import satisfaction as exported
from meetings.models import Meeting, Satisfaction
from meetings.satisfaction.actions import Partner, rate, say_partner
from meetings.satisfaction.counting import count_satisfaction
from meetings.satisfaction.queries import awaiting_rating
from tests.factories import NOW, actor, make_fair, make_role, make_slots
from tests.meetings.cases import MeetingCase, make_case

pytestmark = [pytest.mark.django_db, pytest.mark.either]
AFTER = NOW + timedelta(minutes=30)
PRESSED = 'value="2"\n         aria-pressed="true"'
WORDS = "We need pumps, they sell pliers"


def held(fair: Fair, **fields: Any) -> MeetingCase:
    """A meeting that took place and is over AFTER."""
    case = make_case(fair, make_slots(fair, number=1)[0], with_interpreter=True)
    Meeting.objects.filter(pk=case.meeting.pk).update(**{"state": "held", "held_at": NOW, **fields})
    return case


@pytest.fixture
def case() -> MeetingCase:
    return held(make_fair())


def url(case: MeetingCase, name: str = "satisfaction") -> str:
    return reverse(f"meetings:{name}", args=[case.meeting.fair.slug, case.meeting.pk])


def get(person: User, address: str, **posted: str) -> Any:
    client = Client(headers={"accept-language": "en"})
    with time_machine.travel(AFTER, tick=False):
        client.force_login(person)
        return client.post(address, posted) if posted else client.get(address)


def refusal(person: Actor, case: MeetingCase, now: Any = AFTER, rating: int = 4) -> str:
    with pytest.raises(Refused) as refused:
        rate(person, meeting=case.meeting.pk, rating=rating, now=now)
    return refused.value.code


def said(case: MeetingCase) -> list[tuple[Any, ...]]:
    rows = Satisfaction.objects.filter(meeting=case.meeting).order_by("pk")
    return list(rows.values_list("participation", "rating", "right_partner", "because", "note"))


def test_each_side_says_once_and_may_change_it(case: MeetingCase) -> None:
    meeting = case.meeting
    for rating in (2, 4, 4):
        rate(actor(case.seller), meeting=meeting.pk, rating=rating, now=AFTER)
    rate(actor(case.buyer), meeting=meeting.pk, rating=1, now=AFTER)
    say_partner(actor(case.buyer), meeting=meeting.pk, partner=Partner(False, "goods", WORDS), now=AFTER)
    rate(actor(case.buyer), meeting=meeting.pk, rating=2, now=AFTER)
    assert said(case) == [
        (meeting.exhibitor_id, 4, None, "", ""),
        (meeting.buyer_id, 2, False, "goods", WORDS),
    ]
    say_partner(actor(case.buyer), meeting=meeting.pk, partner=Partner(True, "goods"), now=AFTER)
    assert said(case)[1] == (meeting.buyer_id, 2, True, "", "")


def test_only_the_two_companies_rate_it_and_never_on_behalf(case: MeetingCase) -> None:
    assert case.interpreter is not None
    organiser = make_role(case.meeting.fair, "organiser")
    for person in (case.interpreter, organiser):
        assert refusal(actor(person), case) == "not_permitted"
    assert refusal(Actor(organiser, on_behalf_of=case.buyer), case) == "not_for_others"


def test_a_meeting_is_rated_once_it_is_over_until_the_fair_is_closed(case: MeetingCase) -> None:
    assert refusal(actor(case.buyer), case, now=NOW) == "rating_early"
    assert refusal(actor(case.buyer), case, rating=6) == "rating_range"
    with pytest.raises(Refused, match="rating_range"):
        say_partner(actor(case.buyer), meeting=case.meeting.pk, partner=Partner(True), now=AFTER)
    # Nobody has seen yet whether it took place.
    Meeting.objects.filter(pk=case.meeting.pk).update(state="confirmed")
    assert refusal(actor(case.buyer), case) == "rating_early"
    Meeting.objects.filter(pk=case.meeting.pk).update(by_telephone=True)
    rate(actor(case.buyer), meeting=case.meeting.pk, rating=5, now=AFTER)
    Meeting.objects.filter(pk=case.meeting.pk).update(state="missed")
    assert refusal(actor(case.buyer), case) == "not_now"
    Meeting.objects.filter(pk=case.meeting.pk).update(state="held")
    Fair.objects.filter(pk=case.meeting.fair_id).update(state="closed")
    assert refusal(actor(case.buyer), case) == "rating_closed"


@pytest.mark.parametrize(
    "fields",
    [{"rating": 0}, {"rating": 6}, {"because": "goods"}, {"right_partner": True, "because": "goods"}, {"note": WORDS}],
)
def test_the_database_keeps_nothing_else(case: MeetingCase, fields: dict[str, Any]) -> None:
    row = rate(actor(case.buyer), meeting=case.meeting.pk, rating=3, now=AFTER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Satisfaction.objects.filter(pk=row.pk).update(**fields)


def test_one_press_on_the_outcome_page_and_then_the_partner(case: MeetingCase) -> None:
    outcome = get(case.buyer, url(case, "outcome")).content.decode()
    assert (f'action="{url(case)}"' in outcome, outcome.count('name="rating"')) == (True, 5)
    assert get(case.buyer, url(case), rating="2")["Location"] == url(case)
    assert get(case.buyer, url(case), right="no", because="goods", note=WORDS)["Location"] == url(case)
    assert said(case) == [(case.meeting.buyer_id, 2, False, "goods", WORDS)]
    own = unescape(get(case.buyer, url(case)).content.decode())
    assert (PRESSED in own, WORDS in own) == (True, True)
    refused = [get(case.buyer, url(case), **posted).status_code for posted in ({"rating": "٩"}, {"right": ""})]
    assert refused == [409, 409]


def test_the_other_company_never_reads_it(case: MeetingCase, client: Client) -> None:
    assert case.interpreter is not None
    get(case.buyer, url(case), rating="2")
    get(case.buyer, url(case), right="no", note=WORDS)
    for page in ("satisfaction", "outcome", "meeting"):
        html = unescape(get(case.seller, url(case, page)).content.decode())
        assert (WORDS in html, PRESSED in html) == (False, False)
    assert get(case.interpreter, url(case)).status_code == 403
    assert 'name="rating"' not in get(case.interpreter, url(case, "outcome")).content.decode()


def test_the_page_after_the_call_asks_the_two_companies(case: MeetingCase) -> None:
    assert case.interpreter is not None
    asked = [get(one, url(case, "room")).content.decode() for one in (case.seller, case.buyer, case.interpreter)]
    assert [page.count('name="rating"') for page in asked] == [5, 5, 0]


def test_the_diary_asks_until_it_is_answered(case: MeetingCase) -> None:
    fair = case.meeting.fair
    assert [awaiting_rating(person, fair, AFTER) for person in (case.seller, case.buyer)] == [[case.meeting]] * 2
    assert awaiting_rating(case.buyer, fair, NOW) == []
    diary = get(case.buyer, reverse("meetings:day", args=[fair.slug])).content.decode()
    assert f'action="{url(case)}"' in diary
    rate(actor(case.seller), meeting=case.meeting.pk, rating=4, now=AFTER)
    assert [awaiting_rating(person, fair, AFTER) for person in (case.seller, case.buyer)] == [[], [case.meeting]]
    fair.state = "closed"
    assert awaiting_rating(case.buyer, fair, AFTER) == []


def test_the_figures_count_meetings_that_took_place(case: MeetingCase) -> None:
    fair = case.meeting.fair
    others = [held(fair), held(fair), held(fair, state="missed")]
    for one, rating, right in ((case, 5, True), (others[0], 2, False), (others[1], 4, True)):
        rate(actor(one.buyer), meeting=one.meeting.pk, rating=rating, now=AFTER)
        partner = Partner(right, "" if right else "price")
        say_partner(actor(one.buyer), meeting=one.meeting.pk, partner=partner, now=AFTER)
    rate(actor(case.seller), meeting=case.meeting.pk, rating=3, now=AFTER)
    Satisfaction.objects.create(
        fair=fair, meeting=others[2].meeting, participation_id=others[2].meeting.buyer_id, rating=1, made_by=case.buyer
    )
    counted = count_satisfaction(fair, now=AFTER)
    assert {side: (one.answered, one.asked, one.average) for side, one in counted.items()} == {
        "exhibitor": (1, 3, 3.0),
        "buyer": (3, 3, 3.67),
        "all": (4, 6, 3.5),
    }
    assert counted["all"].distribution == {1: 0, 2: 1, 3: 1, 4: 1, 5: 1}
    assert (counted["all"].right, counted["all"].wrong, counted["all"].right_percent) == (2, 1, 66.7)
    assert {code for code, number in counted["all"].because.items() if number} == {"price"}
    assert counted["exhibitor"].right_percent is None


def test_the_organisers_read_every_answer_and_filter_them(case: MeetingCase) -> None:
    rate(actor(case.seller), meeting=case.meeting.pk, rating=5, now=AFTER)
    rate(actor(case.buyer), meeting=case.meeting.pk, rating=1, now=AFTER)
    say_partner(actor(case.buyer), meeting=case.meeting.pk, partner=Partner(False, "other", WORDS), now=AFTER)
    organiser, page = (
        make_role(case.meeting.fair, "organiser"),
        reverse("office:satisfaction", args=[case.meeting.fair.slug]),
    )
    asked = ("", "?rating=5", "?partner=no", "?partner=unsaid", f"?q={case.meeting.buyer.company.name['en']}")
    read = [[row.rating for row in get(organiser, page + one).context["page"]] for one in asked]
    assert [sorted(found) for found in read] == [[1, 5], [5], [1], [5], [1]]
    assert WORDS in unescape(get(organiser, page).content.decode())
    assert get(case.buyer, page).status_code == 403


def test_the_raw_answers_are_exported(case: MeetingCase) -> None:
    rate(actor(case.buyer), meeting=case.meeting.pk, rating=2, now=AFTER)
    say_partner(actor(case.buyer), meeting=case.meeting.pk, partner=Partner(False, "goods", WORDS), now=AFTER)
    [row] = exported(case.meeting.fair)
    assert {name: row[name] for name in ("state", "rating", "right_partner", "because", "note", "made_at")} == {
        "state": "held", "rating": 2, "right_partner": False, "because": "goods", "note": WORDS,
        "made_at": "2020-05-14T07:33:00Z",
    }  # fmt: skip
    assert row["company"] == row["buyer"]
