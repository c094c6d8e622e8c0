"""Asking companies again for the outcomes that they owe."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation
from fairplatform.notices.actions import notify
from fairplatform.policy import check
from meetings.status import page_url

from .queries import by_company, owed, owing

PERMISSION = "outcomes.follow"


@transaction.atomic
def ask_again(actor: Actor, *, fair: Fair, companies: Collection[int] | None, now: datetime) -> int:
    """A notice of each outcome that these companies owe, to who speaks for them; how many companies were asked.

    `companies`: keys of participations, None for all that the actor follows: an organiser all, a delegate those of
    their unit. Somebody who has not read an earlier one gets no second. Raises Refused("not_now") in a draft.
    """
    check(actor, PERMISSION, fair)
    if fair.state == Fair.State.DRAFT:
        raise Refused("not_now")
    lines = by_company(owed(actor.person, fair, now))
    wanted = [key for key in lines if companies is None or key in companies]
    rows = Participation.objects.filter(pk__in=wanted).select_related("company").order_by("pk")
    asked = owing(rows, lines)
    for one in asked:
        for item in one.items:
            notify(
                one.speakers,
                fair=fair,
                code="outcome_asked",
                parameters={"company": item.partner},
                path=page_url(item.meeting, "outcome"),
                now=now,
                supersedes=("outcome_asked",),
            )
    if asked:
        write_audit_entry(actor, PERMISSION, fair, after={"asked": [one.participation.pk for one in asked]})
    return len(asked)
