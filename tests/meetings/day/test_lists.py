"""Whole lists to print and to copy: of a company, of a recruiting unit, of the fair; and a meeting as a message."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairplatform.accounts.models import Company
from fairplatform.fairs.models import Participation, RecruitingUnit
from meetings.day.firms import firm_lists
from meetings.models import Meeting
from tests.factories import make_buyer, make_exhibitor, make_role, make_slots, make_staff, three
from tests.meetings.buyer_day import START, BuyerDay, get_page


@pytest.fixture
def day(db: None) -> BuyerDay:
    return BuyerDay()


def texts(html: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'class="for-copy"[^>]*>([^<]+)<', html)]


def of_firm(participation: Participation, language: str = "en") -> str:
    """The message: days, and the address, apart from each other by empty lines."""
    one = Participation.objects.select_related("company", "fair").get(pk=participation.pk)
    return firm_lists(one.fair, [one])[0].sheet(language).message


def name(meeting: Meeting, language: str = "en") -> str:
    return str(meeting.exhibitor.company.name[language])


def test_a_firms_list_is_in_its_own_time_and_the_partners(day: BuyerDay) -> None:
    first, second = day.meet(day.slots[0]), day.meet(day.slots[4])
    day.meet(day.slots[5], state="cancelled")
    address = f"{settings.PUBLIC_URL}{day.url('day')}"
    assert of_firm(day.buyer).splitlines() == [
        f"{day.fair.name['en']} · {day.buyer.company.name['en']}",
        "",
        "Thu 14 May · Pakistan time (Beijing time)",
        f"10:00 (13:00) {name(first)}",
        f"12:00 (15:00) {name(second)}",
        "",
        address,
    ]
    # The exhibitor reads the same meeting on its own clock.
    assert of_firm(first.exhibitor, "zh-hans").splitlines() == [
        f"{day.fair.name['zh-hans']} · {first.exhibitor.company.name['zh-hans']}",
        "",
        "5月14日（周四） · 北京时间 (巴基斯坦时间)",
        f"13:00 (10:00) {day.buyer.company.name['zh-hans']}",
        "",
        address,
    ]


def test_a_list_over_midnight_names_the_date_of_the_other_place(day: BuyerDay) -> None:
    [slot] = make_slots(day.fair, first=datetime(2020, 5, 14, 18, 30, tzinfo=UTC), number=1)  # 23:30 in Pakistan
    meeting = day.meet(slot)
    assert of_firm(day.buyer).splitlines()[2:4] == [
        "Thu 14 May · Pakistan time (Beijing time)",
        f"23:30 (Fri 15 May 02:30) {name(meeting)}",
    ]


def test_a_firm_of_a_third_country_reads_its_own_clock_and_the_other_sides(day: BuyerDay) -> None:
    Company.objects.filter(pk=day.buyer.company_id).update(country="AE", city="dubai")
    day.meet(day.slots[0])
    assert of_firm(day.buyer).splitlines()[2] == "Thu 14 May · Dubai time (Beijing time)"


def test_where_clocks_agree_one_time_is_enough(day: BuyerDay) -> None:
    day.fair.station_country, day.fair.station_zone = "MY", "Asia/Kuala_Lumpur"
    day.fair.save()
    Company.objects.filter(pk=day.buyer.company_id).update(country="MY", city="")
    meeting = day.meet(day.slots[0])
    assert of_firm(day.buyer).splitlines()[2:4] == ["Thu 14 May · Kuala Lumpur time", f"13:00 {name(meeting)}"]


def test_a_firms_page_is_its_managers_and_organisers(day: BuyerDay) -> None:
    meeting = day.meet(day.slots[0])
    url = day.url("firm_schedule", day.buyer.pk)
    for person in (day.purchaser, make_role(day.fair, "organiser")):
        assert texts(get_page(person, url, now=START)) == [of_firm(day.buyer)]
    for person in (make_staff(day.buyer, is_manager=False), day.sellers[meeting.pk], make_role(day.fair, "delegated")):
        get_page(person, url, now=START, status=403)


def test_a_firms_page_is_in_whichever_languages_are_chosen(day: BuyerDay) -> None:
    day.meet(day.slots[0], make_role(day.fair, "interpreter"))
    url = day.url("firm_schedule", day.buyer.pk)
    for asked, shown in (("ur", ["ur"]), ("all", ["en", "zh-hans", "ur"]), ("xx", ["en"]), ("", ["en"])):
        html = get_page(day.purchaser, f"{url}?language={asked}", now=START)
        assert texts(html) == [of_firm(day.buyer, language) for language in shown]
        found = re.findall(r'<article[^>]* lang="([\w-]+)" dir="(\w+)"', html)
        names = {"en": ("en", "ltr"), "zh-hans": ("zh-Hans", "ltr"), "ur": ("ur", "rtl")}
        assert found == [names[language] for language in shown]


def test_a_units_page_has_each_of_its_firms_for_its_delegates(day: BuyerDay) -> None:
    mine, other = (RecruitingUnit.objects.create(fair=day.fair, name=three(n), country="PK") for n in "AB")
    rest = [make_buyer(day.fair) for _ in range(3)]
    day.meet(day.slots[0])
    Participation.objects.filter(pk__in=(day.buyer.pk, rest[0].pk)).update(unit=mine)
    Participation.objects.filter(pk=rest[1].pk).update(unit=other)
    Participation.objects.filter(pk=rest[2].pk).update(unit=mine, state="refused")
    url = day.url("unit_schedule", mine.pk)
    delegate, rival = make_role(day.fair, "delegated", unit=mine), make_role(day.fair, "delegated", unit=other)
    for person in (delegate, make_role(day.fair, "organiser")):
        assert texts(get_page(person, url, now=START)) == [of_firm(day.buyer), of_firm(rest[0])]
    assert "No meetings yet." in of_firm(rest[0])
    for person in (rival, day.purchaser):
        get_page(person, url, now=START, status=404)


def test_lists_take_the_same_queries_for_one_firm_and_for_many(day: BuyerDay) -> None:
    counted = []
    for slots in (day.slots[:1], day.slots[1:]):
        for slot in slots:
            day.meet(slot, make_role(day.fair, "interpreter"))
        with CaptureQueriesContext(connection) as queries:
            firms = Participation.objects.filter(fair=day.fair).select_related("company", "fair").order_by("pk")
            for one in firm_lists(day.fair, firms):
                one.sheet("ur")
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_the_whole_schedule_is_by_day_and_slot(day: BuyerDay) -> None:
    interpreter, organiser = make_role(day.fair, "interpreter"), make_role(day.fair, "organiser")
    day.fair.rooms = 3
    day.fair.save()
    later, first = day.meet(day.slots[4], interpreter), day.meet(day.slots[0])
    day.meet(day.slots[5], state="cancelled")
    html = get_page(organiser, day.url("whole_schedule"), now=START)
    rows = re.findall(r"<tr>\s*<th scope=\"row\">(.*?)</tr>", html, re.DOTALL)
    assert [name(one) in row for one, row in zip((first, later), rows, strict=True)] == [True, True]
    assert ("<td>1</td>" in rows[0], str(interpreter.name["en"]) in rows[1]) == (True, True)
    assert re.findall(r">(\d\d:\d\d)</time>", html[html.index("<h3>") :]) == ["10:00", "13:00", "12:00", "15:00"]
    day.fair.days.create(number=2, date="2020-05-15")
    assert name(first) not in get_page(organiser, f"{day.url('whole_schedule')}?day=2", now=START)
    get_page(day.purchaser, day.url("whole_schedule"), now=START, status=403)


def test_a_meeting_is_a_message_in_each_language(day: BuyerDay) -> None:
    interpreter = make_role(day.fair, "interpreter")
    meeting = day.meet(day.slots[4], interpreter)
    english, chinese, urdu = texts(get_page(day.purchaser, day.url("meeting", meeting.pk), now=START))
    address = f"{settings.PUBLIC_URL}{meeting.get_absolute_url()}"
    assert english.splitlines() == [
        day.fair.name["en"],
        "Thu 14 May 12:00 Pakistan time · 15:00 Beijing time",
        name(meeting),
        f"Interpreter: {interpreter.name['en']}",
        address,
    ]
    assert chinese.splitlines()[1:3] == [
        "5月14日（周四） 巴基斯坦时间 12:00 · 北京时间 15:00",
        name(meeting, "zh-hans"),
    ]
    assert (urdu.splitlines()[-1], "(ار)" in urdu) == (address, True)
    # Somebody of the other side reads the other company, and their own clock first.
    seller = day.sellers[meeting.pk]
    assert texts(get_page(seller, day.url("meeting", meeting.pk), now=START))[0].splitlines()[1:3] == [
        "Thu 14 May 15:00 Beijing time · 12:00 Pakistan time", day.buyer.company.name["en"],
    ]  # fmt: skip


def test_exhibitors_of_other_fairs_are_in_no_list(day: BuyerDay) -> None:
    meeting, other = day.meet(day.slots[0]), BuyerDay()
    other.meet(other.slots[0])
    make_exhibitor(other.fair)
    [found] = firm_lists(day.fair, [Participation.objects.get(pk=day.buyer.pk)])
    assert found.meetings == [meeting]
