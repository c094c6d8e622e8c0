"""Which people were connected to a meeting, from when to when, in seconds from the start of its slot."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from .events import DemoAttendance, DemoMeeting
from .random_source import random_for

END = 1500  # the meeting's 25 minutes
SIDES = ("exhibitor", "buyer", "interpreter")


def attendances(meetings: tuple[DemoMeeting, ...], seed: int) -> tuple[DemoAttendance, ...]:
    """The attendances of held, failed and running meetings; the personas' own running one ("walk") is still empty."""
    return tuple(
        row
        for meeting in meetings
        if meeting.state != "planned" and meeting.scene != "walk"
        for row in _rows(meeting, random_for(seed, f"attending:{meeting.key}"))
    )


def simulated_attendances(meeting: DemoMeeting, seed: int) -> tuple[DemoAttendance, ...]:
    """What the people of a running or planned meeting do when it is simulated: all of them leave before its end."""
    random = random_for(seed, f"attending:{meeting.key}")
    rows = _running(meeting, random) if meeting.state == "running" else _held(meeting, random)
    return tuple(row if row.left is not None else replace(row, left=END - random.randint(10, 25)) for row in rows)


def _rows(meeting: DemoMeeting, random: Random) -> Iterator[DemoAttendance]:
    if meeting.state == "running":
        return _running(meeting, random)
    if meeting.state == "held":
        return _held(meeting, random)
    return _not_held(meeting, random)


def _participants(meeting: DemoMeeting, *missing: str) -> Iterator[tuple[str, str]]:
    """Person key and side of the participants, without those of the missing sides."""
    if meeting.interpreter and "interpreter" not in missing:
        yield meeting.interpreter, "interpreter"
    _manager, lead_of_buyer, *_colleagues = meeting.people
    for person in meeting.people:
        side = "buyer" if person == lead_of_buyer else "exhibitor"
        if side not in missing:
            yield person, side


def _held(meeting: DemoMeeting, random: Random) -> Iterator[DemoAttendance]:
    participants = list(_participants(meeting))
    entered = {person: random.randint(-240, 60) for person, _ in participants}
    connected = max(0, *entered.values()) + random.randint(1, 4)
    left = random.randint(END - 240, END - 20)
    for person, side in participants:
        yield DemoAttendance(
            meeting.key, person, side, entered[person], connected, left + random.randint(0, 15), "video"
        )


def _not_held(meeting: DemoMeeting, random: Random) -> Iterator[DemoAttendance]:
    """Those who came waited ten to fifteen minutes; there was never a connection."""
    missing = {
        "buyer_absent": ("buyer",),
        "exhibitor_absent": ("exhibitor",),
        "both_absent": SIDES,
        "line_failed": (),
    }
    for person, side in _participants(meeting, *missing[meeting.reason or ""]):
        yield DemoAttendance(
            meeting.key, person, side, random.randint(-200, 40), None, random.randint(600, 900), "video"
        )


def _running(meeting: DemoMeeting, random: Random) -> Iterator[DemoAttendance]:
    """The state four minutes after the start: in one scene the buyer is alone, in another the interpreter left."""
    alone = meeting.scene == "buyer_alone"
    media = "sound" if meeting.scene == "sound_only" else "video"
    participants = list(_participants(meeting, *(("exhibitor", "interpreter") if alone else ())))
    connected = random.randint(20, 60)
    for person, side in participants:
        gone = meeting.scene == "interpreter_missing" and side == "interpreter"
        yield DemoAttendance(
            meeting=meeting.key,
            person=person,
            side=side,
            entered=0 if alone else connected - random.randint(2, 120),
            connected=None if alone else connected,
            left=180 if gone else None,
            media=media,
        )
