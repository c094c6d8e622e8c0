"""Reads calendar files as RFC 5545 says, with no library: what is not as it says is an error."""

import re
from datetime import UTC, datetime
from typing import NamedTuple

LINE = re.compile(r'([A-Z-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^";:,]*))*):(.*)', re.DOTALL)
ESCAPED = {"\\n": "\n", "\\N": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}


class Property(NamedTuple):
    name: str
    parameters: dict[str, str]
    value: str


def properties(content: bytes) -> list[Property]:
    """Every line unfolded (section 3.1): each ends with CRLF and has at most 75 octets."""
    assert content.endswith(b"\r\n")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()  # no character is cut in two
    unfolded = content.removesuffix(b"\r\n").replace(b"\r\n ", b"").decode().split("\r\n")
    return [_property(line) for line in unfolded]


def _property(line: str) -> Property:
    assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line)
    found = LINE.fullmatch(line)
    assert found, line
    parameters = re.findall(r';([A-Z-]+)=(?:"([^"]*)"|([^";:,]*))', found[2])
    return Property(found[1], {name: quoted or plain for name, quoted, plain in parameters}, found[3])


def text(value: str) -> str:
    """A value of the type TEXT (section 3.3.11)."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", value)
    return re.sub(r"\\[nN,;\\]", lambda found: ESCAPED[found[0]], value)


def instant(value: Property) -> datetime:
    """In UTC, the form that needs no VTIMEZONE (section 3.3.5, form 2)."""
    assert value.parameters == {}
    return datetime.strptime(value.value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


class Event(dict[str, Property]):
    """The properties of a VEVENT by name, each of them once."""

    def text(self, name: str) -> str:
        return text(self[name].value)

    def times(self) -> tuple[datetime, datetime]:
        return instant(self["DTSTART"]), instant(self["DTEND"])


def read(content: bytes) -> tuple[dict[str, str], list[Event]]:
    """What the calendar says of itself, and its events."""
    first, *rest, last = properties(content)
    assert (first[0], first[2], last[0], last[2]) == ("BEGIN", "VCALENDAR", "END", "VCALENDAR")
    own: dict[str, str] = {}
    events: list[Event] = []
    inside: Event | None = None
    for one in rest:
        if one.name in ("BEGIN", "END"):
            assert (one.value, inside is None) == ("VEVENT", one.name == "BEGIN")
            inside = Event() if one.name == "BEGIN" else None
            if inside is not None:
                events.append(inside)
        elif inside is None:
            assert one.name not in own
            own[one.name] = one.value
        else:
            assert one.name not in inside
            inside[one.name] = one
    for event in events:
        instant(event["DTSTAMP"])
        assert event["UID"].value
    assert own["VERSION"] == "2.0"
    assert own["PRODID"]
    return own, events
