"""Preferred hours: who may enter whose, on whose clock, and who sees them."""

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.urls import reverse

from fairplatform.accounts.models import AuditEntry, User
from fairplatform.fairs.models import Participation
from fairplatform.fairs.preferred_hours import suits
from meetings.absences.actions import keep_hours
from meetings.absences.forms import HoursForm
from tests.factories import actor, make_exhibitor, make_fair, make_role, make_staff
from tests.meetings.buyer_day import LANGUAGES, START, BuyerDay, get_page, post


@pytest.fixture
def day(db: None) -> BuyerDay:
    return BuyerDay()


def values(company: Participation, begins: str, ends: str) -> dict[str, str]:
    return {"company": str(company.pk), "preferred_from": begins, "preferred_until": ends}


def enter(
    day: BuyerDay, by: User, company: Participation, begins: str, ends: str, asked: int | None = None
) -> HoursForm:
    data = QueryDict(mutable=True)
    data.update(values(company, begins, ends))
    return keep_hours(actor(by), fair=day.fair.pk, data=data, company=asked)


def hours(company: Participation) -> tuple[time | None, time | None]:
    company.refresh_from_db()
    return company.preferred_from, company.preferred_until


def test_managers_enter_their_companys_and_organisers_any_whose_page_they_come_from(day: BuyerDay) -> None:
    organiser, clerk = make_role(day.fair, "organiser"), make_staff(day.buyer, is_manager=False, password=None)
    rival = make_staff(make_exhibitor(day.fair), password=None)
    foreign, interpreter = make_role(make_fair(), "organiser"), make_role(day.fair, "interpreter")
    assert not enter(day, day.purchaser, day.buyer, "10:00", "12:00").errors
    assert hours(day.buyer) == (time(10), time(12))
    assert not enter(day, organiser, day.buyer, "10:30", "12:00", asked=day.buyer.pk).errors
    for person in (clerk, rival, interpreter):
        assert list(enter(day, person, day.buyer, "08:00", "09:00", asked=day.buyer.pk).errors) == ["company"]
    with pytest.raises(Exception, match="not_permitted"):
        enter(day, foreign, day.buyer, "08:00", "09:00", asked=day.buyer.pk)
    assert hours(day.buyer) == (time(10, 30), time(12))
    entries = AuditEntry.objects.order_by("pk").values_list("actor", "permission", "after")
    after = {"preferred_from": "10:30:00", "preferred_until": "12:00:00"}
    assert entries.last() == (organiser.pk, "absences.keep", after)


