"""A calendar file (RFC 5545) with one entry."""

import unicodedata
from datetime import UTC, date, datetime

LONGEST_LINE = 75  # octets, section 3.1


def all_day(*, uid: str, on: date, title: str, url: str, stamp: datetime) -> str:
    """An entry for a whole day, which is the same day in every zone; without an end it lasts that day."""
    when = f"DTSTART;VALUE=DATE:{on.isoformat().replace('-', '')}"
    return _file(uid, [when, f"SUMMARY:{_escaped(title)}", f"URL:{url}"], stamp)


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
) -> str:
    """An entry with its hours. With the same `uid` and a higher `sequence` it replaces the one stored before."""
    when = [f"DTSTART:{_utc(starts_at)}", f"DTEND:{_utc(ends_at)}"]
    kept = [f"SEQUENCE:{sequence}", f"STATUS:{state}", f"SUMMARY:{_escaped(title)}", f"URL:{url}"]
    return _file(uid, [*when, *kept], stamp)


def _file(uid: str, entry: list[str], stamp: datetime) -> str:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//fairplatform//EN",
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{_utc(stamp)}",
        *entry,
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    """A text as a value of one line. Besides the line feed other marks end a line for some programs: none stays."""
    text = text.replace("\r\n", "\n")
    text = "".join(c if c == "\n" or unicodedata.category(c) not in ("Cc", "Zl", "Zp") else " " for c in text)
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A long line goes on in the next one, behind a space; never inside a character."""
    pieces, piece = [], ""
    for character in line:
        if len((piece + character).encode()) > LONGEST_LINE - 1:
            pieces.append(piece)
            piece = ""
        piece += character
    return "\r\n ".join([*pieces, piece])
