"""The schedule of a day on paper: its sheets, and what a delegate reads of them."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, RecruitingUnit
from meetings.changes.papers import sheets
from tests.factories import NOW, make_role, three
from tests.meetings.changes.market import Market

pytestmark = pytest.mark.django_db


class Case(Market):
    """Two meetings of a seller with buyers of Lahore and of Karachi; the second is of a unit."""

    def __init__(self) -> None:
        super().__init__()
        self.one, self.lahore, self.karachi = self.seller(), self.buyer(), self.buyer()
        self.unit = RecruitingUnit.objects.create(fair=self.fair, name=three("Chamber"), country="PK")
        self.karachi.company.city, self.karachi.unit = "karachi", self.unit
        self.karachi.company.save()
        self.karachi.save()
        self.who = self.interpreter()
        self.first = self.meet(self.one, self.lahore, self.slots[1], self.who)
        self.second = self.meet(self.one, self.karachi, self.slots[3])
        self.numbers = {self.one: "+8613800000001", self.lahore: "+923000000001", self.karachi: "+923000000002"}
        for company, number in self.numbers.items():
            User.objects.filter(pk=self.people[company.pk].pk).update(phone=number)

    def read(self, reader: User, by: Any) -> list[list[Any]]:
        return [[line.meeting for line in sheet.lines] for sheet in sheets(reader, self.fair.days.get(), by)]


@pytest.fixture
def case() -> Case:
    return Case()


def test_there_is_a_sheet_for_each_hall_or_city_by_hour(case: Case) -> None:
    assert case.read(case.organiser, "hall") == [[case.first, case.second]]
    assert case.read(case.organiser, "exhibitor") == [[case.first, case.second]]
    assert case.read(case.organiser, "buyer") == [[case.second], [case.first]]


def test_there_is_a_sheet_for_each_room_which_all_sheets_name(client: Client) -> None:
    market = Market()
    market.fair.rooms = 2
    market.fair.save()
    one, other = (market.meet(market.seller(), market.buyer(), market.slots[1]) for _ in range(2))
    later = market.meet(one.exhibitor, one.buyer, market.slots[3])
    read = {
        by: [
            [(line.meeting, line.room) for line in sheet.lines]
            for sheet in sheets(market.organiser, market.slots[1].day, by)
        ]
        for by in ("room", "hall")
    }
    assert read == {"room": [[(one, 1), (later, 1)], [(other, 2)]], "hall": [[(one, 1), (other, 2), (later, 1)]]}
    client.force_login(market.organiser)
    address = reverse("office:papers", args=[market.fair.slug])
    html = client.get(address, {"by": "room", "in": "zh-hans"}).content.decode()
    assert [f"洽谈室{number}" in html for number in (1, 2, 3)] == [True, True, False]
    # Where rooms are not counted there is no sheet of one.
    Fair.objects.update(rooms=None)
    assert client.get(address, {"by": "room"}).context["by"] == "hall"
    assert 'value="room"' not in client.get(address).content.decode()


def test_cancelled_meetings_are_on_none(case: Case) -> None:
    case.first.state = "cancelled"
    case.first.save()
    assert case.read(case.organiser, "hall") == [[case.second]]


def test_a_delegate_reads_the_meetings_and_numbers_of_their_unit(case: Case) -> None:
    [sheet] = sheets(make_role(case.fair, "delegated", unit=case.unit), case.fair.days.get(), "hall")
    [line] = sheet.lines
    assert (line.meeting, list(line.exhibitor)) == (case.second, [])
    assert [number.mobile for number in line.buyer] == ["+92 300 0000002"]


@pytest.mark.parametrize(("language", "word"), [("en", "Interpreter"), ("ur", "ترجمان"), ("zh-hans", "译员")])
def test_the_paper_is_in_the_language_chosen(case: Case, client: Client, language: str, word: str) -> None:
    client.force_login(case.organiser)
    with time_machine.travel(NOW, tick=False):
        got = client.get(reverse("office:papers", args=[case.fair.slug]), {"in": language, "by": "buyer"})
    page = got.content.decode()
    paper = page[page.index('class="papers"') :]
    assert (paper.count('class="day-paper"'), word in paper) == (2, True)
    assert "+92 300 0000001" in paper
    assert case.who.name[language] in paper


def test_reading_takes_as_many_queries_for_one_meeting_as_for_many(case: Case, django_assert_num_queries: Any) -> None:
    day = case.fair.days.select_related("fair").get()
    reader = User.objects.get(pk=case.organiser.pk)
    case.meet(case.seller(), case.buyer(), case.slots[3])
    with django_assert_num_queries(6):
        assert len(sheets(reader, day, "hall")[0].lines) == 3
