"""Asking companies again for the outcomes that they owe."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation
from fairplatform.notices.actions import notify
from fairplatform.notices.models import Notice
from fairplatform.policy import check
from meetings.status import page_url

from .queries import Owing, by_company, owed, owing

PERMISSION = "outcomes.follow"
CODE = "outcome_asked"
PACE = timedelta(hours=1)


class Asked(NamedTuple):
    """How many companies were asked, and how many were not because they have been asked within the last hour."""

    now: int
    before: int


@transaction.atomic
def ask_again(actor: Actor, *, fair: Fair, companies: Collection[int] | None, now: datetime) -> Asked:
    """A notice of each outcome that these companies owe, to who speaks for them; each company once an hour.

    `companies`: keys of participations, None for all that the actor follows: an organiser all, a delegate those of
    their unit. Somebody who has not read an earlier one gets no second. Raises Refused("not_now") in a draft.
    """
    check(actor, PERMISSION, fair)
    if fair.state == Fair.State.DRAFT:
        raise Refused("not_now")
    lines = by_company(owed(actor.person, fair, now))
    wanted = [key for key in lines if companies is None or key in companies]
    rows = Participation.objects.filter(pk__in=wanted).select_related("company").order_by("pk")
    found, before = owing(rows, lines), _sent(fair, now)
    asked = [one for one in found if not _addresses(one) & before]
    for one in asked:
        for item in one.items:
            notify(
                one.speakers,
                fair=fair,
                code=CODE,
                parameters={"company": item.partner},
                path=page_url(item.meeting, "outcome"),
                now=now,
                supersedes=(CODE,),
            )
    if asked:
        write_audit_entry(actor, PERMISSION, fair, after={"asked": [one.participation.pk for one in asked]})
    return Asked(len(asked), len(found) - len(asked))


def _sent(fair: Fair, now: datetime) -> set[tuple[int, str]]:
    """To whom, and about which page, somebody was asked within the last hour."""
    recent = Notice.objects.filter(fair=fair, code=CODE, created_at__gt=now - PACE)
    return set(recent.values_list("recipient", "path"))


def _addresses(one: Owing) -> set[tuple[int, str]]:
    return {(person.pk, page_url(item.meeting, "outcome")) for person in one.speakers for item in one.items}
