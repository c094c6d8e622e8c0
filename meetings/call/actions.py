"""Entering and leaving a meeting's room, and what a connection reports of its peer connections."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from django.db import transaction

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.rate_limits import limit_for
from fairplatform.errors import Refused
from fairplatform.policy import Role, check, load
from fairplatform.realtime.publish import publish
from meetings.figures.publishing import publish_tile
from meetings.models import Attendance, Meeting
from meetings.models.meeting import Side

from .protocol import ConnectionEntered, ConnectionLeft, ConnectionReplaced, Quality
from .snapshot import describe

SEATS = 4
# More than reloads and an unstable network need. Each entry costs a row and two events to everybody in the room.
ENTRIES, ENTRIES_WITHIN = 10, timedelta(minutes=1)


def enter(actor: Actor, *, meeting: int, connection_id: str, now: datetime, resumes: str | None = None) -> Attendance:
    """Admits a connection to the meeting's room, in place of the person's earlier one.

    `resumes`: an earlier connection of the same person whose media time this one continues. An organiser's entry is
    audited in the same transaction and announced by its event, before any of their signalling can follow.
    Raises Refused: too_early, meeting_over, room_full, too_fast, and what loading raises.
    """
    with transaction.atomic():
        loaded: Meeting = load(Meeting, actor, "meeting.enter", lock=True, pk=meeting)
        _check_window(loaded, now)
        _check_pace(loaded, actor, now)
        role, side = _role_and_side(loaded, actor)
        _check_seats(loaded, actor, side)
        resumed = _end_earlier(loaded, actor, now, resumes)
        connected_at = now if resumed and resumed.connected_at else None
        times = {"entered_at": now, "connected_at": connected_at, "seen_at": now}
        row = loaded.attendances.create(user=actor.person, side=side, role=role, connection_id=connection_id, **times)
        if role == Role.ORGANISER or actor.is_proxy:
            write_audit_entry(actor, "meeting.enter", loaded, after={"role": role, "connection": connection_id})
        [connection] = describe(loaded, [row])
        publish(loaded.topic, ConnectionEntered(connection=connection, resumes=resumes if resumed else None))
        publish_tile(loaded, now)
        return row


def _check_window(meeting: Meeting, now: datetime) -> None:
    if now < meeting.opens_at:
        raise Refused("too_early")
    if now >= meeting.ends_at:
        raise Refused("meeting_over")


def _check_pace(meeting: Meeting, actor: Actor, now: datetime) -> None:
    entries = meeting.attendances.filter(user=actor.person, entered_at__gt=now - ENTRIES_WITHIN)
    if entries.count() >= limit_for(actor.person, ENTRIES):
        raise Refused("too_fast")


def _role_and_side(meeting: Meeting, actor: Actor) -> tuple[str, str]:
    """What the actor was named for; who was not named is an organiser, on no side."""
    named = meeting.participants.filter(user=actor.person).first()
    return (named.role, named.side) if named else (Role.ORGANISER.value, "")


def _check_seats(meeting: Meeting, actor: Actor, side: str) -> None:
    """Keeps a seat free for each company of which nobody is in the room yet."""
    others = list(meeting.attendances.filter(left_at=None).exclude(user=actor.person).values_list("side", flat=True))
    missing = set(Side.values) - {side, *others}
    if len(others) + len(missing) >= SEATS:
        raise Refused("room_full")


def _end_earlier(meeting: Meeting, actor: Actor, now: datetime, resumes: str | None) -> Attendance | None:
    """Ends the person's open connection; returns the one that is resumed, if it was theirs."""
    own = meeting.attendances.filter(user=actor.person)
    for row in own.filter(left_at=None):
        _end(row, now)
        if row.connection_id != resumes:
            publish(meeting.topic, ConnectionReplaced(connection_id=row.connection_id))
    return own.filter(connection_id=resumes).first() if resumes else None


def _end(row: Attendance, now: datetime) -> None:
    row.left_at = now
    row.save(update_fields=["left_at"])


