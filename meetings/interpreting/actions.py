"""Giving a meeting another interpreter in one act."""

from datetime import datetime

from django.db import transaction

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.policy import load
from meetings.models import Meeting
from meetings.schedule.actions.interpreters import appoint, dismiss, tell_interpreters
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
    dismiss(loaded, before, now=now)
    if found:
        appoint(loaded, found)
    if found is None or loaded.interpreting in (Level.NOT_NEEDED, Level.ON_CALL, Level.OWN):
        loaded.interpreting = Level.WELCOME if found else Level.ON_CALL
    loaded.save(update_fields=["interpreting", *loaded.revise(now)])
    write_audit_entry(actor, PERMISSION, loaded, before={"interpreters": before}, after={"interpreter": interpreter})
    tell_interpreters(loaded, User.objects.filter(pk__in=before), "interpreter_released", now=now)
    tell_interpreters(loaded, [found] if found else [], "interpreter_appointed", now=now)
    publish_changes(loaded, now)
    return loaded


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
