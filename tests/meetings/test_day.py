"""My day, the requests and the brief, as the people concerned see them."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from booths.models import Display, Product
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, Slot
from meetings.models import Meeting, MeetingRequest, Outcome
from meetings.models.meeting import Side
from meetings.requests.actions import make_request
from meetings.schedule.actions.planning import cancel, move, schedule_meeting
from meetings.schedule.day import countdown
from tests.factories import (
    actor,
    make_buyer,
    make_exhibitor,
    make_fair,
    make_person,
    make_role,
    make_slots,
    make_staff,
    three,
)

START = datetime(2020, 5, 14, 5, 0, tzinfo=UTC)  # Thursday, 10:00 in Pakistan, 13:00 in China
LANGUAGES = ("en", "zh-hans", "ur")


class Days:
    """A buyer with its manager, nine slots of a Thursday, and exhibitors to meet."""

    def __init__(self) -> None:
        self.fair: Fair = make_fair()
        self.slots = make_slots(self.fair, first=START, number=9)
        self.buyer = make_buyer(self.fair)
        self.purchaser = make_staff(self.buyer, password=None)
        self.sellers: dict[int, User] = {}

    def meet(self, slot: Slot, interpreter: User | None = None, **fields: Any) -> Meeting:
        exhibitor = make_exhibitor(self.fair)
        seller = make_staff(exhibitor, password=None)
        meeting = schedule_meeting(
            fair=self.fair, exhibitor=exhibitor, buyer=self.buyer, slot=slot,
            parties=[(seller, Side.EXHIBITOR), (self.purchaser, Side.BUYER)],
            interpreter=interpreter, interpreting="required" if interpreter else "not_needed", reason={"hs": ["8203"]},
        )  # fmt: skip
        self.sellers[meeting.pk] = seller
        if fields:
            Meeting.objects.filter(pk=meeting.pk).update(**fields)
        return meeting

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"meetings:{name}", args=[self.fair.slug, *args])


@pytest.fixture
def days(db: None) -> Days:
    return Days()


def page(person: User, url: str, *, now: datetime, language: str = "en", status: int = 200, **headers: str) -> str:
    client = Client(headers={"accept-language": language, **headers})
    client.force_login(person)
    with time_machine.travel(now, tick=False):
        response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def post(person: User, url: str, values: dict[str, Any], *, now: datetime) -> Any:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person)
    with time_machine.travel(now, tick=False):
        return client.post(url, values)


def states(html: str) -> list[str]:
    return re.findall(r'slot-line__slot" data-state="([a-z-]+)"', html)


def test_day_shows_what_was_what_is_what_comes_and_the_breaks(days: Days) -> None:
    held = days.meet(days.slots[0], state="held", held_at=START)
    days.meet(days.slots[1], state="missed", missed_because="exhibitor")
    days.meet(days.slots[2])
    days.meet(days.slots[4])
    Outcome.objects.create(meeting=held, fair=days.fair, state="drafted")
    html = page(days.purchaser, days.url("day"), now=days.slots[2].starts_at + timedelta(minutes=10))
    # 13:00 is the pause, its slot is free by the plan but nobody works then.
    assert states(html) == ["held", "missed", "running", "free", "to-come", "free", "break", "free", "free"]
    for words in ("Outcome drafted, not yet stated by you", "Not held: the other side did not come",
                  "Running, 15 minutes left", "Zuhr prayer and tea break"):  # fmt: skip
        assert words in html


@pytest.mark.parametrize(
    ("before", "due", "label"),
    [
        (timedelta(hours=2), "later", "Open the brief"),
        (timedelta(minutes=11), "soon", "Open the brief"),
        (timedelta(minutes=10), "now", "Enter"),
        (timedelta(minutes=-5), "now", "Enter"),
    ],
)
def test_day_offers_to_enter_from_ten_minutes_before(days: Days, before: timedelta, due: str, label: str) -> None:
    meeting = days.meet(days.slots[4])
    html = page(days.purchaser, days.url("day"), now=meeting.starts_at - before)
    card = html[html.index("<article") : html.index("</article>")]
    assert f'data-due="{due}"' in card
    room, brief = days.url("room", meeting.pk), days.url("meeting", meeting.pk)
    assert re.findall(r'button--large[^>]*href="([^"]+)">([^<]+)<', card) == [(room if due == "now" else brief, label)]


def test_day_names_the_partner_in_three_scripts_with_person_title_goods_and_interpreter(days: Days) -> None:
    interpreter = make_role(days.fair, "interpreter")
    meeting = days.meet(days.slots[0], interpreter)
    product = Product.objects.create(
        company=meeting.exhibitor.company, name=three("Pliers"), hs6="820320", moq=1, moq_unit="pcs",
        price_unit="pcs", lead_days=30,
    )  # fmt: skip
    Display.objects.create(booth=meeting.exhibitor.booth, product=product)
    html = page(days.purchaser, days.url("day"), now=START - timedelta(hours=1))
    company, seller = meeting.exhibitor.company, days.sellers[meeting.pk]
    for words in (*company.name.values(), seller.name["en"], "Managing Director", "They sell", "Pliers", "8203",
                  "You want", interpreter.name["en"], "Pakistan time", "Beijing time"):  # fmt: skip
        assert words in html
    assert "You sell" in page(seller, days.url("day"), now=START - timedelta(hours=1))


def test_day_lists_what_waits_each_with_one_press(days: Days) -> None:
    held = days.meet(days.slots[0], state="held", held_at=START)
    exhibitor = make_exhibitor(days.fair)
    asked = make_request(
        actor(make_staff(exhibitor, password=None)), receiver=days.buyer.pk, slot=days.slots[7].pk, now=START
    )
    html = page(days.purchaser, days.url("day"), now=days.slots[1].starts_at)
    tasks = html[html.rindex('<ul class="to-do"') :]
    assert re.findall(r'button--small" href="([^"]+)">([^<]+)<', tasks)[:2] == [
        (days.url("outcome", held.pk), "State the outcome"),
        (f"{days.url('requests')}#request-{asked.pk}", "Answer"),
    ]


def test_day_shares_the_day_as_plain_words_with_both_times(days: Days) -> None:
    meeting = days.meet(days.slots[0])
    html = page(days.purchaser, days.url("day"), now=START - timedelta(hours=1))
    share = re.search(r'class="share-text"[^>]*>([^<]+)<', html)
    assert share
    assert share[1].splitlines() == [
        "Thu 14 May · Pakistan time (Beijing time)",
        f"10:00 (13:00) {meeting.exhibitor.company.name['en']}",
        f"http://127.0.0.1:8000{days.url('day')}?day=1",
    ]


def test_day_of_an_interpreter_is_the_roster(days: Days) -> None:
    interpreter = make_role(days.fair, "interpreter")
    meeting = days.meet(days.slots[0], interpreter)
    days.meet(days.slots[1])
    html = page(interpreter, days.url("day"), now=START - timedelta(hours=1))
    assert states(html).count("to-come") == 1
    assert meeting.exhibitor.company.name["en"] in html
    assert meeting.buyer.company.name["en"] in html


def test_day_of_an_organiser_shows_the_figures_and_the_control_room(days: Days) -> None:
    days.meet(days.slots[0])
    html = page(make_role(days.fair, "organiser"), days.url("day"), now=START + timedelta(minutes=1))
    assert reverse("control_room:control", args=[days.fair.slug]) in html
    assert re.findall(r"<dd>(\d+)", html[html.index("day-figures") :])[:2] == ["1", "0"]
    assert states(html) == []


def test_day_of_somebody_in_no_fair_says_what_to_do(days: Days) -> None:
    html = page(make_person(password=None), days.url("day"), now=START)
    assert "You do not take part in this fair yet" in html


def test_day_of_another_date_is_reached_by_its_number(days: Days) -> None:
    days.meet(days.slots[0])
    other = days.fair.days.create(number=2, date=(START + timedelta(days=1)).date())
    Slot.objects.create(
        fair=days.fair, day=other, number=50, starts_at=START + timedelta(days=1),
        ends_at=START + timedelta(days=1, minutes=25),
    )  # fmt: skip
    before = START - timedelta(hours=1)
    assert states(page(days.purchaser, f"{days.url('day')}?day=2", now=before)) == ["free"]
    assert len(states(page(days.purchaser, f"{days.url('day')}?day=x", now=before))) == 9
    assert "Nothing is planned on this day." in page(days.purchaser, days.url("day"), now=START + timedelta(days=1))


def test_day_sends_htmx_its_changing_part_alone(days: Days) -> None:
    html = page(days.purchaser, days.url("day"), now=START, **{"hx-request": "true"})
    assert html.startswith('<fair-refresh class="grid" id="my-day"')
    assert 'hx-swap-oob="true"' in html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["day", "requests", "meeting", "request_make", "cancel", "move"])
def test_pages_are_made_in_every_language(days: Days, name: str, language: str) -> None:
    meeting = days.meet(days.slots[3])
    args = {"request_make": [make_exhibitor(days.fair).pk]}.get(name, [meeting.pk] if name[0] in "mc" else [])
    html = page(days.purchaser, days.url(name, *args), now=START, language=language)
    assert f'dir="{"rtl" if language == "ur" else "ltr"}"' in html.split(">", 2)[1]


def test_day_asks_the_database_as_often_for_nine_meetings_as_for_three(days: Days) -> None:
    counted = []
    client = Client()
    client.force_login(days.purchaser)
    with time_machine.travel(START + timedelta(minutes=5), tick=False):
        for slots in (days.slots[:3], days.slots[3:]):
            for slot in slots:
                Outcome.objects.create(meeting=days.meet(slot), fair=days.fair, state="drafted")
            client.get(days.url("day"))
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(days.url("day")).status_code == 200
            counted.append(len(queries))
    assert counted[0] == counted[1]


def test_requests_ask_the_database_as_often_for_one_as_for_five(days: Days) -> None:
    counted = []
    client = Client()
    client.force_login(days.purchaser)
    with time_machine.travel(START - timedelta(hours=2), tick=False):
        for number in (1, 4):
            for _ in range(number):
                seller = make_staff(make_exhibitor(days.fair), password=None)
                make_request(actor(seller), receiver=days.buyer.pk, slot=days.slots[8].pk, now=START)
            client.get(days.url("requests"))
            with CaptureQueriesContext(connection) as queries:
                client.get(days.url("requests"))
            counted.append(len(queries))
    assert counted[0] == counted[1]


def test_request_make_offers_free_slots_and_keeps_what_was_typed(days: Days) -> None:
    exhibitor = make_exhibitor(days.fair)
    make_staff(exhibitor, password=None)
    days.meet(days.slots[4])
    url, now = days.url("request_make", exhibitor.pk), START
    html = page(days.purchaser, url, now=now)
    offered = [int(pk) for pk in re.findall(r'type="radio" name="slot" value="(\d+)"', html)]
    assert offered == [days.slots[i].pk for i in (2, 3, 5, 7, 8)]
    assert "Zuhr prayer and tea break" in html
    refused = post(days.purchaser, url, {"slot": days.slots[4].pk, "note": "Own brand"}, now=now)
    assert refused.status_code == 409
    assert "That time has just been taken" in refused.content.decode()
    assert "Own brand" in refused.content.decode()
    radios = re.findall(r'<input type="radio" name="slot"[^>]*>', refused.content.decode())
    assert [radio for radio in radios if 'aria-invalid="true" aria-describedby="slot-error"' not in radio] == []
    assert 'id="slot-error"' in refused.content.decode()
    done = post(days.purchaser, url, {"slot": days.slots[5].pk, "note": "Own brand"}, now=now)
    assert (done.status_code, done["Location"]) == (302, days.url("requests"))
    assert MeetingRequest.objects.get().slot == days.slots[5]
    assert "already" not in page(days.purchaser, url, now=now)
    assert "waits for an answer" in page(days.purchaser, url, now=now)


def test_request_make_says_when_no_slot_is_free(days: Days) -> None:
    exhibitor = make_exhibitor(days.fair)
    html = page(days.purchaser, days.url("request_make", exhibitor.pk), now=START + timedelta(days=1))
    assert "No time is free for both of you" in html


def test_request_accept_offers_other_times_when_the_slot_was_taken(days: Days) -> None:
    exhibitor = make_exhibitor(days.fair)
    seller = make_staff(exhibitor, password=None)
    asked = make_request(actor(seller), receiver=days.buyer.pk, slot=days.slots[5].pk, now=START)
    days.meet(days.slots[5])
    url = days.url("request_accept", asked.pk)
    taken = post(days.purchaser, url, {}, now=START)
    html = taken.content.decode()
    assert taken.status_code == 409
    assert "That time has just been taken" in html
    offered = [int(pk) for pk in re.findall(r'type="radio" name="slot" value="(\d+)"', html)]
    assert offered == [days.slots[i].pk for i in (1, 2, 3, 4, 7, 8)]
    done = post(days.purchaser, url, {"slot": days.slots[7].pk}, now=START)
    meeting = Meeting.objects.get(exhibitor=exhibitor)
    assert (done.status_code, done["Location"], meeting.slot) == (302, days.url("meeting", meeting.pk), days.slots[7])


def test_requests_stand_in_three_tabs_with_their_acts(days: Days) -> None:
    seller = make_staff(make_exhibitor(days.fair), password=None)
    asked = make_request(actor(seller), receiver=days.buyer.pk, slot=days.slots[5].pk, note="<b>Locks</b>", now=START)
    html = page(days.purchaser, days.url("requests"), now=START)
    assert days.url("request_accept", asked.pk) in html
    assert "&lt;b&gt;Locks&lt;/b&gt;" in html
    assert days.url("request_withdraw", asked.pk) in page(seller, days.url("requests"), now=START)
    assert post(days.purchaser, days.url("request_decline", asked.pk), {"answer": "No"}, now=START).status_code == 302
    closed = page(seller, f"{days.url('requests')}?tab=closed", now=START)
    assert "Declined" in closed
    assert "No request waits for your answer" in page(days.purchaser, f"{days.url('requests')}?tab=received", now=START)


def test_brief_is_for_those_at_the_table_and_the_office(days: Days) -> None:
    meeting = days.meet(days.slots[5])
    url = days.url("meeting", meeting.pk)
    for person in (days.purchaser, days.sellers[meeting.pk], make_role(days.fair, "organiser")):
        assert meeting.buyer.company.name["en"] in page(person, url, now=START)
    page(make_staff(make_buyer(days.fair), password=None), url, now=START, status=404)


def test_cancel_wants_a_reason_and_frees_the_time(days: Days) -> None:
    meeting = days.meet(days.slots[5])
    url = days.url("cancel", meeting.pk)
    assert "Tell the other company why." in post(days.purchaser, url, {"because": ""}, now=START).content.decode()
    done = post(days.purchaser, url, {"because": "Container is late"}, now=START)
    assert (done.status_code, done["Location"]) == (302, days.url("day"))
    assert "Container is late" in page(days.purchaser, days.url("meeting", meeting.pk), now=START)


def test_move_shows_free_times_and_moves(days: Days) -> None:
    meeting = days.meet(days.slots[5])
    done = post(days.purchaser, days.url("move", meeting.pk), {"slot": days.slots[7].pk}, now=START)
    assert done.status_code == 302
    html = page(days.purchaser, days.url("meeting", meeting.pk), now=START)
    assert "Moved; it was planned for" in html


def test_calendar_file_keeps_its_name_and_counts_changes(days: Days) -> None:
    meeting = days.meet(days.slots[5])
    url = days.url("calendar", meeting.pk)
    first = page(days.purchaser, url, now=START)
    assert {"DTSTART:20200514T073000Z", "DTEND:20200514T075500Z", "SEQUENCE:0", "STATUS:CONFIRMED"} <= set(
        first.splitlines()
    )
    move(actor(days.purchaser), meeting=meeting.pk, slot=days.slots[7].pk, now=START)
    cancel(actor(days.purchaser), meeting=meeting.pk, now=START)
    last = page(days.purchaser, url, now=START).splitlines()
    assert {"DTSTART:20200514T083000Z", "SEQUENCE:2", "STATUS:CANCELLED"} <= set(last)
    uid = f"UID:meeting-{meeting.pk}@testserver"
    assert uid in first.splitlines()
    assert uid in last


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (-5, "00:00"),
        (0, "00:00"),
        (61, "01:01"),
        (3599, "59:59"),
        (3600, "1 h 0 min"),
        (90_000, "1 day"),
        (180_000, "2 days"),
    ],
)
def test_countdown_says_minutes_hours_and_days(left: int, said: str) -> None:
    assert countdown(timedelta(seconds=left)) == said


def test_move_offers_only_times_in_which_the_interpreter_is_free(days: Days) -> None:
    interpreter = make_role(days.fair, "interpreter")
    meeting = days.meet(days.slots[5], interpreter)
    other = Days()
    other.fair, other.buyer, other.slots = days.fair, make_buyer(days.fair), days.slots
    other.purchaser = make_staff(other.buyer, password=None)
    other.meet(days.slots[7], interpreter)
    html = page(days.purchaser, days.url("move", meeting.pk), now=START)
    offered = [int(pk) for pk in re.findall(r'type="radio" name="slot" value="(\d+)"', html)]
    assert offered == [days.slots[i].pk for i in (1, 2, 3, 4, 8)]
