"""The three hundred meetings, who is named for them, what they have booked, and who sat in them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from chat.models import Conversation, Member
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Participation, Slot
from meetings.models import Attendance, Booking, Meeting, Participant
from meetings.models.booking import desk, person

from ..anchor import INTO_THE_SLOT
from ..encounters import DemoAttendance, DemoMeeting
from . import words
from .firms import wants
from .rows import Load

REMINDED_BEFORE = timedelta(minutes=10)
NO_TIME = timedelta(0)
HELD_BY = timedelta(minutes=3)  # both sides of every held meeting have been connected for a minute by then
# How the connections of people who are only simulated begin; no browser chooses such a one.
SIMULATED = "demo-"
GOOD = {"rtt_ms": 118, "loss_percent": 0.4, "kbit_in": 940, "kbit_out": 870, "fps_in": 24}
WEAK = {"rtt_ms": 640, "loss_percent": 9.5, "kbit_in": 46, "kbit_out": 38}


def load_meetings(load: Load, planned: Iterable[DemoMeeting]) -> None:
    """Meetings with their conversations, people and bookings, as they stand at the opening."""
    planned = list(planned)
    conversations = [Conversation(fair=load.fair, created_at=load.now) for _ in planned]
    Conversation.objects.bulk_create(conversations)
    reasons = _Reasons(load)
    made = {}
    for one, conversation in zip(planned, conversations, strict=True):
        made[one.key] = Meeting(
            fair=load.fair,
            exhibitor_id=load.rows.of(Participation)[one.exhibitor],
            buyer_id=load.rows.of(Participation)[one.buyer],
            conversation=conversation,
            interpreting=Meeting.Interpreting.REQUIRED if one.pair else Meeting.Interpreting.NOT_NEEDED,
            reason=reasons.of(one),
            **opening(load, one),
        )
    load.rows.add(Meeting, made)
    _people(load, made, {one.key: one for one in planned})
    load_attendances(load, planned)


def opening(load: Load, one: DemoMeeting) -> dict[str, object]:
    """What a renewal puts back: slot, state and the times that follow from them."""
    slots = {slot.key: slot for slot in load.plan.slots}
    begins = load.anchor.start(slots[one.slot])
    missed = one.state == "not_held"
    return {
        "slot_id": load.rows.of(Slot)[one.slot],
        "moved_from_id": load.rows.of(Slot).get(one.moved_from or ""),
        "state": {"held": Meeting.State.HELD, "not_held": Meeting.State.MISSED}.get(one.state, Meeting.State.CONFIRMED),
        "missed_because": words.MISSED[one.reason or ""] if missed else "",
        "held_at": begins + HELD_BY if one.state == "held" else None,
        "reminded_at": begins - REMINDED_BEFORE if one.state != "planned" else None,
    }


def load_attendances(load: Load, standing: Iterable[DemoMeeting]) -> None:
    """Who sat in these meetings; of running ones, who sits there now. Planned ones have seen nobody."""
    wanted = {one.key for one in standing if one.state != "planned"}
    meetings = {one.key: one for one in load.plan.meetings}
    Attendance.objects.bulk_create(
        attendance(load, meetings[row.meeting], row) for row in load.plan.attendances if row.meeting in wanted
    )


def attendance(load: Load, meeting: DemoMeeting, row: DemoAttendance) -> Attendance:
    begins = load.anchor.start(next(slot for slot in load.plan.slots if slot.key == meeting.slot))
    late = _late(load, meeting)
    left = begins + timedelta(seconds=row.left) + late if row.left is not None else None
    named = dict(zip(seats(meeting), _parts(meeting), strict=True))
    return Attendance(
        meeting_id=load.rows.of(Meeting)[meeting.key],
        user_id=load.rows.of(User)[row.person],
        side=named[row.person][1],
        role=named[row.person][0],
        connection_id=connection(meeting, row.person),
        entered_at=begins + timedelta(seconds=row.entered) + (late if meeting.scene == "buyer_alone" else NO_TIME),
        connected_at=begins + timedelta(seconds=row.connected) if row.connected is not None else None,
        seen_at=left or load.now,
        left_at=left,
        quality=WEAK if row.media == "sound" and row.side == "buyer" else GOOD,
    )


def _late(load: Load, meeting: DemoMeeting) -> timedelta:
    """By how much a running scene lies later than planned: since when somebody is missing counts from the opening."""
    if meeting.state != "running":
        return NO_TIME
    begins = load.anchor.start(next(slot for slot in load.plan.slots if slot.key == meeting.slot))
    return load.now - begins - INTO_THE_SLOT


def seats(meeting: DemoMeeting) -> tuple[str, ...]:
    """The keys of everybody named for a meeting, the interpreter last."""
    return (*meeting.people, meeting.interpreter) if meeting.interpreter else meeting.people


def connection(meeting: DemoMeeting, person_key: str) -> str:
    """The connection of somebody who is only simulated."""
    return f"{SIMULATED}{meeting.key}-{seats(meeting).index(person_key)}"


def _parts(meeting: DemoMeeting) -> list[tuple[str, str]]:
    """Role and side of each seat: the two leads are the parties."""
    parts = [(Participant.Part.PARTY, "exhibitor"), (Participant.Part.PARTY, "buyer")]
    parts += [(Participant.Part.COLLEAGUE, "exhibitor")] * (len(meeting.people) - 2)
    parts += [(Participant.Part.INTERPRETER, "")] if meeting.interpreter else []
    return [(role.value, side) for role, side in parts]


def _people(load: Load, made: dict[str, Meeting], planned: dict[str, DemoMeeting]) -> None:
    """Named, let into the conversation, and booked."""
    participants, members, bookings = [], [], []
    for key, meeting in made.items():
        names = [desk(meeting.exhibitor_id), desk(meeting.buyer_id)]
        for seat, (role, side) in zip(seats(planned[key]), _parts(planned[key]), strict=True):
            user = load.rows.of(User)[seat]
            participants.append(Participant(meeting=meeting, user_id=user, role=role, side=side))
            members.append(_member(meeting, user, role, side))
            names.append(person(user))
        bookings += [Booking(fair=load.fair, resource=name, slot_id=meeting.slot_id, meeting=meeting) for name in names]
    Participant.objects.bulk_create(participants)
    Member.objects.bulk_create(members)
    Booking.objects.bulk_create(bookings)


def _member(meeting: Meeting, user: int, role: str, side: str) -> Member:
    companies = {"exhibitor": meeting.exhibitor_id, "buyer": meeting.buyer_id}
    return Member(
        conversation_id=meeting.conversation_id,
        user_id=user,
        participation_id=companies.get(side),
        role="" if side else role,
    )


class _Reasons:
    """Why two firms meet: the HS headings one looks for and the other shows."""

    def __init__(self, load: Load) -> None:
        self._wanted = {firm.key: set(wants(firm)) for firm in load.plan.companies}
        self._shown: dict[str, set[str]] = defaultdict(set)
        for product in load.plan.products:
            self._shown[product.company].add(product.hs6[:4])

    def of(self, meeting: DemoMeeting) -> dict[str, object]:
        return {"hs": sorted(self._wanted[meeting.buyer] & self._shown[meeting.exhibitor]), "request": False}
