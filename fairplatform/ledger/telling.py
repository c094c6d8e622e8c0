"""Notices to the managers of an agreement's parties, when a release of it to everybody ends."""

from datetime import datetime

from django.urls import reverse

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import Staff
from fairplatform.fairs.models import Fair, Participation
from fairplatform.notices.actions import notify

from .models import Entry

REPLACED = ("release_ended", "release_taken_back", "release_corrected", "release_withdrawn")


def notify_release_ended(
    entry: Entry, code: str, *, actor: Actor | None, now: datetime, by: Participation | None = None
) -> None:
    """To all managers but whoever ended it. `by`: the company that took it back, whose managers know it.

    `entry`: the newest of the agreement. In a draft nobody is notified: nothing in it is public.
    """
    companies = [pk for pk in entry.releasing() if pk and (by is None or pk != by.pk)]
    if not companies or entry.fair.state == Fair.State.DRAFT:
        return
    own = Participation.objects.filter(pk__in=companies, state=Participation.State.APPROVED)
    managers = Staff.objects.filter(company__in=own.values("company"), is_manager=True, user__is_active=True)
    actors = (actor.user, actor.on_behalf_of) if actor else ()
    notify(
        [one.user for one in managers.select_related("user") if one.user not in actors],
        fair=entry.fair,
        code=code,
        parameters={"number": entry.number, "company": by.company.name if by else {}},
        path=reverse("ledger:paper", args=[entry.fair.slug, entry.number]),
        now=now,
        supersedes=REPLACED,
    )
