"""The meetings of people in their calendars: the file on the page, that of the letters, and the private address."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import translation

from fairplatform.accounts.models import Staff, User
from fairplatform.i18n.text import Translated
from fairplatform.notices.letters import send_letter
from fairplatform.notices.models import Notice
from fairplatform.policy import Role
from meetings.models import CalendarFeed, Meeting
from meetings.requests.actions import accept, make_request
from meetings.schedule.actions.notify import notify_of_first
from meetings.schedule.actions.planning import cancel, move
from meetings.schedule.calendar import meeting_file
from tests.factories import actor, make_exhibitor, make_role, make_slots, make_staff
from tests.meetings.buyer_day import START, BuyerDay, get, post
from tests.meetings.calendar_reading import Event, read
from tests.notices.sent_letter import received

LONG = {
    "en": 'Zhang, Li; "Sons" & Co',
    "zh-hans": "永康市步步金五金工具有限公司（浙江省金华市）" * 3,
    "ur": "پاکستان ہارڈ ویئر ٹریڈرز، لاہور " * 4,
}


@pytest.fixture
def day(db: None) -> BuyerDay:
    return BuyerDay()


def fresh(meeting: Meeting) -> Meeting:
    return Meeting.objects.with_names().get(pk=meeting.pk)


def of_letter(notice: Notice) -> tuple[str, str, dict[str, str], list[Event]]:
    """The file that comes with the letter of a notice: what the letter calls it, and what it says."""
    mail.outbox.clear()
    assert send_letter.func(notice.pk) == 1
    message = received()
    [part] = [one for one in message.iter_attachments() if isinstance(one, EmailMessage)]
    own, events = read(part.get_payload(decode=True))
    return part.get_content_type(), str(part["Content-Type"].params["method"]), own, events


def test_a_move_and_a_cancellation_change_the_event_that_there_is(day: BuyerDay) -> None:
    meeting = day.meet(day.slots[5])
    url = day.url("calendar", meeting.pk)
    files = [get(day.purchaser, url, now=START)]
    for number, slot in enumerate((7, 8, 7)):
        at = START + timedelta(minutes=number)
        move(actor(day.purchaser), meeting=meeting.pk, slot=day.slots[slot].pk, now=at)
        files.append(get(day.purchaser, url, now=START))
    cancel(actor(day.purchaser), meeting=meeting.pk, now=START + timedelta(minutes=9))
    files.append(get(day.purchaser, url, now=START))
    found = []
    for file in files:
        own, [event] = read(file.content)
        said = file["Content-Type"].split("; ")[1]
        found.append((own["METHOD"], said, event["SEQUENCE"].value, event["STATUS"].value, event.times()[0]))
        assert event["UID"].value == f"meeting-{meeting.pk}@127.0.0.1"
    slots = [day.slots[number].starts_at for number in (5, 7, 8, 7, 7)]
    assert found == [("REQUEST", "method=REQUEST", str(number), "CONFIRMED", slots[number]) for number in range(4)] + [
        ("CANCEL", "method=CANCEL", "4", "CANCELLED", slots[4])
    ]


@pytest.mark.parametrize("language", ["en", "zh-hans", "ur"])
def test_long_names_and_signs_come_through_in_every_language(day: BuyerDay, language: str) -> None:
    meeting = day.meet(day.slots[5])
    meeting.exhibitor.company.name = LONG
    meeting.exhibitor.company.save()
    day.purchaser.name = Translated(LONG)
    with translation.override(language):
        own, [event] = read(meeting_file(fresh(meeting), day.purchaser).content)
    name = " ".join(LONG[language].split())
    assert event.text("SUMMARY").strip("\u2068\u2069") == name
    assert event["ATTENDEE"].parameters["CN"].split() == LONG[language].replace('"', "'").split()
    assert event["ATTENDEE"].value == f"mailto:{day.purchaser.email}"
    assert event["ORGANIZER"].value.startswith("mailto:")
    assert event.text("URL") == f"{settings.PUBLIC_URL}{meeting.get_absolute_url()}"
    assert own["METHOD"] == "REQUEST"
    words = {"en": ("Pakistan time", "Beijing time"), "zh-hans": ("巴基斯坦时间", "北京时间"), "ur": ("پاکستان", "چین")}
    for word in words[language]:
        assert word in event.text("DESCRIPTION")


@pytest.mark.parametrize(
    ("zone", "first"),
    [
        ("Asia/Karachi", datetime(2020, 5, 14, 18, 50, tzinfo=UTC)),  # 23:50: over midnight
        ("Asia/Dubai", datetime(2020, 5, 14, 5, 0, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2020, 10, 25, 0, 30, tzinfo=UTC)),  # 2:30, which the clock shows twice
        ("Europe/Berlin", datetime(2020, 3, 29, 0, 50, tzinfo=UTC)),  # 1:50, before an hour that does not exist
    ],
)
def test_instants_are_those_of_the_slot_wherever_the_reader_is(day: BuyerDay, zone: str, first: datetime) -> None:
    [slot] = make_slots(day.fair, first=first, number=1)
    meeting = day.meet(slot)
    day.purchaser.zone = zone
    _own, [event] = read(meeting_file(fresh(meeting), day.purchaser).content)
    assert event.times() == (slot.starts_at, slot.ends_at)


def test_without_an_address_nobody_is_invited(day: BuyerDay) -> None:
    meeting = day.meet(day.slots[5])
    day.purchaser.email = None
    own, [event] = read(meeting_file(fresh(meeting), day.purchaser).content)
    assert (own["METHOD"], "ATTENDEE" in event) == ("PUBLISH", False)


def test_letters_about_new_moved_and_cancelled_meetings_bring_the_file(day: BuyerDay) -> None:
    exhibitor = make_exhibitor(day.fair)
    seller = make_staff(exhibitor, password=None, language="zh-hans")
    asked = make_request(actor(seller), receiver=day.buyer.pk, slot=day.slots[7].pk, now=START)
    meeting = accept(actor(day.purchaser), request=asked.pk, now=START)
    notice = Notice.objects.get(recipient=seller, code="request_accepted")
    kind, method, own, [event] = of_letter(notice)
    assert (kind, method, own["METHOD"]) == ("text/calendar", "REQUEST", "REQUEST")
    assert event.times() == (day.slots[7].starts_at, day.slots[7].ends_at)
    assert event.text("SUMMARY") == day.buyer.company.name["zh-hans"]
    assert event["ATTENDEE"].value == f"mailto:{seller.email}"
    move(actor(day.purchaser), meeting=meeting.pk, slot=day.slots[8].pk, now=START)
    _kind, method, _own, [event] = of_letter(Notice.objects.get(recipient=seller, code="meeting_moved"))
    assert (method, event["SEQUENCE"].value, event.times()[0]) == ("REQUEST", "1", day.slots[8].starts_at)
    cancel(actor(day.purchaser), meeting=meeting.pk, now=START)
    _kind, method, own, [event] = of_letter(Notice.objects.get(recipient=seller, code="meeting_cancelled"))
    assert (method, own["METHOD"], event["SEQUENCE"].value, event["STATUS"].value) == (
        "CANCEL", "CANCEL", "2", "CANCELLED"
    )  # fmt: skip


def test_the_letter_of_a_published_schedule_brings_all_of_ones_meetings(day: BuyerDay) -> None:
    own_meetings = [day.meet(day.slots[number]) for number in (1, 4)]
    notify_of_first(day.fair, [fresh(meeting) for meeting in own_meetings], now=START)
    _kind, method, _own, events = of_letter(Notice.objects.get(recipient=day.purchaser))
    assert (method, [event.times()[0] for event in events]) == ("PUBLISH", [day.slots[n].starts_at for n in (1, 4)])
    seller = day.sellers[own_meetings[1].pk]
    _kind, _method, _own, events = of_letter(Notice.objects.get(recipient=seller))
    assert [event["UID"].value for event in events] == [f"meeting-{own_meetings[1].pk}@127.0.0.1"]


def test_other_letters_bring_no_file(day: BuyerDay) -> None:
    seller = make_staff(make_exhibitor(day.fair), password=None)
    make_request(actor(seller), receiver=day.buyer.pk, slot=day.slots[7].pk, now=START)
    assert send_letter.func(Notice.objects.get(recipient=day.purchaser).pk) == 1
    assert list(received().iter_attachments()) == []


def address_of(day: BuyerDay, person: User) -> str:
    """Made on the page, and read there."""
    url = day.url("calendar_feed")
    assert post(person, url, {"act": "make"}, now=START).status_code == 302
    address = str(get(person, url, now=START).context["address"])
    assert address.startswith(settings.PUBLIC_URL)
    return address.removeprefix(settings.PUBLIC_URL)


def fetch(path: str, **headers: str) -> Any:
    return Client().get(path, headers=headers)


def test_the_private_address_has_all_meetings_and_says_which_were_cancelled(day: BuyerDay) -> None:
    kept, moved, cancelled = (day.meet(day.slots[number]) for number in (1, 4, 5))
    other = BuyerDay()
    other.meet(other.slots[1])
    path = address_of(day, day.purchaser)
    move(actor(day.purchaser), meeting=moved.pk, slot=day.slots[7].pk, now=START)
    cancel(actor(day.purchaser), meeting=cancelled.pk, now=START)
    answer = fetch(path)
    own, events = read(answer.content)
    assert (answer.status_code, own["METHOD"], own["X-PUBLISHED-TTL"]) == (200, "PUBLISH", "PT15M")
    assert [(event["UID"].value, event["STATUS"].value, event["SEQUENCE"].value) for event in events] == [
        (f"meeting-{kept.pk}@127.0.0.1", "CONFIRMED", "0"),
        (f"meeting-{cancelled.pk}@127.0.0.1", "CANCELLED", "1"),
        (f"meeting-{moved.pk}@127.0.0.1", "CONFIRMED", "1"),
    ]


def test_the_private_address_is_read_again_only_when_something_is_new(day: BuyerDay) -> None:
    meeting = day.meet(day.slots[4])
    path = address_of(day, day.purchaser)
    first = fetch(path)
    assert first["Cache-Control"] == "private, no-cache"
    assert (fetch(path, **{"if-none-match": first["ETag"]}).status_code, first.status_code) == (304, 200)
    move(actor(day.purchaser), meeting=meeting.pk, slot=day.slots[7].pk, now=START)
    assert fetch(path, **{"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("ending", ["ended", "replaced", "new password", "deactivated"])
def test_the_private_address_ends_at_once(day: BuyerDay, ending: str) -> None:
    path = address_of(day, day.purchaser)
    assert fetch(path).status_code == 200
    match ending:
        case "ended":
            post(day.purchaser, day.url("calendar_feed"), {"act": "end"}, now=START)
        case "replaced":
            assert address_of(day, day.purchaser) != path
        case "new password":
            day.purchaser.set_password("another long one 43")
            day.purchaser.save()
        case "deactivated":
            User.objects.filter(pk=day.purchaser.pk).update(is_active=False)
    assert fetch(path).status_code == 404


def test_the_private_address_shows_nothing_of_a_company_that_one_has_left(day: BuyerDay) -> None:
    day.meet(day.slots[4])
    path = address_of(day, day.purchaser)
    Staff.objects.filter(user=day.purchaser).delete()
    assert read(fetch(path).content)[1] == []


def test_the_table_of_addresses_gives_none_away(day: BuyerDay) -> None:
    path = address_of(day, make_role(day.fair, Role.INTERPRETER))
    [row] = CalendarFeed.objects.values()
    secret = path.rsplit("/", 1)[1].removesuffix(".ics")
    assert len(bytes.fromhex(secret)) == 32
    assert secret not in {str(value) for value in row.values()}
