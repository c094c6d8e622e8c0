"""The shifts at a booth: entered on the clock of their person, copied, never two at one time, and shown with gaps."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext

from booths.booth_state import booth_state
from booths.models import Shift
from fairplatform.accounts.models import Staff, User
from fairplatform.booth_office.shifts.actions import add_shift
from fairplatform.booth_office.shifts.days import NoSuchTime, OpenDay, gaps
from fairplatform.fairs.models import Fair, FairDay, Participation
from tests.booth_office.conftest import BoothOffice, position_of
from tests.factories import NOW, actor, make_exhibitor, make_staff
from tests.racing import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.booth_office.shifts.actions")]


@pytest.fixture
def days(fair: Fair) -> list[FairDay]:
    """From 10:00 to 16:00 in Pakistan, which is 13:00 to 19:00 in China."""
    hours = {"starts": time(10), "ends": time(16)}
    return [FairDay.objects.create(fair=fair, number=n, date=date(2020, 5, 13 + n), **hours) for n in (1, 2, 3)]


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2020, 5, day, hour, minute, tzinfo=UTC)


def fields(staff: Staff, day: FairDay, starts: str, ends: str) -> dict[str, Any]:
    return {"shift-staff": staff.pk, "shift-day": day.pk, "shift-starts": starts, "shift-ends": ends}


def add(office: BoothOffice, *of: Any) -> Any:
    return office.post("shift_add", **fields(*of))


def stored() -> list[tuple[User, datetime, datetime]]:
    return [(one.staff.user, one.starts_at, one.ends_at) for one in Shift.objects.select_related("staff__user")]


def lines(answer: Any) -> list[str]:
    """The gaps that the page tells, in words alone."""
    found = re.findall(r'<p class="shift-gap">(.*?)</p>', answer.text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", one).split()) for one in found]


def test_a_shift_is_entered_on_the_clock_of_its_person(clerk: BoothOffice, days: list[FairDay]) -> None:
    assert "The shift has been added." in clerk.says(add(clerk, position_of(clerk.person), days[0], "13:00", "17:00"))
    assert stored() == [(clerk.person, utc(14, 5), utc(14, 9))]
    page = clerk.get("staff").text
    assert "13:00–17:00 (10:00–14:00)" in page
    assert "Beijing time 13:00–17:00 · Pakistan time 10:00–14:00" in page


def test_an_agent_in_america_is_there_on_the_evening_before(
    exhibitor: Participation, manager: BoothOffice, days: list[FairDay]
) -> None:
    agent = make_staff(exhibitor, country="US", zone="America/Los_Angeles", is_manager=False)
    manager.says(add(manager, position_of(agent), days[1], "22:00", "02:00"))
    # 22:00 to 02:00 in California is 10:00 to 14:00 in Pakistan on the next date.
    assert stored() == [(agent, utc(15, 5), utc(15, 9))]


@pytest.mark.parametrize(
    ("starts", "ends", "column"),
    [
        ("13:00", "13:00", "ends"),
        ("13:00", "13:05", "ends"),
        ("02:00", "04:00", "ends"),
        ("", "14:00", "starts"),
        ("25:00", "26:00", "starts"),
    ],
)
def test_a_wrong_time_is_refused_in_words_and_kept(
    clerk: BoothOffice, days: list[FairDay], starts: str, ends: str, column: str
) -> None:
    answer = add(clerk, position_of(clerk.person), days[0], starts, ends)
    form = answer.context["shift_form"]
    assert (answer.status_code, column in form.errors, stored()) == (409, True, [])
    assert f'value="{days[0].pk}" selected' in answer.text
    if column == "ends":
        assert form.errors["ends"] == [
            "This is not within the day of the fair, which is from 13:00 to 19:00 (Beijing time)."
        ]


def test_nobody_has_two_shifts_at_one_time(clerk: BoothOffice, manager: BoothOffice, days: list[FairDay]) -> None:
    own = position_of(clerk.person)
    add(clerk, own, days[0], "13:00", "15:00")
    for starts, ends in (("13:00", "15:00"), ("14:45", "16:00"), ("12:00", "13:15"), ("13:30", "14:00")):
        answer = add(manager, own, days[0], starts, ends)
        assert "another shift at this time" in answer.context["shift_form"].errors["starts"][0]
    assert add(manager, own, days[0], "15:00", "16:00").status_code == 302
    assert add(manager, position_of(manager.person), days[0], "13:00", "15:00").status_code == 302
    assert len(stored()) == 3


def test_also_not_at_two_booths(clerk: BoothOffice, days: list[FairDay]) -> None:
    other, clerk_of_first = make_exhibitor(clerk.fair), position_of(clerk.person)
    Staff.objects.create(company=other.company, user=clerk.person)
    add(clerk, clerk_of_first, days[0], "13:00", "15:00")
    form = add_shift(
        actor(make_staff(other)),
        fair=clerk.fair.slug,
        data=_query(fields(Staff.objects.get(user=clerk.person, company=other.company), days[0], "14:00", "16:00")),
    )
    assert (list(form.errors), len(stored())) == (["starts"], 1)


def _query(values: dict[str, Any]) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update({name: str(value) for name, value in values.items()})
    return query


@pytest.mark.django_db(transaction=True)
def test_of_several_who_enter_one_shift_at_once_one_does(
    fair: Fair, days: list[FairDay], exhibitor: Participation
) -> None:
    people = [make_staff(exhibitor) for _ in range(3)]
    begins = ("13:00", "13:30", "14:00")
    data = [_query(fields(position_of(people[0]), days[0], starts, "15:00")) for starts in begins]

    def enters(number: int) -> Callable[[], object]:
        by = actor(people[number])
        return lambda: add_shift(by, fair=fair.slug, data=data[number])

    assert at_once(*[enters(number) for number in range(3)]) == {"done": 3}
    assert Shift.objects.count() == 1


def test_the_shifts_of_a_day_are_copied_to_others(
    clerk: BoothOffice, manager: BoothOffice, days: list[FairDay]
) -> None:
    for person in (clerk, manager):
        add(clerk, position_of(person.person), days[0], "13:00", "15:00")
    add(clerk, position_of(manager.person), days[2], "14:00", "16:00")
    said = clerk.says(clerk.post("shift_copy", **{"copy-of": days[0].pk, "copy-to": [day.pk for day in days]}))
    assert ("3 shifts have been copied." in said, "1 shift was skipped" in said) == (True, True)
    assert [(who, starts) for who, starts, _ends in stored() if starts > utc(15, 0)] == [
        (clerk.person, utc(15, 5)), (manager.person, utc(15, 5)), (clerk.person, utc(16, 5)),
        (manager.person, utc(16, 6)),
    ]  # fmt: skip
    assert clerk.post("shift_copy", **{"copy-of": days[0].pk}).context["copy_form"].errors == {
        "to": ["Choose at least one day."]
    }


def test_a_copy_keeps_the_time_on_the_clock_when_clocks_change(exhibitor: Participation, manager: BoothOffice) -> None:
    """In London clocks went forward on the night to 29 March 2020."""
    hours = {"starts": time(10), "ends": time(18), "fair": manager.fair}
    days = [FairDay.objects.create(number=n, date=date(2020, 3, 27 + n), **hours) for n in (1, 2)]
    agent = make_staff(exhibitor, country="GB", is_manager=False)
    manager.says(add(manager, position_of(agent), days[0], "06:00", "09:00"))
    manager.post("shift_copy", **{"copy-of": days[0].pk, "copy-to": [days[1].pk]})
    assert [starts for _who, starts, _ends in stored()] == [
        datetime(2020, 3, 28, 6, tzinfo=UTC), datetime(2020, 3, 29, 5, tzinfo=UTC),
    ]  # fmt: skip


def test_a_time_that_clocks_leave_out_is_refused(exhibitor: Participation, manager: BoothOffice) -> None:
    day = FairDay.objects.create(fair=manager.fair, number=1, date=date(2020, 3, 29))
    agent = make_staff(exhibitor, country="GB", is_manager=False)
    answer = add(manager, position_of(agent), day, "01:30", "04:00")
    assert "Clocks go forward that night" in answer.context["shift_form"].errors["starts"][0]


@time_machine.travel(datetime(2020, 5, 13, 12, tzinfo=UTC), tick=False)
def test_gaps_are_told_by_day(clerk: BoothOffice, manager: BoothOffice, days: list[FairDay]) -> None:
    User.objects.filter(pk=manager.person.pk).update(speaks=["en"])
    add(clerk, position_of(clerk.person), days[0], "13:00", "15:00")
    add(clerk, position_of(manager.person), days[0], "17:00", "19:00")
    assert lines(clerk.get("staff")) == [
        "15:00–17:00 (12:00–14:00): nobody",
        "Nobody speaks Urdu on this day.",
        "13:00–19:00 (10:00–16:00): nobody",
        "13:00–19:00 (10:00–16:00): nobody",
    ]
    Fair.objects.filter(pk=clerk.fair.pk).update(languages=["zh"])
    assert "Nobody speaks" not in clerk.get("staff").text


def test_gaps_of_what_is_over_are_no_longer_told(clerk: BoothOffice, manager: BoothOffice, days: list[FairDay]) -> None:
    add(clerk, position_of(clerk.person), days[0], "14:00", "15:00")
    with time_machine.travel(utc(14, 6, 30), tick=False):
        assert lines(clerk.get("staff"))[0] == "15:00–19:00 (12:00–16:00): nobody"
    with time_machine.travel(utc(15, 12), tick=False):
        assert lines(clerk.get("staff")) == ["13:00–19:00 (10:00–16:00): nobody"]


def test_gaps_of_hours() -> None:
    hours = (utc(14, 5), utc(14, 11))
    assert gaps(hours, []) == [hours]
    assert gaps(hours, [(utc(14, 4), utc(14, 12))]) == []
    assert gaps(hours, [(utc(14, 7), utc(14, 8)), (utc(14, 6), utc(14, 9))]) == [
        (utc(14, 5), utc(14, 6)), (utc(14, 9), utc(14, 11)),
    ]  # fmt: skip
    # A few minutes are none.
    assert gaps(hours, [(utc(14, 5, 10), utc(14, 10, 50))]) == []
    assert gaps(hours, [(utc(13, 5), utc(13, 6)), (utc(15, 5), utc(15, 6))]) == [hours]


def test_without_days_it_is_said_that_there_are_none(clerk: BoothOffice) -> None:
    assert "The organisers have not entered the days of the fair yet." in clerk.get("staff").text


def test_a_shift_of_a_day_that_is_no_more_can_be_removed(clerk: BoothOffice, days: list[FairDay]) -> None:
    add(clerk, position_of(clerk.person), days[2], "13:00", "15:00")
    days[2].delete()
    assert "Outside the days of the fair" in clerk.get("staff").text
    assert "The shift has been removed." in clerk.says(clerk.post("shift_remove", Shift.objects.get().pk))
    assert stored() == []


def test_shifts_of_another_company_are_not_there(clerk: BoothOffice, days: list[FairDay]) -> None:
    add(clerk, position_of(clerk.person), days[0], "13:00", "15:00")
    rival = BoothOffice(clerk.fair, make_staff(make_exhibitor(clerk.fair)))
    assert rival.post("shift_remove", Shift.objects.get().pk).status_code == 404
    answer = add(rival, position_of(clerk.person), days[0], "16:00", "17:00")
    assert (list(answer.context["shift_form"].errors), len(stored())) == (["staff"], 1)


def test_shifts_end_with_the_work(clerk: BoothOffice, manager: BoothOffice, days: list[FairDay]) -> None:
    add(clerk, position_of(clerk.person), days[0], "13:00", "15:00")
    manager.post("staff_end", position_of(clerk.person).pk)
    assert stored() == []


def test_a_shift_ends_after_it_starts(clerk: BoothOffice) -> None:
    booth = clerk.fair.booths.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.create(fair=clerk.fair, booth=booth, staff=position_of(clerk.person), starts_at=NOW, ends_at=NOW)


def test_times_of_a_day_without_hours_are_within_its_date() -> None:
    day = OpenDay(1, date(2020, 3, 29), (datetime(2020, 3, 29, tzinfo=UTC), datetime(2020, 3, 30, tzinfo=UTC)), None)
    assert day.times(time(0), time(0, 30), ZoneInfo("UTC")) is not None
    assert day.times(time(23), time(0), ZoneInfo("UTC")) is not None
    assert day.times(time(23), time(0, 30), ZoneInfo("UTC")) is None
    with pytest.raises(NoSuchTime):
        day.times(time(1, 30), time(3), ZoneInfo("Europe/London"))


def test_visitors_see_who_comes_next_and_in_which_languages(
    clerk: BoothOffice, manager: BoothOffice, days: list[FairDay]
) -> None:
    """Without any contact data; the sentence gives way to whoever is here."""
    User.objects.filter(pk=clerk.person.pk).update(phone="+8613800000000", speaks=["zh", "ur"])
    Fair.objects.filter(pk=clerk.fair.pk).update(state="open")
    booth = clerk.fair.booths.get()
    for day in days[:2]:
        add(clerk, position_of(clerk.person), day, "18:00", "19:00")
    add(clerk, position_of(manager.person), days[0], "18:00", "18:30")
    with time_machine.travel(NOW, tick=False):
        page = Client().get(booth.get_absolute_url()).text
    part = page.partition('<div class="booth-next')[2].partition("</div>")[0]
    words = " ".join(re.sub(r"<[^>]+>", "", part).split())
    assert "Nobody is at the booth at the moment. Next: Thu 14 May 15:00 (18:00)" in words
    assert f"{clerk.person.name} · Chinese · Urdu" in words
    assert (str(manager.person.name) in words, words.count(str(clerk.person.name))) == (True, 1)
    assert ("8613800000000" in page, clerk.person.email in page) == (False, False)
    with time_machine.travel(utc(16, 0), tick=False):
        assert "booth-next" not in Client().get(booth.get_absolute_url()).text


def test_who_comes_next_is_hidden_while_somebody_is_here(clerk: BoothOffice, days: list[FairDay]) -> None:
    add(clerk, position_of(clerk.person), days[0], "18:00", "19:00")
    with time_machine.travel(NOW, tick=False):
        away = booth_state(clerk.fair.booths.get(), actor(clerk.person))
    here = replace(away, staff=[replace(presence, is_here=True) for presence in away.staff])
    shown = [render_to_string("booths/people.html", {"state": state}) for state in (away, here)]
    assert [re.findall("<div class=.booth-next[^>]*>", one) for one in shown] == [
        ['<div class="booth-next small" data-next>'],
        ['<div class="booth-next small" data-next hidden>'],
    ]


def test_the_page_reads_as_often_however_many_shifts_there_are(clerk: BoothOffice, days: list[FairDay]) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            clerk.get("staff")
        return len(asked)

    add(clerk, position_of(clerk.person), days[0], "13:00", "14:00")
    queries()
    before = queries()
    for hour in range(14, 19):
        for day in days:
            add(clerk, position_of(clerk.person), day, f"{hour}:00", f"{hour + 1}:00")
    assert (queries(), len(stored())) == (before, 16)