@pytest.mark.parametrize(
    ("begins", "ends", "said"),
    [
        ("11:00", "", "Enter both times, or neither if any time suits."),
        ("", "11:00", "Enter both times, or neither if any time suits."),
        ("11:00", "11:00", "The end must be after the start, on the same day."),
        ("22:00", "02:00", "The end must be after the start, on the same day."),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_reason_and_stays_typed(
    day: BuyerDay, begins: str, ends: str, said: str
) -> None:
    answer = post(day.purchaser, day.url("absences"), values(day.buyer, begins, ends), now=START)
    assert (answer.status_code, hours(day.buyer)) == (409, (None, None))
    html = answer.content.decode()
    assert said in html
    assert [f'value="{one}"' in html for one in (begins, ends) if one] == [True] * len(
        [one for one in (begins, ends) if one]
    )


@pytest.mark.parametrize(("begins", "ends"), [("10:00", None), (None, "10:00"), ("10:00", "10:00"), ("11:00", "10:00")])
def test_the_database_takes_both_times_in_order_or_neither(day: BuyerDay, begins: str | None, ends: str | None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.filter(pk=day.buyer.pk).update(preferred_from=begins, preferred_until=ends)


def test_the_page_stores_shows_what_there_is_and_takes_it_back(day: BuyerDay) -> None:
    url = day.url("absences")
    assert post(day.purchaser, url, values(day.buyer, "10:00", "12:00"), now=START)["Location"] == url
    assert 'value="10:00"' in get_page(day.purchaser, url, now=START)
    assert post(day.purchaser, url, values(day.buyer, "", ""), now=START)["Location"] == url
    assert hours(day.buyer) == (None, None)
    assert "Every day, for example" not in get_page(day.purchaser, url, now=START)


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_clocks_are_shown_to_the_company_and_to_organisers(day: BuyerDay, language: str) -> None:
    Participation.objects.filter(pk=day.buyer.pk).update(preferred_from=time(12), preferred_until=time(12, 30))
    organiser = make_role(day.fair, "organiser")
    clocks = {"ur": ("دوپہر 12:00 بجے", "سہ پہر 3:00 بجے")}.get(language, ("12:00", "15:00"))
    pages = [
        (day.purchaser, day.url("absences")),
        (organiser, f"{day.url('absences')}?company={day.buyer.pk}"),
        (organiser, reverse("office:company", args=[day.fair.slug, day.buyer.pk])),
    ]
    for person, url in pages:
        html = get_page(person, url, now=START, language=language)
        assert [f">{clock}</time>" in html for clock in clocks] == [True, True]


def test_whoever_has_no_company_to_enter_for_is_not_asked(day: BuyerDay) -> None:
    for person in (make_role(day.fair, "interpreter"), make_staff(day.buyer, is_manager=False, password=None)):
        assert "preferred_from" not in get_page(person, day.url("absences"), now=START)


@pytest.mark.parametrize(
    ("zone", "starts_at", "expected"),
    [
        ("Asia/Karachi", datetime(2020, 5, 14, 5, 0, tzinfo=UTC), True),  # 10:00 to 10:25
        ("Asia/Karachi", datetime(2020, 5, 14, 6, 35, tzinfo=UTC), True),  # to 12:00
        ("Asia/Karachi", datetime(2020, 5, 14, 6, 36, tzinfo=UTC), False),
        ("Asia/Karachi", datetime(2020, 5, 14, 4, 59, tzinfo=UTC), False),
        ("Europe/Berlin", datetime(2020, 3, 27, 9, 0, tzinfo=UTC), True),  # 10:00, and at the same instant
        ("Europe/Berlin", datetime(2020, 3, 30, 10, 0, tzinfo=UTC), False),  # 12:00 in summer
        ("Europe/Berlin", datetime(2020, 3, 30, 8, 0, tzinfo=UTC), True),
    ],
)
def test_a_time_suits_if_all_of_it_is_in_the_hours_by_the_companys_clock(
    zone: str, starts_at: datetime, *, expected: bool
) -> None:
    company = Participation(preferred_from=time(10), preferred_until=time(12))
    times = (starts_at, starts_at + timedelta(minutes=25))
    assert suits(company, ZoneInfo(zone), times) is expected
    assert suits(Participation(), ZoneInfo(zone), times) is True


def marked(html: str) -> list[int]:
    """The keys of the slots that are said to suit both."""
    labels = re.findall(r'<label class="slot-choice">(.*?)</label>', html, re.DOTALL)
    return [int(re.findall(r'value="(\d+)"', label)[0]) for label in labels if "Suits both" in label]


def test_times_for_a_request_that_suit_both_are_marked_and_all_others_offered(day: BuyerDay) -> None:
    exhibitor = make_exhibitor(day.fair)
    make_staff(exhibitor, password=None)
    url, now = day.url("request_make", exhibitor.pk), START - timedelta(hours=1)
    rows = Participation.objects
    everything = get_page(day.purchaser, url, now=now)
    assert marked(everything) == []
    rows.filter(pk=exhibitor.pk).update(preferred_from=time(13, 30), preferred_until=time(15))  # by the clock of China
    its_own = get_page(day.purchaser, url, now=now)
    assert marked(its_own) == []
    rows.filter(pk=day.buyer.pk).update(preferred_from=time(11), preferred_until=time(16))  # by that of Pakistan
    assert marked(get_page(day.purchaser, url, now=now)) == [slot.pk for slot in day.slots[2:4]]
    rows.filter(pk=exhibitor.pk).update(preferred_from=time(3), preferred_until=time(4))
    nothing = get_page(day.purchaser, url, now=now)
    assert marked(nothing) == []
    assert [page.count('name="slot"') for page in (everything, its_own, nothing)] == [8, 8, 8]
