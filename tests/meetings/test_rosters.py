"""The roster of an interpreter, the sheet of all their hours, and the brief they read before a meeting."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from booths.models import Product
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Absence, Participation, Preference
from meetings.interpreting.roster import rosters
from meetings.models import Meeting
from tests.factories import (
    make_buyer,
    make_demand,
    make_exhibitor,
    make_product,
    make_quote,
    make_role,
    make_staff,
    three,
)
from tests.meetings.buyer_day import LANGUAGES, START, BuyerDay, get, get_page, post


@pytest.fixture
def day(db: None) -> BuyerDay:
    return BuyerDay()


def test_a_roster_has_meetings_breaks_hours_and_minutes(day: BuyerDay) -> None:
    interpreter = make_role(day.fair, "interpreter", language_pairs=["zh-ur"], max_minutes_a_day=120)
    held = day.meet(day.slots[0], interpreter, state="held", held_at=START, extended_minutes=5)
    planned = day.meet(day.slots[4], interpreter)
    day.meet(day.slots[2], interpreter, state="cancelled")
    day.meet(day.slots[7])
    pause = Absence.objects.create(
        fair=day.fair, user=interpreter, date=START.date(), from_time="12:10", until_time="12:40", zone="Asia/Karachi"
    )
    whole = Absence.objects.create(fair=day.fair, user=interpreter, date=START.date() + timedelta(days=1))
    [roster] = rosters(day.fair)
    [one] = roster.days
    assert [one.meetings, [row for row, _times in one.breaks], one.clashing] == [[held, planned], [pause], [planned]]
    assert [row for row, _times in roster.absences] == [whole]
    assert one.breaks[0][1] == (START + timedelta(hours=2, minutes=10), START + timedelta(hours=2, minutes=40))
    assert one.hours == (day.slots[0].starts_at, day.slots[4].ends_at)
    assert (one.planned, one.held, roster.planned, roster.held, roster.most) == (55, 30, 55, 30, 120)


def test_an_interpreter_sees_their_own_roster_in_both_times(day: BuyerDay) -> None:
    interpreter, other = (make_role(day.fair, "interpreter", max_minutes_a_day=120) for _ in range(2))
    mine, theirs = day.meet(day.slots[4], interpreter), day.meet(day.slots[7], other)
    Absence.objects.create(fair=day.fair, user=interpreter, date=START.date(), zone="Asia/Karachi")
    html = get_page(interpreter, day.url("roster"), now=START)
    assert (mine.get_absolute_url() in html, theirs.get_absolute_url() in html) == (True, False)
    assert day.url("brief", mine.pk) in html
    assert re.findall(r">(\d\d:\d\d)</time>", html[html.index("<tbody>") :])[:2] == ["12:00", "15:00"]
    for words in ("25 of at most 120 minutes", "Interpreter required", "Absent:"):
        assert words in html
    get_page(day.purchaser, day.url("roster"), now=START, status=404)


def test_a_break_is_entered_and_removed_on_the_roster_by_its_interpreter_and_by_organisers(day: BuyerDay) -> None:
    interpreter, organiser = make_role(day.fair, "interpreter"), make_role(day.fair, "organiser")
    meeting = day.meet(day.slots[4], interpreter)
    own, of_organiser = day.url("roster"), day.url("roster_of", interpreter.pk)
    for person, address, back in ((interpreter, own, "roster"), (organiser, of_organiser, str(interpreter.pk))):
        assert f'value="{back}"' in get_page(person, address, now=START)
        values = {"who": f"person-{interpreter.pk}", "back": back, "date": "2020-05-14", "from_time": "12:10"}
        assert post(person, day.url("absences"), values, now=START).status_code == 409
        answer = post(person, day.url("absences"), values | {"until_time": "12:40"}, now=START)
        assert (answer.status_code, answer["Location"]) == (302, address)
        html = get_page(person, address, now=START)
        assert ["Break:" in html, "In a break" in html] == [True, True]
        assert (day.url("interpreter", meeting.pk) in html) is (person == organiser)
        row = Absence.objects.get()
        assert post(person, day.url("absence_remove", row.pk), {"back": back}, now=START)["Location"] == address
    assert not Absence.objects.exists()
    assert post(interpreter, day.url("absences"), {**values, "until_time": "12:40", "back": "//x"}, now=START)[
        "Location"
    ] == day.url("absences")


def test_organisers_see_everybodys_roster_and_hours(day: BuyerDay) -> None:
    interpreter, organiser = make_role(day.fair, "interpreter"), make_role(day.fair, "organiser")
    User.objects.filter(pk=interpreter.pk).update(name={"en": "＝1+1"})
    day.meet(day.slots[0], interpreter, state="held", held_at=START)
    day.meet(day.slots[4], interpreter)
    assert "25 / 50" in get_page(organiser, day.url("hours"), now=START)
    get_page(organiser, day.url("roster_of", interpreter.pk), now=START)
    get_page(organiser, day.url("roster_of", day.purchaser.pk), now=START, status=404)
    get_page(interpreter, day.url("roster_of", interpreter.pk), now=START, status=403)
    file = get(organiser, day.url("hours_csv"), now=START).content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(file))) == [
        ["Interpreter", "Date", "Meetings", "Minutes planned", "Minutes held"],
        ["'＝1+1", "2020-05-14", "2", "50", "25"],
    ]


def test_rosters_take_the_same_queries_however_many_they_are(day: BuyerDay) -> None:
    counted = []
    for slots in (day.slots[:1], day.slots[2:]):
        for slot in slots:
            day.meet(slot, make_role(day.fair, "interpreter"))
        with CaptureQueriesContext(connection) as queries:
            rosters(day.fair)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def speaks(person: User, *languages: str) -> None:
    User.objects.filter(pk=person.pk).update(speaks=list(languages))


@pytest.fixture
def meeting(day: BuyerDay) -> Meeting:
    """Between a seller who speaks Chinese and a buyer who speaks Urdu, with goods, a quote, and what is private."""
    meeting = day.meet(day.slots[4], make_role(day.fair, "interpreter"))
    seller = day.sellers[meeting.pk]
    speaks(seller, "zh")
    speaks(day.purchaser, "ur")
    make_product(meeting.exhibitor, "Pliers", incoterm="FOB", place="ningbo")
    meeting.exhibitor.company.story = three("Since 1992")
    meeting.exhibitor.company.save()
    make_quote(make_demand(day.buyer, "Pliers with our logo"), meeting.exhibitor, seller, goods=three("Quoted pliers"))
    return meeting


def test_the_brief_is_in_both_languages_of_the_pair(day: BuyerDay, meeting: Meeting) -> None:
    interpreter = User.objects.get(roles__role="interpreter")
    html = get_page(interpreter, day.url("brief", meeting.pk), now=START)
    chinese, urdu = html.split("<article")[1:]
    assert ('lang="zh-Hans" dir="ltr"' in chinese, 'lang="ur" dir="rtl"' in urdu) == (True, True)
    exhibitor, buyer = meeting.exhibitor.company, day.buyer.company
    for language, sheet in (("zh-hans", chinese), ("ur", urdu)):
        for name in (exhibitor.name, buyer.name, three("Since 1992"), three("Pliers"), three("Quoted pliers")):
            assert name[language] in sheet
        for code in ("8203.20", "FOB", "USD"):
            assert code in sheet
    # Positions are in the language of the sheet, too.
    assert ("董事总经理" in chinese, "董事总经理" in urdu) == (True, False)


@pytest.mark.parametrize(
    ("sellers", "buyers", "sheets"),
    [
        (["zh"], ["en"], ["zh-Hans", "en"]),
        (["zh", "en"], ["ur", "en"], ["en", "zh-Hans", "ur"]),
        (["en"], ["en"], ["en"]),
        (["de"], ["fr"], ["en"]),
    ],
)
def test_the_brief_has_a_sheet_for_each_language_spoken(
    day: BuyerDay, meeting: Meeting, sellers: list[str], buyers: list[str], sheets: list[str]
) -> None:
    speaks(day.sellers[meeting.pk], *sellers)
    speaks(day.purchaser, *buyers)
    html = get_page(day.purchaser, day.url("brief", meeting.pk), now=START)
    assert sorted(re.findall(r'<article[^>]* lang="([\w-]+)"', html)) == sorted(sheets)


def test_the_brief_says_nothing_that_is_not_both_companies_own(day: BuyerDay, meeting: Meeting) -> None:
    rival = make_exhibitor(day.fair)
    make_quote(make_demand(day.buyer), rival, make_staff(rival), goods=three("Rival pliers"))
    make_quote(
        make_demand(make_buyer(day.fair)), meeting.exhibitor, day.sellers[meeting.pk], goods=three("Others pliers")
    )
    Participation.objects.filter(pk=day.buyer.pk).update(remarks="Pays late", contact_mobile="+92300")
    Preference.objects.create(fair=day.fair, participation=day.buyer, wanted=meeting.exhibitor, wish="no")
    for reader in (day.purchaser, User.objects.get(roles__role="interpreter"), make_role(day.fair, "organiser")):
        html = get_page(reader, day.url("brief", meeting.pk), now=START)
        for words in ("Rival pliers", "Others pliers", "Pays late", "+92300", "does not want"):
            assert words not in html
        assert "Quoted pliers" in html
    for stranger in (make_staff(rival), make_role(day.fair, "interpreter")):
        get_page(stranger, day.url("brief", meeting.pk), now=START, status=404)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["roster", "hours"])
def test_the_pages_are_rendered_in_every_language(day: BuyerDay, name: str, language: str) -> None:
    interpreter, organiser = make_role(day.fair, "interpreter"), make_role(day.fair, "organiser")
    day.meet(day.slots[4], interpreter)
    Product.objects.all().delete()
    reader = interpreter if name == "roster" else organiser
    html = get_page(reader, day.url(name), now=START + timedelta(minutes=1), language=language)
    assert f'dir="{"rtl" if language == "ur" else "ltr"}"' in html.split(">", 2)[1]
