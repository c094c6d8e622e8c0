"""Who sat at which table and from when to when, in seconds from the slot's start."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from .chance import chance
from .encounters import DemoAttendance, DemoMeeting

END = 1500  # the meeting's 25 minutes
SIDES = ("exhibitor", "buyer", "interpreter")


def attendances(meetings: tuple[DemoMeeting, ...], seed: int) -> tuple[DemoAttendance, ...]:
    """The attendance of the held, the failed and the running meetings; nobody sits in the walk yet."""
    return tuple(
        row
        for meeting in meetings
        if meeting.state != "planned" and meeting.scene != "walk"
        for row in _rows(meeting, chance(seed, f"attending:{meeting.key}"))
    )


def script(meeting: DemoMeeting, seed: int) -> tuple[DemoAttendance, ...]:
    """What its people do at a running meeting, and at one to come; everybody who came leaves before the end."""
    random = chance(seed, f"attending:{meeting.key}")
    rows = _running(meeting, random) if meeting.state == "running" else _held(meeting, random)
    return tuple(row if row.left is not None else replace(row, left=END - random.randint(10, 25)) for row in rows)


def _rows(meeting: DemoMeeting, random: Random) -> Iterator[DemoAttendance]:
    if meeting.state == "running":
        return _running(meeting, random)
    if meeting.state == "held":
        return _held(meeting, random)
    return _not_held(meeting, random)


def _seats(meeting: DemoMeeting, *missing: str) -> Iterator[tuple[str, str]]:
    """Person and side, but those of the missing sides."""
    if meeting.interpreter and "interpreter" not in missing:
        yield meeting.interpreter, "interpreter"
    for person in meeting.people:
        side = "buyer" if person.startswith(f"{meeting.buyer}.") else "exhibitor"
        if side not in missing:
            yield person, side


def _held(meeting: DemoMeeting, random: Random) -> Iterator[DemoAttendance]:
    seats = list(_seats(meeting))
    entered = {person: random.randint(-240, 60) for person, _ in seats}
    stood = max(0, *entered.values()) + random.randint(1, 4)
    left = random.randint(END - 240, END - 20)
    for person, side in seats:
        yield DemoAttendance(meeting.key, person, side, entered[person], stood, left + random.randint(0, 15), "video")


def _not_held(meeting: DemoMeeting, random: Random) -> Iterator[DemoAttendance]:
    """Those who came waited ten to fifteen minutes; the line never stood."""
    missing = {
        "buyer_absent": ("buyer",),
        "exhibitor_absent": ("exhibitor",),
        "both_absent": SIDES,
        "line_failed": (),
    }
    for person, side in _seats(meeting, *missing[meeting.reason or ""]):
        yield DemoAttendance(
            meeting.key, person, side, random.randint(-200, 40), None, random.randint(600, 900), "video"
        )


def _running(meeting: DemoMeeting, random: Random) -> Iterator[DemoAttendance]:
    """As seen four minutes in: the buyer alone since the start, the interpreter gone since a minute."""
    alone = meeting.scene == "buyer_alone"
    media = "sound" if meeting.scene == "sound_only" else "video"
    seats = list(_seats(meeting, *(("exhibitor", "interpreter") if alone else ())))
    stood = random.randint(20, 60)
    for person, side in seats:
        gone = meeting.scene == "interpreter_missing" and side == "interpreter"
        yield DemoAttendance(
            meeting=meeting.key,
            person=person,
            side=side,
            entered=0 if alone else stood - random.randint(2, 120),
            connected=None if alone else stood,
            left=180 if gone else None,
            media=media,
        )
