"""Calendar files (iCalendar, RFC 5545), and what mail programs do with them (iTIP, RFC 5546)."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from icalendar import Calendar, vCalAddress
from icalendar import Event as Component

ASK_AGAIN = "PT15M"  # how soon a program should read a calendar again


class Address(NamedTuple):
    """Somebody's e-mail address, and the name shown for it."""

    name: str
    email: str


@dataclass(frozen=True)
class Event:
    """A meeting in somebody's calendar. One with the same `uid` and a higher `sequence` replaces it."""

    uid: str
    sequence: int
    revised_at: datetime
    starts_at: datetime
    ends_at: datetime
    title: str
    text: str
    url: str
    is_cancelled: bool = False

    @property
    def method(self) -> str:
        return "CANCEL" if self.is_cancelled else "REQUEST"


def all_day(*, uid: str, on: date, title: str, url: str, stamp: datetime) -> bytes:
    """An event for a whole day, the same date in every zone. Without DTEND it lasts that day (section 3.6.1)."""
    component = _component(uid, title, url, stamp, dtstart=on)
    return _file([component])


def invitation(event: Event, organiser: Address, guest: Address) -> bytes:
    """The event for one guest: to be entered, changed or taken out, by `event.method`."""
    component = _timed(event)
    component.add("organizer", _person(organiser))
    attendee = _person(guest)
    attendee.params |= {"PARTSTAT": "ACCEPTED", "ROLE": "REQ-PARTICIPANT", "RSVP": "FALSE"}
    component.add("attendee", attendee)
    return _file([component], method=event.method)


def published(events: Iterable[Event], *, name: str = "") -> bytes:
    """Events to read: of a calendar with this name, which a program asks for again; or one to keep."""
    named = {"x-wr-calname": _one_line(name), "x-published-ttl": ASK_AGAIN} if name else {}
    return _file(map(_timed, events), method="PUBLISH", **named)


def _timed(event: Event) -> Component:
    """Its instants are in UTC, which needs no definition of a zone."""
    times = {"dtstart": event.starts_at, "dtend": event.ends_at}
    component = _component(event.uid, event.title, event.url, event.revised_at, **times)
    component.add("sequence", event.sequence)
    component.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    component.add("description", "\n".join(map(_one_line, event.text.splitlines())))
    component.add("location", event.url)
    return component


def _component(uid: str, title: str, url: str, stamp: datetime, **times: date | datetime) -> Component:
    component = Component()
    for name, value in {"uid": uid, "dtstamp": stamp, **times, "summary": _one_line(title), "url": url}.items():
        component.add(name, value)
    return component


def _person(address: Address) -> vCalAddress:
    person = vCalAddress(f"mailto:{address.email}")
    # A parameter can have no quotation mark (section 3.2).
    person.params["CN"] = _one_line(address.name).replace('"', "'")
    return person


def _file(components: Iterable[Component], **properties: str) -> bytes:
    calendar = Calendar()
    for name, value in {
        "version": "2.0",
        "prodid": "-//fairplatform//EN",
        "calscale": "GREGORIAN",
        **properties,
    }.items():
        calendar.add(name, value)
    for component in components:
        calendar.add_component(component)
    content: bytes = calendar.to_ical()
    return content


def _one_line(text: str) -> str:
    """Each control character and Unicode line separator as a space: some programs end a line at any of them."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
