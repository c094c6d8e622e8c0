"""What people answer at the first opening of their link: to an invitation, and to how their data are used."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from fairplatform.accounts.actions import end_earlier_access
from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.policy import load

from .invitations import fulfil
from .models import Registration

ANSWER = "registration.answer"


def record_opening(*, user: User, now: datetime, **_: Any) -> None:
    """The receiver of accounts.signals.link_opened."""
    Registration.objects.filter(user=user).update(link_opened_at=now)


@dataclass(frozen=True)
class Acceptance:
    """What became of an acceptance.

    `was_invitation`: until now the person was only invited, and their earlier links, sessions and password have ended.
    `left_out` is the code of the refusal of a position that only the company itself may give, or empty: the person is
    in the fair without it.
    """

    was_invitation: bool
    left_out: str = ""


@transaction.atomic
def accept(actor: Actor, *, registration: int, shares_contact: bool, speaks: list[str], now: datetime) -> Acceptance:
    """Accepts what is offered; consents to the purpose of the fair, and maybe to contact data crossing the border.

    `speaks`: the languages that the person can be spoken to in.

    Consent that was given before keeps its time. Raises Refused("not_found") if what was offered has gone.
    """
    row = load(Registration, actor, ANSWER, lock=True, pk=registration)
    accepted = Acceptance(row.is_invitation, _take_up(row) if row.is_invitation else "")
    if accepted.was_invitation:
        end_earlier_access(row.user)
    row.accepted_at = row.accepted_at or now
    row.consented_at = row.consented_at or now
    row.contact_consented_at = (row.contact_consented_at or now) if shares_contact else None
    row.declined_at = None
    row.save()
    if row.user.speaks != speaks:
        row.user.speaks = speaks
        row.user.save(update_fields=["speaks"])
    return accepted


def _take_up(row: Registration) -> str:
    """Gives what was offered; returns the code of what is left out."""
    if row.offer is None:
        return ""
    try:
        fulfil(row.offer, fair=row.fair, user=row.user)
    except Refused as refused:
        if refused.code != "company_adds_people":
            raise
        return refused.code
    return ""


@transaction.atomic
def decline(actor: Actor, *, registration: int, now: datetime) -> Registration:
    """Declines the invitation, or takes back both consents. What was accepted before is for the organisers to end."""
    row = load(Registration, actor, ANSWER, lock=True, pk=registration)
    row.consented_at = row.contact_consented_at = None
    row.declined_at = now
    row.save()
    return row
