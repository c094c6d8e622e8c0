"""A demand that the chamber takes down for a member, by telephone. Only the member itself confirms it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, QuerySet, When
from django.http import QueryDict
from django.urls import reverse

from booths.models import Demand
from booths.models.demand import fair_date
from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import Company, Staff, User
from fairplatform.errors import Refused
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, Participation
from fairplatform.i18n.text import isolated, visible
from fairplatform.policy import Role, check, load
from meetings.staffing import representatives

from .actions import REASON_LENGTH, change_form, new_form, store_new
from .forms import DemandForm
from .notifying import tell

State = Demand.State
ENTERED_BY_LENGTH = 120
TAKEN = ("demand_taken",)


def members(person: User, fair: Fair) -> "QuerySet[Participation]":
    """For whom this person may take a demand down: an organiser for all buyers, a delegate for those of their unit."""
    own = memberships(person, fair.pk)
    rows = Participation.objects.filter(fair=fair, buys=True, state=Participation.State.APPROVED)
    if Role.ORGANISER not in own.roles:
        rows = rows.filter(unit__in=own.units)
    return rows.select_related("company", "fair").order_by("company__slug")


def taken(person: User, fair: Fair, now: datetime) -> "QuerySet[Demand]":
    """The fair's demands that this person sees as an organiser or as a delegate; those that wait come first.

    Each has `has_people`: whether anybody of its company could confirm it.
    """
    own = memberships(person, fair.pk)
    rows = Demand.objects.filter(fair=fair).with_status(fair_date(fair, now))
    if Role.ORGANISER not in own.roles:
        rows = rows.filter(participation__unit__in=own.units)
    people = Staff.objects.filter(company=OuterRef("participation__company"), user__is_active=True)
    rows = rows.annotate(has_people=Exists(people))
    first = Case(When(state__in=Demand.UNCONFIRMED, then=0), default=1)
    return rows.select_related("fair", "participation__company").order_by(first, "-created_at", "-pk")


@transaction.atomic
def take_demand(actor: Actor, *, fair: Fair, data: QueryDict, now: datetime) -> DemandForm:
    """The form of a demand that is stored for a member, unseen by exhibitors; the member is told, and confirms it."""
    check(actor, "demands.take", fair)
    form = new_form(fair, list(members(actor.person, fair)), now, data)
    fields = {"state": State.WAITING, "entered_by": _named(actor.user, fair), "taken_by": actor.user}
    if form.is_valid() and store_new(actor, form, now, **fields):
        row = form.instance
        write_audit_entry(actor, "demands.take", row, after=form.changes()[1])
        tell(row, representatives(row.participation), "demand_taken", row.participation, page(row), now, TAKEN)
    return form


def has_people(company: Company) -> bool:
    """Whether anybody can confirm what was taken down for the company."""
    return company.staff.filter(user__is_active=True).exists()


def _named(person: User, fair: Fair) -> str:
    """Who took it down, as everybody reads it: the person and, of a delegate, their unit; in English if there is."""
    units = fair.units.filter(pk__in=memberships(person, fair.pk).units).order_by("key", "pk")
    names = [person.name.in_language("en").text, *(unit.name.in_language("en").text for unit in units[:1])]
    return ", ".join(filter(None, names))[:ENTERED_BY_LENGTH]


def page(demand: Demand) -> str:
    """Where the member confirms, corrects or rejects it."""
    return reverse("demands:confirm", args=[demand.fair.slug, demand.pk])


@transaction.atomic
def confirm_demand(actor: Actor, *, demand: int, data: QueryDict, now: datetime) -> DemandForm:
    """The form of the demand, perhaps corrected, which its company has confirmed unless it has errors.

    Never by proxy. Raises Refused: not_now (it was confirmed or rejected meanwhile), fair_closed.
    """
    row = _lock(actor, demand)
    form = change_form(row, now, data)
    if form.is_valid():
        before, after = form.changes()
        row.state, row.confirmed_by, row.confirmed_at = State.OPEN, actor.user, now
        form.save()
        write_audit_entry(actor, "demand.confirm", row, before=before, after={**after, "state": State.OPEN})
        _tell_taker(row, "demand_confirmed", now)
    return form


@transaction.atomic
def reject_demand(actor: Actor, *, demand: int, reason: str, now: datetime) -> Demand:
    """Nobody else ever sees it. Raises Refused("not_now") if it has been confirmed or rejected already."""
    row = _lock(actor, demand)
    row.state, row.closed_reason = State.REJECTED, visible(reason).strip()[:REASON_LENGTH]
    row.save(update_fields=["state", "closed_reason"])
    write_audit_entry(actor, "demand.confirm", row, after={"state": State.REJECTED})
    _tell_taker(row, "demand_rejected", now)
    return row


def _lock(actor: Actor, demand: int) -> Demand:
    row = load(Demand, actor, "demand.confirm", lock=True, pk=demand)
    if row.state != State.WAITING:
        raise Refused("not_now")
    return row


def _tell_taker(demand: Demand, code: str, now: datetime) -> None:
    if demand.taken_by and demand.taken_by.is_active:
        tell(demand, [demand.taken_by], code, demand.participation, demand.get_absolute_url(), now)


@transaction.atomic
def discard_demand(actor: Actor, *, demand: int) -> str:
    """Removes what its company has not confirmed: entered by mistake, or rejected. Returns what it was about."""
    row = load(Demand, actor, "demand.discard", lock=True, pk=demand)
    write_audit_entry(actor, "demand.discard", row, before={"text": dict(row.text), "state": row.state})
    words = isolated(row.text)
    row.delete()
    return words
