"""The meetings with their conversations, participants, bookings and attendances."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from chat.models import Conversation, Member
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Participation, Slot
from meetings.models import Attendance, Booking, Meeting, Participant
from meetings.models.booking import desk, person
from meetings.models.meeting import MatchReason

from ..anchor import INTO_RUNNING_SLOT
from ..plan.events import DemoAttendance, DemoMeeting
from . import vocabulary
from .rows import LoaderRun

REMINDED_BEFORE = timedelta(minutes=10)
NO_TIME = timedelta(0)
HELD_AFTER = timedelta(minutes=3)  # in every held meeting both sides have been connected for a minute by then
# Prefix of the connection ids of simulated people; no browser creates such an id.
SIMULATED_PREFIX = "demo-"
GOOD_QUALITY = {"rtt_ms": 118, "loss_percent": 0.4, "kbit_in": 940, "kbit_out": 870, "fps_in": 24}
WEAK_QUALITY = {"rtt_ms": 640, "loss_percent": 9.5, "kbit_in": 46, "kbit_out": 38}


def load_meetings(run: LoaderRun, planned_meetings: Iterable[DemoMeeting]) -> None:
    """Meetings as they are at the opening, with all that belongs to them."""
    planned_meetings = list(planned_meetings)
    conversations = [Conversation(fair=run.fair, created_at=run.now) for _ in planned_meetings]
    Conversation.objects.bulk_create(conversations)
    reasons = _Reasons(run)
    made = {}
    for planned, conversation in zip(planned_meetings, conversations, strict=True):
        made[planned.key] = Meeting(
            fair=run.fair,
            exhibitor_id=run.rows.ids(Participation)[planned.exhibitor],
            buyer_id=run.rows.ids(Participation)[planned.buyer],
            conversation=conversation,
            interpreting=Meeting.Interpreting.REQUIRED if planned.language_pair else Meeting.Interpreting.NOT_NEEDED,
            reason=reasons.of(planned),
            **opening_fields(run, planned),
        )
    run.rows.add(Meeting, made)
    _people(run, made, {planned.key: planned for planned in planned_meetings})
    load_attendances(run, planned_meetings)


def opening_fields(run: LoaderRun, planned: DemoMeeting) -> dict[str, object]:
    """The fields of a meeting that a renewal sets again: slot, state, and the times that follow from them."""
    slots = {slot.key: slot for slot in run.plan.slots}
    begins = run.anchor.start(slots[planned.slot])
    missed = planned.state == "not_held"
    return {
        "slot_id": run.rows.ids(Slot)[planned.slot],
        "moved_from_id": run.rows.ids(Slot).get(planned.moved_from or ""),
        "state": {"held": Meeting.State.HELD, "not_held": Meeting.State.MISSED}.get(
            planned.state, Meeting.State.CONFIRMED
        ),
        "missed_because": vocabulary.MISSED[planned.reason or ""] if missed else "",
        "held_at": begins + HELD_AFTER if planned.state == "held" else None,
        "reminded_at": begins - REMINDED_BEFORE if planned.state != "planned" else None,
    }


def load_attendances(run: LoaderRun, as_placed: Iterable[DemoMeeting]) -> None:
    """The attendances of these meetings; in running ones people are still there, planned ones have none."""
    wanted = {planned.key for planned in as_placed if planned.state != "planned"}
    meetings = {planned.key: planned for planned in run.plan.meetings}
    Attendance.objects.bulk_create(
        attendance(run, meetings[row.meeting], row) for row in run.plan.attendances if row.meeting in wanted
    )


def attendance(run: LoaderRun, meeting: DemoMeeting, row: DemoAttendance) -> Attendance:
    begins = run.anchor.start(next(slot for slot in run.plan.slots if slot.key == meeting.slot))
    late = _late(run, meeting)
    left = begins + timedelta(seconds=row.left) + late if row.left is not None else None
    named = dict(zip(participant_keys(meeting), _parts(meeting), strict=True))
    return Attendance(
        meeting_id=run.rows.ids(Meeting)[meeting.key],
        user_id=run.rows.ids(User)[row.person],
        side=named[row.person][1],
        role=named[row.person][0],
        connection_id=simulated_connection_id(meeting, row.person),
        entered_at=begins + timedelta(seconds=row.entered) + (late if meeting.scene == "buyer_alone" else NO_TIME),
        connected_at=begins + timedelta(seconds=row.connected) if row.connected is not None else None,
        seen_at=left or run.now,
        left_at=left,
        quality=WEAK_QUALITY if row.media == "sound" and row.side == "buyer" else GOOD_QUALITY,
    )


def _late(run: LoaderRun, meeting: DemoMeeting) -> timedelta:
    """How much later than planned a running scene is: how long somebody has been missing counts from `run.now`."""
    if meeting.state != "running":
        return NO_TIME
    begins = run.anchor.start(next(slot for slot in run.plan.slots if slot.key == meeting.slot))
    return run.now - begins - INTO_RUNNING_SLOT


def participant_keys(meeting: DemoMeeting) -> tuple[str, ...]:
    """The keys of the people of a meeting, the interpreter last."""
    return (*meeting.people, meeting.interpreter) if meeting.interpreter else meeting.people


def simulated_connection_id(meeting: DemoMeeting, person_key: str) -> str:
    """The connection id of somebody who is simulated."""
    return f"{SIMULATED_PREFIX}{meeting.key}-{participant_keys(meeting).index(person_key)}"


def _parts(meeting: DemoMeeting) -> list[tuple[str, str]]:
    """Role and side of each participant key: the two leads are the parties."""
    parts = [(Participant.Part.PARTY, "exhibitor"), (Participant.Part.PARTY, "buyer")]
    parts += [(Participant.Part.COLLEAGUE, "exhibitor")] * (len(meeting.people) - 2)
    parts += [(Participant.Part.INTERPRETER, "")] if meeting.interpreter else []
    return [(role.value, side) for role, side in parts]


def _people(run: LoaderRun, made: dict[str, Meeting], planned_meetings: dict[str, DemoMeeting]) -> None:
    """Participants, members of the conversation, and bookings of people and companies."""
    participants, members, bookings = [], [], []
    for key, meeting in made.items():
        names = [desk(meeting.exhibitor_id), desk(meeting.buyer_id)]
        for seat, (role, side) in zip(
            participant_keys(planned_meetings[key]), _parts(planned_meetings[key]), strict=True
        ):
            user = run.rows.ids(User)[seat]
            participants.append(Participant(meeting=meeting, user_id=user, role=role, side=side))
            members.append(_member(meeting, user, role, side))
            names.append(person(user))
        bookings += [Booking(fair=run.fair, resource=name, slot_id=meeting.slot_id, meeting=meeting) for name in names]
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
    """Why two companies meet: the HS headings the buyer looks for and the exhibitor shows."""

    def __init__(self, run: LoaderRun) -> None:
        self._wanted = {firm.key: set(firm.wants_hs) for firm in run.plan.companies}
        self._shown: dict[str, set[str]] = defaultdict(set)
        for product in run.plan.products:
            self._shown[product.company].add(product.hs6[:4])

    def of(self, meeting: DemoMeeting) -> MatchReason:
        return {"hs": sorted(self._wanted[meeting.buyer] & self._shown[meeting.exhibitor]), "request": False}