def leave(connection_id: str, *, now: datetime, lost: bool = False) -> None:
    """Ends a connection, at its own wish or (`lost`) because its socket is gone. Idempotent."""
    with transaction.atomic():
        row = _open_row(connection_id, lock=True)
        if row is not None:
            _end(row, now)
            publish(row.meeting.topic, ConnectionLeft(connection_id=connection_id, reason="lost" if lost else "exit"))
            publish_tile(row.meeting, now)


def end_connections(meeting: Meeting, *, now: datetime, people: Collection[int] | None = None) -> None:
    """Ends every connection of a meeting that was cancelled or moved; or those of these people alone, by key."""
    rows = meeting.attendances.filter(left_at=None).order_by("pk")
    if people is not None:
        rows = rows.filter(user__in=people)
    for connection_id in rows.values_list("connection_id", flat=True):
        leave(connection_id, now=now)


def report_connected(actor: Actor, *, meeting: int, connection_id: str, peer: str, now: datetime) -> Attendance:
    """Media flows between this connection and `peer`; the first time is stored and shown in the control room.

    Raises Refused: see `check_inside`.
    """
    with transaction.atomic():
        check_inside(actor, meeting=meeting, connection_id=connection_id, peer=peer, now=now)
        row = _open_row(connection_id, lock=True)
        if row is None:
            raise Refused("not_entered")
        if row.connected_at is None:
            row.connected_at = now
            row.save(update_fields=["connected_at"])
            publish_tile(row.meeting, now)
        return row


def report_quality(connection_id: str, *, quality: Quality | None, now: datetime) -> None:
    """Stores that the connection lives, and the newest digest of its statistics if it sent one."""
    fields: dict[str, object] = {"seen_at": now}
    if quality is not None:
        fields["quality"] = quality.model_dump(exclude_none=True)
    Attendance.objects.filter(connection_id=connection_id, left_at=None).update(**fields)


def check_inside(
    actor: Actor, *, meeting: int, connection_id: str, peer: str | None = None, now: datetime
) -> Attendance | None:
    """Raises Refused unless this connection is the actor's and in the room, and the room is open.

    Checked for each offer, answer, candidate and report, so that a replaced, removed or late connection has no more
    effect. A call's setup waits for it: two queries. `peer`: another person's connection that was admitted to this
    room and may have left it; its row is returned. Raises Refused: not_entered, peer_gone, too_early, meeting_over.
    """
    both = Attendance.objects.filter(meeting=meeting, connection_id__in=[connection_id, *([peer] if peer else [])])
    rows = {row.connection_id: row for row in both.select_related("meeting__slot")}
    own = rows.pop(connection_id, None)
    if own is None or own.left_at is not None or own.user_id != actor.person.pk:
        raise Refused("not_entered")
    check(actor, "meeting.enter", own.meeting)
    _check_window(own.meeting, now)
    other = rows.get(peer or "")
    if peer is not None and (other is None or other.user_id == own.user_id):
        raise Refused("peer_gone")
    return other


def check_signal(actor: Actor, *, meeting: int, connection_id: str, to: str, now: datetime) -> None:
    """Raises Refused unless both connections are in the room now; see `check_inside`."""
    other = check_inside(actor, meeting=meeting, connection_id=connection_id, peer=to, now=now)
    if other is None or other.left_at is not None:
        raise Refused("peer_gone")


def inside(connection_ids: Iterable[str]) -> set[str]:
    """Those of these connections that are still in their rooms."""
    rows = Attendance.objects.filter(connection_id__in=connection_ids, left_at=None)
    return set(rows.values_list("connection_id", flat=True))


def _open_row(connection_id: str, *, lock: bool = False) -> Attendance | None:
    rows = Attendance.objects.filter(connection_id=connection_id, left_at=None)
    rows = rows.select_for_update(of=("self",)) if lock else rows
    return rows.select_related("meeting__slot", "meeting__fair").first()
