"""Fairs between any two countries, imported as workbooks: every place that shows or offers a time has the right one."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, Participation
from fairplatform.i18n.text import visible
from fairplatform.notices.actions import notify
from fairplatform.notices.letters import send_letter
from fairplatform.office.setup.checklist import checklist
from fairplatform.office.setup.common_hours import common_hours
from fairplatform.office.setup.hours_picture import Picture
from meetings.day.firms import firm_lists
from meetings.models import Meeting
from tests.countries import fairs
from tests.factories import NOW
from tests.meetings import calendar_reading
from tests.notices.sent_letter import text_and_page

pytestmark = pytest.mark.django_db
TIME = re.compile(r'class="two-times__\w+"><bdi>[^<]*</bdi>(.*?)</span>', re.DOTALL)


@dataclass(frozen=True)
class Expected:
    """Of one fair: what its pictures, its forms, its schedule and its messages say.

    `common`: by day, the common hours by the clock of the exhibitors and the buyers, and how many slots lie in them.
    `offered`: to the buyer, by day, its own time and the exhibitor's. `lines`: in the lists of buyer and exhibitor.
    """

    sheets: fairs.Sheets
    common: list[tuple[list[tuple[str, str]], int]]
    offered: list[tuple[str, list[str]]]
    starts_at: datetime
    ends_at: datetime
    lines: tuple[list[str], list[str]]
    sentence: str


EXPECTED = {
    "Friday is half a day in the Emirates": Expected(
        fairs.EMIRATES,
        [
            ([("13:00–16:00", "09:00–12:00"), ("17:00–18:00", "13:00–14:00")], 8),
            ([("13:00–16:00", "09:00–12:00")], 6),
        ],
        [
            ("Thu 16 May", ["09:00 13:00", "09:30 13:30", "10:00 14:00", "10:30 14:30", "11:00 15:00", "11:30 15:30",
                            "13:00 17:00", "13:30 17:30"]),
            ("Fri 17 May", ["09:00 13:00", "09:30 13:30", "10:00 14:00", "10:30 14:30", "11:00 15:00", "11:30 15:30"]),
        ],
        datetime(2030, 5, 17, 7, 30, tzinfo=UTC),
        datetime(2030, 5, 17, 7, 55, tzinfo=UTC),
        (
            ["Fri 17 May · Dubai time (Beijing time)", "11:30 (15:30) Valve Maker"],
            ["Fri 17 May · Beijing time (Dubai time)", "15:30 (11:30) Pipe Line"],
        ),
        "Fri 17 May 11:30 Dubai time · 15:30 Beijing time",
    ),
    "America changes its clocks between the days": Expected(
        fairs.BRITAIN,
        [
            ([("14:00–17:00", "09:00–12:00")], 6),
            ([("13:00–16:00", "09:00–12:00"), ("17:00–18:00", "13:00–14:00")], 8),
        ],
        [
            ("Fri 8 Mar", ["09:00 14:00", "09:30 14:30", "10:00 15:00", "10:30 15:30", "11:00 16:00", "11:30 16:30"]),
            ("Mon 11 Mar", ["09:00 13:00", "09:30 13:30", "10:00 14:00", "10:30 14:30", "11:00 15:00", "11:30 15:30",
                            "13:00 17:00", "13:30 17:30"]),
        ],
        datetime(2030, 3, 11, 17, tzinfo=UTC),
        datetime(2030, 3, 11, 17, 25, tzinfo=UTC),
        (
            ["Mon 11 Mar · New York time (London time)", "13:00 (17:00) Valve Maker"],
            ["Mon 11 Mar · London time (New York time)", "17:00 (13:00) Pipe Line"],
        ),
        "Mon 11 Mar 13:00 New York time · 17:00 London time",
    ),
    "days are stated by the exhibitors' clock, and only the buyers' changes": Expected(
        fairs.GERMANY,
        [([("16:00–18:00", "07:00–09:00")], 4), ([("15:00–18:00", "07:00–10:00")], 6)],
        [
            ("Fri 8 Mar", ["07:00 16:00", "07:30 16:30", "08:00 17:00", "08:30 17:30"]),
            ("Mon 11 Mar", ["07:00 15:00", "07:30 15:30", "08:00 16:00", "08:30 16:30", "09:00 17:00", "09:30 17:30"]),
        ],
        datetime(2030, 3, 11, 14, tzinfo=UTC),
        datetime(2030, 3, 11, 14, 25, tzinfo=UTC),
        (
            ["Mon 11 Mar · Tijuana time (Berlin time)", "07:00 (15:00) Valve Maker"],
            ["Mon 11 Mar · Berlin time (Tijuana time)", "15:00 (07:00) Pipe Line"],
        ),
        "Mon 11 Mar 07:00 Tijuana time · 15:00 Berlin time",
    ),
    "the night of one is the morning of the other, and a meeting is held over midnight": Expected(
        fairs.NIGHT,
        [
            ([("22:00–23:00", "06:00–07:00"), ("23:30–02:00", "07:30–10:00")], 3),
            ([("21:00–23:00", "06:00–08:00"), ("23:30–02:00", "08:30–11:00")], 3),
        ],
        [
            ("Fri 8 Mar", ["06:00 22:00", "07:30 23:30", "Fri 8 Mar 08:15 Sat 9 Mar 00:15"]),
            ("Mon 11 Mar", ["07:00 22:00", "08:30 23:30", "Mon 11 Mar 09:15 Tue 12 Mar 00:15"]),
        ],
        datetime(2030, 3, 11, 16, 15, tzinfo=UTC),
        datetime(2030, 3, 11, 16, 55, tzinfo=UTC),
        (
            ["Mon 11 Mar · Los Angeles time (Beijing time)", "09:15 (Tue 12 Mar 00:15) Valve Maker"],
            ["Tue 12 Mar · Beijing time (Los Angeles time)", "00:15 (Mon 11 Mar 09:15) Pipe Line"],
        ),
        "Mon 11 Mar 09:15 Los Angeles time · Tue 12 Mar 00:15 Beijing time",
    ),
}  # fmt: skip


def answer(*command: str) -> Any:
    printed = StringIO()
    call_command(*command, "--json", stdout=printed)
    return json.loads(printed.getvalue())


@pytest.fixture(params=EXPECTED.values(), ids=[*EXPECTED])
def expected(request: pytest.FixtureRequest, tmp_path: Path) -> Expected:
    """Imported, from a file."""
    one: Expected = request.param
    report = answer("import", str(fairs.written(tmp_path, one.sheets)))
    assert (report["stored"], [f["code"] for f in report["findings"] if f["severity"] == "error"]) == (True, [])
    return one


def published(fair: Fair) -> Meeting:
    for command in ("match", "schedule", "publish"):
        answer(command, fair.slug)
    return Meeting.objects.get(fair=fair)


def browser_of(person: User) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def offered(page: str) -> list[tuple[str, list[str]]]:
    """By day, each slot to choose: the dates and clocks, without the names of the zones."""
    days = []
    for section in page.split('<section class="slot-day">')[1:]:
        choices = re.findall(r'<label class="slot-choice">(.*?)</label>', section, flags=re.DOTALL)
        times = [TIME.findall(one) for one in choices]
        words = [" ".join(" ".join(re.sub(r"<[^>]*>", " ", part).split()) for part in both) for both in times]
        days.append((" ".join(re.sub(r"<[^>]*>", "", section.split("</h2>")[0]).split()), words))
    return days


def test_the_check_list_and_the_picture_know_the_common_hours(expected: Expected) -> None:
    fair = Fair.objects.get()
    done = [one.sentence for one in checklist(fair) if one.is_done]
    assert "Every day has slots within the common hours." in done
    pictures = [Picture(one) for one in common_hours(fair)]
    assert [
        ([(host[1], station[1]) for host, station in one.common], [bar.kind for bar in one.slots].count("slot"))
        for one in pictures
    ] == expected.common


def test_slots_within_both_working_days_are_offered_for_requests(expected: Expected) -> None:
    Fair.objects.update(state="open")
    fair, seller = Fair.objects.get(), Participation.objects.get(key="maker")
    page = browser_of(User.objects.get(email__startswith="user@")).get(
        reverse("meetings:request_make", args=[fair.slug, seller.pk])
    )
    assert offered(page.content.decode()) == expected.offered


def test_schedule_calendar_lists_and_letters_have_the_instant(expected: Expected) -> None:
    meeting = published(Fair.objects.get())
    Fair.objects.update(state="open")
    fair = Fair.objects.get()
    [row] = answer("export", fair.slug, "--what", "schedule")
    zulu = [f"{at:%Y-%m-%dT%H:%M:%SZ}" for at in (expected.starts_at, expected.ends_at)]
    assert ([row["starts_at"], row["ends_at"]], row["pinned"]) == (zulu, True)
    buyer = User.objects.get(email__startswith="user@")
    file = browser_of(buyer).get(reverse("meetings:calendar", args=[fair.slug, meeting.pk])).content
    _own, [event] = calendar_reading.read(file)
    assert event.times() == (expected.starts_at, expected.ends_at)
    assert expected.sentence in event.text("DESCRIPTION")
    lists = firm_lists(fair, Participation.objects.order_by("-key"))
    assert tuple(visible(one.sheet("en").message).splitlines()[2:4] for one in lists) == expected.lines
    [notice] = notify(
        [buyer], fair=fair, code="meeting_scheduled", now=NOW, path="/",
        parameters={"company": {"en": "Valve Maker"}, "at": meeting.starts_at},
    )  # fmt: skip
    mail.outbox.clear()
    send_letter.func(notice.pk)
    assert expected.sentence in text_and_page()[0]
