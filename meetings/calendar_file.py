"""Calendar files (iCalendar, RFC 5545) with one event."""

import unicodedata
from datetime import date, datetime

from icalendar import Calendar, Event


def all_day(*, uid: str, on: date, title: str, url: str, stamp: datetime) -> bytes:
    """An event for a whole day, the same date in every zone. Without DTEND it lasts that day (section 3.6.1)."""
    return _file(_event(uid, title, url, stamp, dtstart=on))


def timed(
    *,
    uid: str,
    starts_at: datetime,
    ends_at: datetime,
    title: str,
    url: str,
    stamp: datetime,
    sequence: int,
    state: str,
) -> bytes:
    """An event with its hours, in UTC. With the same `uid` and a higher `sequence` it replaces the one imported before.

    `state`: CONFIRMED or CANCELLED.
    """
    event = _event(uid, title, url, stamp, dtstart=starts_at, dtend=ends_at)
    event.add("sequence", sequence)
    event.add("status", state)
    return _file(event)


def _event(uid: str, title: str, url: str, stamp: datetime, **times: date | datetime) -> Event:
    event = Event()
    for name, value in {"uid": uid, "dtstamp": stamp, **times, "summary": _one_line(title), "url": url}.items():
        event.add(name, value)
    return event


def _file(event: Event) -> bytes:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//fairplatform//EN")
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _one_line(text: str) -> str:
    """Each control character and Unicode line separator as a space: some programs end a line at any of them."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
