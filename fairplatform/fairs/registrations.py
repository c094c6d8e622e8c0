"""What people answer at the first opening of their link: to an invitation, and to how their data are used."""

from datetime import datetime
from typing import Any

from django.db import transaction

from fairplatform.accounts.actions import end_earlier_access
from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.policy import load

from .invitations import Invitation, fulfil
from .models import Registration

ANSWER = "registration.answer"


def record_opening(*, user: User, now: datetime, **_: Any) -> None:
    """The receiver of accounts.signals.link_opened."""
    Registration.objects.filter(user=user).update(link_opened_at=now)


@transaction.atomic
def agree(actor: Actor, *, registration: int, shares_contact: bool, now: datetime) -> Refused | None:
    """Accepts what is offered; consents to the purpose of the fair, and maybe to contact data crossing the border.

    Consent that was given before keeps its time. Raises Refused("not_found") if what was offered has gone. A position
    that only the company itself may give is left out: the person is in the fair without it, and the refusal returned.
    Whoever accepts comes from elsewhere: their links, sessions and password of before end.
    """
    row = load(Registration, actor, ANSWER, lock=True, pk=registration)
    left_out = _take_up(row) if row.is_invitation and row.invitation else None
    if row.is_invitation:
        end_earlier_access(row.user)
    row.accepted_at = row.accepted_at or now
    row.consented_at = row.consented_at or now
    row.contact_consented_at = (row.contact_consented_at or now) if shares_contact else None
    row.declined_at = None
    row.save()
    return left_out


def _take_up(row: Registration) -> Refused | None:
    try:
        fulfil(Invitation.model_validate(row.invitation), fair=row.fair, user=row.user)
    except Refused as refused:
        if refused.code != "company_adds_people":
            raise
        return refused
    return None


@transaction.atomic
def decline(actor: Actor, *, registration: int, now: datetime) -> Registration:
    """Declines the invitation, or takes back both consents. What was accepted before is for the organisers to end."""
    row = load(Registration, actor, ANSWER, lock=True, pk=registration)
    row.consented_at = row.contact_consented_at = None
    row.declined_at = now
    row.save()
    return row
