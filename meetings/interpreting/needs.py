"""How much a meeting needs an interpreter, and changing that with all that follows from it in one act."""

from datetime import datetime

from django.db import transaction

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Participation
from fairplatform.policy import Role, load
from meetings.matching.languages import Tongues
from meetings.models import Meeting
from meetings.schedule.actions.interpreters import appoint, dismiss, tell_interpreters
from meetings.schedule.actions.notify import notify_participants, publish_changes
from meetings.schedule.interpreters import interpreters_of

from .candidates import free_interpreter

PERMISSION = "interpreting.change"
Interpreting = Meeting.Interpreting
INTERPRETED = (Interpreting.REQUIRED, Interpreting.WELCOME)  # somebody of the fair is named for it
# What the people of the meeting are told.
TOLD = {
    Interpreting.NOT_NEEDED: "meeting_spoken",
    Interpreting.ON_CALL: "meeting_on_call",
    Interpreting.OWN: "meeting_own_interpreter",
}


@transaction.atomic
def change_interpreting(actor: Actor, *, meeting: int, interpreting: str, now: datetime) -> Meeting:
    """How much the meeting needs an interpreter from now on.

    If it needs one or is to have one where possible, whoever interprets it stays, if they still can; else the first who
    can is named. In all other cases nobody of the fair interprets it any more. Raises Refused: not_now (it has begun),
    interpreter_none (it needs one, and nobody can), interpreter_needed (of `check_need`), and what loading raises.
    """
    loaded: Meeting = load(Meeting, actor, PERMISSION, lock=True, pk=meeting)
    if now >= loaded.starts_at:
        raise Refused("not_now")
    before = loaded.interpreting
    if before == interpreting:
        return loaded
    if Role.ORGANISER not in loaded.roles_of(actor.user):
        check_need(loaded.exhibitor, loaded.buyer, interpreting)
    own = interpreters_of(loaded)
    found = _able(loaded, own, interpreting)
    loaded.interpreting = interpreting
    gone = [pk for pk in own if found is None or pk != found.pk]
    dismiss(loaded, gone, now=now)
    if found and found.pk not in own:
        appoint(loaded, found)
        tell_interpreters(loaded, [found], "interpreter_appointed", now=now)
    loaded.save(update_fields=["interpreting", *loaded.revise(now)])
    write_audit_entry(actor, PERMISSION, loaded, before={"need": before}, after={"need": interpreting})
    tell_interpreters(loaded, User.objects.filter(pk__in=gone), "interpreter_released", now=now)
    _tell(actor, loaded, found, now)
    publish_changes(loaded, now)
    return loaded


def check_need(exhibitor: Participation, buyer: Participation, interpreting: str) -> None:
    """A company may not say for both that no interpreter is there where the two share no language.

    Raises Refused("interpreter_needed").
    """
    if interpreting not in (Interpreting.NOT_NEEDED, Interpreting.ON_CALL):
        return
    tongues = Tongues(exhibitor.fair, (exhibitor, buyer))
    if tongues.are_known(exhibitor.pk, buyer.pk) and not tongues.share(exhibitor.pk, buyer.pk):
        raise Refused("interpreter_needed")


def _able(meeting: Meeting, own: list[int], interpreting: str) -> User | None:
    """Who interprets it; locked, so that two meetings given to one person at once are checked one after the other."""
    if interpreting not in INTERPRETED:
        return None
    found = _free(meeting, own)
    if found:
        list(User.objects.select_for_update(no_key=True).filter(pk=found.pk).values_list("pk"))
        found = _free(meeting, [found.pk, *own])
    if found is None and interpreting == Interpreting.REQUIRED:
        raise Refused("interpreter_none")
    return found


def _free(meeting: Meeting, preferred: list[int]) -> User | None:
    return free_interpreter(meeting.exhibitor, meeting.buyer, meeting.slot, but=meeting.pk, preferred=preferred)


def _tell(actor: Actor, meeting: Meeting, interpreter: User | None, now: datetime) -> None:
    """Nothing where one was welcome and nobody is free: nothing is other for the companies."""
    code = "meeting_interpreted" if interpreter else TOLD.get(Interpreting(meeting.interpreting))
    if code:
        others = [actor.user.pk, *interpreters_of(meeting)]
        notify_participants(meeting, code, now=now, exclude=others)
