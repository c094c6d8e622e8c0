"""A company that leaves the fair for good has no place in it any more."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from fairplatform.accounts.actor import Actor
from fairplatform.fairs.models import Fair, Participation
from meetings.changes.leaving import leave
from meetings.changes.substitutes import Chosen
from meetings.models import Change

from ..companies.states import set_state


@transaction.atomic
def company_leaves(
    actor: Actor,
    *,
    fair: Fair,
    participation: int,
    first: int,
    last: int,
    chosen: Chosen,
    withdraws: bool,
    key: UUID,
    now: datetime,
) -> Change:
    """`leave`, after which the company is withdrawn from the fair if it `withdraws`."""
    change = leave(
        actor, fair=fair.pk, participation=participation, first=first, last=last, chosen=chosen, key=key, now=now
    )
    if withdraws:
        set_state(actor, fair=fair, participations=[participation], state=Participation.State.WITHDRAWN, now=now)
    return change
