"""Issuing links to many people in one act, inviting by letter, and ending or restoring somebody's access."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from fairplatform.accounts.actions import end_earlier_access
from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import IssuedLink, PersonalLink, User
from fairplatform.db.sql import chunks
from fairplatform.errors import Refused
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, Participation, RecruitingUnit, Registration, RoleAssignment
from fairplatform.fairs.models.registration import RegistrationQuerySet
from fairplatform.fairs.sharing import Elsewhere, accounts_of, link_may_be_shown
from fairplatform.policy import load, may

from ..invited import invited
from .letters import ask, under_way

PERMISSION = "fair.organise"
MESSAGES = "meetings.message"
AT_ONCE = 300  # people: more cards than that take the server longer to draw than a page should


@dataclass(frozen=True)
class Issued:
    """The links of those who got one, in the order of their registrations, and how many were left out.

    `invited`: those who are only invited. Theirs is an invitation to hand out, which signs nobody in. `elsewhere`:
    those who are in a fair of other organisers, too. `leads_to`: the path of the page that the links open.
    """

    links: Sequence[tuple[Registration, IssuedLink]]
    invited: Sequence[Registration]
    elsewhere: Sequence[Registration]
    left_out: int
    leads_to: str = ""


class Letters(NamedTuple):
    """How many letters were asked for, how many were on their way already, and how many people can get none."""

    asked: int
    again: int
    left_out: int


@transaction.atomic
def issue_links(
    actor: Actor, *, fair: int, registrations: Collection[int], medium: str, now: datetime, leads_to: str = ""
) -> Issued:
    """New links to hand out; the earlier ones of these people end. `medium` is one of forms.Medium, for the audit log.

    A delegate hands out those of people who work for a company of their unit and are nothing else in any fair.

    Whom this organiser may not come in as gets none: deactivated accounts and the demonstration's people are left out,
    and everybody who is in a fair of other organisers is named: a link signs in to that one, too.
    Raises Refused("too_many_people").
    """
    # Locked, so that of two organisers who press at once the second one's links are the valid ones.
    owner = load(Fair, actor, MESSAGES, lock=True, pk=fair)
    if len(registrations) > AT_ONCE:
        raise Refused("too_many_people", limit=AT_ONCE)
    known, asked = _chosen(owner, registrations).accepted(), list[Registration]()
    elsewhere = list(known.filter(user__in=Elsewhere.of(actor.person.pk).accounts().values("pk")))
    by_organiser = may(actor, PERMISSION, owner)
    if by_organiser:
        rows = list(known.exclude(pk__in=[row.pk for row in elsewhere]))
        # Whatever has become of their accounts, which is not told.
        asked = list(invited(owner).filter(pk__in=registrations).select_related("fair").order_by("pk"))
    else:
        rows, elsewhere = list(known.filter(user__in=_of_units(actor, owner))), []
    links = PersonalLink.issue_many([row.user for row in rows], now=now, until=owner.links_last_until())
    if rows or asked:
        after: dict[str, object] = {"links": medium, "registrations": [row.pk for row in rows]}
        after |= {"invitations": [row.pk for row in asked]} if asked else {}
        write_audit_entry(actor, PERMISSION if by_organiser else MESSAGES, owner, after=after)
    left_out = len(registrations) - len(rows) - len(asked) - len(elsewhere)
    return Issued(list(zip(rows, links, strict=True)), asked, elsewhere, left_out, leads_to)


@transaction.atomic
def invite_by_letter(actor: Actor, *, fair: int, registrations: Collection[int], now: datetime) -> Letters:
    """A letter to each of them who has an e-mail address: with a new link and code, or to answer an invitation.

    They go one portion a minute. Whoever has one on its way, or has just been sent one, gets no second.
    """
    owner = load(Fair, actor, PERMISSION, lock=True, pk=fair)
    with_address = (_chosen(owner, some).exclude(user__email=None) for some in chunks(list(registrations)))
    keys = [key for rows in with_address for key in rows.values_list("pk", flat=True)]
    return asked_letters(actor, PERMISSION, owner, keys, among=len(registrations), now=now)


def asked_letters(
    actor: Actor, permission: str, about: Fair | RecruitingUnit, keys: list[int], *, among: int, now: datetime
) -> Letters:
    """`keys`: the registrations that may get a letter, of so many that were chosen."""
    again = set(under_way(now).filter(pk__in=keys).values_list("pk", flat=True))
    new = [key for key in keys if key not in again]
    if ask(new, now=now):
        write_audit_entry(actor, permission, about, after={"letters": new})
    return Letters(len(new), len(again), among - len(keys))


def _of_units(actor: Actor, fair: Fair) -> set[int]:
    """By key, whose links the delegate hands out: they open nothing but what is a company's of their unit."""
    own = Participation.objects.filter(
        fair=fair, unit__in=memberships(actor.person, fair.pk).units, state=Participation.State.APPROVED
    )
    rows = own.exclude(company__in=Elsewhere.of(None, fair).companies().values("pk")).select_related("company")
    return {user.pk for row in rows for user in accounts_of(row.company) if link_may_be_shown(user)}


def _chosen(fair: Fair, registrations: Collection[int]) -> RegistrationQuerySet:
    rows = Registration.objects.filter(fair=fair, pk__in=registrations, user__is_active=True, user__is_demo=False)
    return rows.select_related("user").order_by("pk")


@transaction.atomic
def deactivate(actor: Actor, *, fair: int, registration: int) -> User:
    """Ends every way in at once: sessions, open sockets and calls, links, tokens, the password.

    Raises Refused("own_account"), or "takes_part_elsewhere" if the account is not this actor's to end alone.
    """
    row = _load_person(actor, fair, registration)
    if row.user_id == actor.user.pk:
        raise Refused("own_account")
    # With a new password, so that no session comes back to life with the account.
    end_earlier_access(row.user)
    return _set_active(actor, row, is_active=False)


@transaction.atomic
def reactivate(actor: Actor, *, fair: int, registration: int) -> User:
    """The person comes in again by a new link, or chooses a new password."""
    row = _load_person(actor, fair, registration)
    return _set_active(actor, row, is_active=True)


def _load_person(actor: Actor, fair: int, registration: int) -> Registration:
    """Somebody whose account is this organiser's to end; of an account that other organisers have too it is not."""
    owner = load(Fair, actor, PERMISSION, lock=True, pk=fair)
    # Of two organisers who end each other's account at once, the second finds their own role ended under the lock.
    if not owner.roles.filter(user=actor.person, user__is_active=True, role=RoleAssignment.Kind.ORGANISER).exists():
        raise Refused("not_an_organiser")
    row = Registration.objects.select_related("user").filter(fair=owner, pk=registration).first()
    if row is None or row.user.is_demo:
        raise Refused("not_found")
    if row.is_invitation or Elsewhere.of(actor.person.pk).has(row.user):
        raise Refused("takes_part_elsewhere")
    return row


def _set_active(actor: Actor, row: Registration, *, is_active: bool) -> User:
    before, row.user.is_active = row.user.is_active, is_active
    row.user.save(update_fields=["is_active"])
    write_audit_entry(
        actor, PERMISSION, row, before={"is_active": before}, after={"is_active": is_active, "user": row.user_id}
    )
    return row.user
