"""Giving a meeting another interpreter in one act."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from chat.actions import add_members
from chat.models import Member
from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.notices.actions import notify
from fairplatform.policy import Role, load
from meetings.call.actions import end_connections
from meetings.models import Meeting, Participant
from meetings.models.booking import person
from meetings.schedule.actions.bookings import book_person
from meetings.schedule.actions.notify import publish_changes
from meetings.schedule.interpreters import interpreters_of

from .candidates import candidates

PERMISSION = "interpreter.replace"
Level = Meeting.Interpreting


@transaction.atomic
def replace_interpreter(actor: Actor, *, meeting: int, interpreter: int | None, now: datetime) -> Meeting:
    """This interpreter (the key of a user) in place of whoever there was; None: nobody, but somebody on call.

    Raises Refused: not_now (it has ended), not_found (no interpreter of the fair), slot_taken, interpreter_languages,
    interpreter_absent, interpreter_rest, interpreter_minutes, and what loading raises.
    """
    loaded: Meeting = load(Meeting, actor, PERMISSION, lock=True, pk=meeting)
    if now >= loaded.ends_at:
        raise Refused("not_now")
    before = interpreters_of(loaded)
    if before == ([interpreter] if interpreter else []):
        return loaded
    found = _able(loaded, interpreter) if interpreter else None
    _dismiss(loaded, before, now)
    if found:
        _appoint(loaded, found)
    if found is None or loaded.interpreting in (Level.NOT_NEEDED, Level.ON_CALL):
        loaded.interpreting = Level.WELCOME if found else Level.ON_CALL
    loaded.save(update_fields=["interpreting", *loaded.revise(now)])
    write_audit_entry(actor, PERMISSION, loaded, before={"interpreters": before}, after={"interpreter": interpreter})
    tell_interpreters(loaded, User.objects.filter(pk__in=before), "interpreter_released", now=now)
    tell_interpreters(loaded, [found] if found else [], "interpreter_appointed", now=now)
    publish_changes(loaded, now)
    return loaded


def tell_interpreters(meeting: Meeting, people: Iterable[User], code: str, *, now: datetime) -> None:
    """Interpreters read both companies' names."""
    names = [meeting.exhibitor.company.name, meeting.buyer.company.name]
    parameters = {"company": names, "at": meeting.starts_at}
    notify(people, fair=meeting.fair, code=code, parameters=parameters, path=meeting.get_absolute_url(), now=now)


def _able(meeting: Meeting, interpreter: int) -> User:
    """Locked, so that two meetings given to one person at once are checked one after the other."""
    list(User.objects.select_for_update(no_key=True).filter(pk=interpreter).values_list("pk"))
    every = candidates(meeting.exhibitor, meeting.buyer, meeting.slot, but=meeting.pk)
    found = next((one for one in every if one.user.pk == interpreter), None)
    if found is None:
        raise Refused("not_found")
    if found.hindrance:
        raise Refused("slot_taken" if found.hindrance == "booked" else f"interpreter_{found.hindrance}")
    return found.user


def _dismiss(meeting: Meeting, people: Sequence[int], now: datetime) -> None:
    """Ends their part in the meeting: seat, conversation and booking; their open pages are told within seconds."""
    end_connections(meeting, now=now, people=people)
    Participant.objects.filter(meeting=meeting, role=Role.INTERPRETER).delete()
    meeting.bookings.filter(resource__in=map(person, people)).delete()
    Member.objects.filter(conversation=meeting.conversation_id, user__in=people, role=Role.INTERPRETER).delete()
    User.objects.filter(pk__in=people).update(access_version=F("access_version") + 1)


def _appoint(meeting: Meeting, interpreter: User) -> None:
    book_person(meeting, interpreter.pk)
    Participant.objects.create(meeting=meeting, user=interpreter, role=Role.INTERPRETER)
    add_members(meeting.conversation, [interpreter], role=Role.INTERPRETER)
