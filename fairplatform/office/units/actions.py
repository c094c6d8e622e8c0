"""Delegates let the people of their unit in: links to hand out, and letters."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import PersonalLink
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, RecruitingUnit, Registration
from fairplatform.fairs.sharing import link_may_be_shown
from fairplatform.policy import load

from ..links.actions import AT_ONCE, Issued, Letters, asked_letters
from .accounts import accounts_of_unit, people_of

LINKS = "unit.links"


@transaction.atomic
def issue_links(actor: Actor, *, unit: int, registrations: Collection[int], medium: str, now: datetime) -> Issued:
    """New links to hand out; the earlier ones of these people end. Of those only invited, their invitations.

    Left out are those whose link is not the unit's to show. Raises Refused: not_found, too_many_people.
    """
    owner = _locked(actor, unit)
    if len(registrations) > AT_ONCE:
        raise Refused("too_many_people", limit=AT_ONCE)
    chosen = list(people_of(owner).filter(pk__in=registrations).select_related("user", "fair").order_by("pk"))
    own = set(accounts_of_unit(owner).values_list("pk", flat=True))
    asked = [row for row in chosen if row.is_invitation]
    rows = [row for row in chosen if not row.is_invitation and row.user_id in own and link_may_be_shown(row.user)]
    links = PersonalLink.issue_many([row.user for row in rows], now=now, until=owner.fair.links_last_until())
    if rows or asked:
        after: dict[str, object] = {"links": medium, "registrations": [row.pk for row in rows]}
        after |= {"invitations": [row.pk for row in asked]} if asked else {}
        write_audit_entry(actor, LINKS, owner, after=after)
    return Issued(list(zip(rows, links, strict=True)), asked, [], len(registrations) - len(rows) - len(asked))


@transaction.atomic
def send_letters(actor: Actor, *, unit: int, registrations: Collection[int], now: datetime) -> Letters:
    """A letter to each of them who has an address of their own, at the pace of all letters. Raises not_found."""
    owner = _locked(actor, unit)
    chosen = people_of(owner).filter(pk__in=registrations, user__is_active=True, user__is_demo=False)
    with_address = chosen.exclude(user__email=None)
    own = with_address.filter(user__in=accounts_of_unit(owner).values("pk")) | with_address.invited()
    keys = list(Registration.objects.filter(pk__in=own.values("pk")).order_by("pk").values_list("pk", flat=True))
    return asked_letters(actor, LINKS, owner, keys, among=len(registrations), now=now)


def _locked(actor: Actor, unit: int) -> RecruitingUnit:
    """Of two who press at once the second one's links are the valid ones."""
    owner = load(RecruitingUnit, actor, LINKS, pk=unit)
    Fair.objects.select_for_update().get(pk=owner.fair_id)
    return owner
