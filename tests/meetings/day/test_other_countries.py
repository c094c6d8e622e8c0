"""The day of a fair between any two countries: its clocks, the breaks of both, and the message to share."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils.translation import gettext, override

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, WorkingHours
from fairplatform.i18n.times import format_clock
from meetings.models.meeting import Side
from meetings.schedule.actions.planning import schedule_meeting
from tests.factories import make_exhibitor, make_fair, make_participation, make_slots, make_staff
from tests.meetings.buyer_day import LANGUAGES, get_page

FRIDAY = datetime(2026, 4, 17, 6, 0, tzinfo=UTC)  # 10:00 in Dubai, 14:00 in China
ZONES = ("Asia/Dubai", "Asia/Shanghai")
NAMES = {
    "en": ("Dubai", "Beijing time"),
    "zh-hans": ("迪拜", "北京时间"),
    "ur": ("دبئی", "چین کا وقت"),
}


def make_day(fair: Fair) -> User:
    """A buyer in Dubai with a meeting at 10:30 on a Friday, which is worked until noon."""
    for weekdays, closes in (([1, 2, 3, 4], time(17)), ([5], time(12))):
        WorkingHours.objects.create(fair=fair, country="AE", weekdays=weekdays, opens=time(8), closes=closes)
    slots = make_slots(fair, first=FRIDAY, number=6)
    buyer, exhibitor = make_participation(fair, sells=False, country="AE", city="dubai"), make_exhibitor(fair)
    purchaser, seller = make_staff(buyer), make_staff(exhibitor)
    schedule_meeting(
        fair=fair, exhibitor=exhibitor, buyer=buyer, slot=slots[1], interpreter=None, interpreting="not_needed",
        parties=[(seller, Side.EXHIBITOR), (purchaser, Side.BUYER)], reason={"hs": ["8203"]},
    )  # fmt: skip
    return purchaser


def entries(html: str) -> list[str]:
    """Kind and own clock of each entry of the timeline."""
    found = re.findall(r'data-state="([\w-]+)".*?<time[^>]*>([^<]+)</time>', html, flags=re.DOTALL)
    return [f"{state} {clock}" for state, clock in found]


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_day_of_a_buyer_in_dubai_is_on_the_clocks_of_dubai_and_china(language: str) -> None:
    fair = make_fair(station_country="AE", station_zone="Asia/Dubai")
    page = get_page(make_day(fair), f"/fairs/{fair.slug}/day/", now=FRIDAY, language=language)
    city, beijing = NAMES[language]
    with override(language):
        dubai = gettext("%(city)s time") % {"city": city}
        clocks = [format_clock(FRIDAY + timedelta(minutes=30), zone, language) for zone in ZONES]
    assert set(re.findall(r'zone="([^"]*)"><span>([^<]*)', page)) == set(zip(ZONES, (dubai, beijing), strict=True))
    share = re.search(r'class="for-copy"[^>]*>([^<]+)<', page)
    assert share
    assert share[1].splitlines()[0].endswith(f" · {dubai} ({beijing})")
    assert share[1].splitlines()[1].startswith(f"{clocks[0]} ({clocks[1]}) ")


@pytest.mark.django_db
def test_a_buyer_from_a_third_country_has_their_own_short_friday_and_no_pause_of_the_station() -> None:
    fair = make_fair()  # between China and Pakistan
    page = get_page(make_day(fair), f"/fairs/{fair.slug}/day/", now=FRIDAY)
    assert entries(page) == ["to-come 10:30", "free 11:00", "free 11:30", "break 12:00"]


@pytest.mark.django_db
def test_slots_outside_the_hours_of_either_side_are_not_called_free() -> None:
    """China has closed at 18:00, 14:00 in Dubai, where work goes on; Dubai has not opened yet at 07:00."""
    for first, shown in ((9, ["free 13:00", "free 13:30"]), (3, [])):
        fair = make_fair(station_country="AE", station_zone="Asia/Dubai")
        make_slots(fair, first=datetime(2026, 4, 16, first, 0, tzinfo=UTC), number=3)
        purchaser = make_staff(make_participation(fair, sells=False, country="AE", city="dubai"))
        page = get_page(purchaser, f"/fairs/{fair.slug}/day/", now=FRIDAY - timedelta(days=2))
        assert [entry for entry in entries(page) if entry.startswith("free ")] == shown
