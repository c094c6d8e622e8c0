"""What a company does with its demands: enters, changes, closes and opens them again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.http import QueryDict

from booths.models import Demand
from booths.models.demand import fair_date
from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import User
from fairplatform.accounts.rate_limits import count_one, limit_for
from fairplatform.errors import Refused
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, Participation
from fairplatform.policy import check, load

from .buyers_fair import BuyersFair
from .forms import DemandForm
from .notifying import tell_sellers

State = Demand.State
A_DAY = timedelta(days=1)
DEMANDS_A_DAY = 60  # of one company
CHANGES_A_DAY = 30  # of one demand: each is told, and mailed, to all who have quoted
REASON_LENGTH = 200


def own_buyers(person: User, fair: Fair) -> list[Participation]:
    """The approved participations of the person's companies that buy."""
    own = memberships(person, fair.pk).staff_of
    rows = Participation.objects.filter(pk__in=own, buys=True).select_related("company", "fair")
    return list(rows.order_by("pk"))


@transaction.atomic
def add_demand(actor: Actor, *, fair: Fair, data: QueryDict, now: datetime) -> DemandForm:
    """The form of a new demand of the actor's own company, which has been stored unless it has errors.

    Sent twice, it is stored once. Raises Refused: fair_closed, not_found (the company buys no more).
    """
    check(actor, "demands.own", BuyersFair(fair))
    form = new_form(fair, own_buyers(actor.person, fair), now, data)
    if form.is_valid() and store_new(actor, form, now) and actor.is_proxy:
        write_audit_entry(actor, "demands.own", form.instance, after=form.changes()[1])
    return form


def new_form(
    fair: Fair, companies: Sequence[Participation], now: datetime, data: QueryDict | None = None
) -> DemandForm:
    """For a demand that one of these companies has not entered yet.

    Raises Refused: not_found (there is no such company), fair_closed.
    """
    check_open(fair)
    if not companies:
        raise Refused("not_found")
    return DemandForm(data, fair=fair, companies=companies, today=fair_date(fair, now), instance=Demand(fair=fair))


def store_new(actor: Actor, form: DemandForm, now: datetime, **fields: object) -> bool:
    """Stores the demand of a valid form with these fields besides, unless there is one that says all the same.

    False, and an error in the form, if the company has entered many.
    """
    demand = form.save(commit=False)
    for name, value in {"created_at": now, **fields}.items():
        setattr(demand, name, value)
    # Two that are sent at once wait here for each other.
    Participation.objects.select_for_update(no_key=True).get(pk=demand.participation_id)
    recent = Demand.objects.filter(participation=demand.participation_id, created_at__gt=now - A_DAY)
    for one in recent:
        if _content(one) == _content(demand):
            form.instance = one
            return True
    if len(recent) >= limit_for(actor.user, DEMANDS_A_DAY):
        form.add_error(None, Refused("demands_often").sentence)
        return False
    demand.save()
    return True


def check_open(fair: Fair) -> None:
    """Raises Refused("fair_closed"): what a fair that is over says of demands stays as it is."""
    if fair.state == Fair.State.CLOSED:
        raise Refused("fair_closed")


def _content(demand: Demand) -> list[object]:
    names = ("kind", "text", "hs_code", "quantity", "unit", "target_price", "currency", "incoterm", "place")
    return [getattr(demand, name) for name in (*names, "certificates", "needs_origin", "deadline", "state")]


@transaction.atomic
def change_demand(actor: Actor, *, demand: int, data: QueryDict, now: datetime) -> DemandForm:
    """The form of a demand, whose changes have been stored unless it has errors. Who has answered is told.

    While it waits for its company, whoever takes demands down may correct it. Raises Refused("fair_closed").
    """
    row = load(Demand, actor, "demand.write", lock=True, pk=demand)
    form = change_form(row, now, data)
    if form.is_valid():
        before, after = form.changes()
        if after and not _may_change(actor, row):
            form.add_error(None, Refused("demand_changes_often").sentence)
        elif after:
            form.save()
            tell_sellers(row, "demand_changed", now=now)
            if actor.is_proxy or row.state == State.WAITING:
                write_audit_entry(actor, "demand.write", row, before=before, after=after)
    return form


def _may_change(actor: Actor, demand: Demand) -> bool:
    limit = limit_for(actor.user, CHANGES_A_DAY)
    return count_one(f"demand:{demand.pk}", limit=limit, seconds=int(A_DAY.total_seconds()))


def change_form(demand: Demand, now: datetime, data: QueryDict | None = None) -> DemandForm:
    """Raises Refused("fair_closed")."""
    fair = demand.fair
    check_open(fair)
    return DemandForm(data, fair=fair, companies=[demand.participation], today=fair_date(fair, now), instance=demand)


@transaction.atomic
def close_demand(actor: Actor, *, demand: int, reason: str, now: datetime) -> Demand:
    """No exhibitor can answer it any more; those who have are told. Closing it again changes nothing."""
    row = load(Demand, actor, "demand.keep", lock=True, pk=demand)
    if row.state in Demand.UNCONFIRMED:
        raise Refused("not_now")
    if row.state == State.OPEN:
        _set_state(actor, row, State.CLOSED, reason.strip()[:REASON_LENGTH])
        tell_sellers(row, "demand_closed", now=now)
    return row


@transaction.atomic
def reopen_demand(actor: Actor, *, demand: int) -> Demand:
    """Opens what was closed. If its deadline has passed, it is expired until that is changed.

    Raises Refused: not_now, fair_closed.
    """
    row = load(Demand, actor, "demand.keep", lock=True, pk=demand)
    check_open(row.fair)
    if row.state in Demand.UNCONFIRMED:
        raise Refused("not_now")
    if row.state == State.CLOSED:
        _set_state(actor, row, State.OPEN, "")
    return row


def _set_state(actor: Actor, row: Demand, state: Demand.State, reason: str) -> None:
    before, row.state, row.closed_reason = row.state, state, reason
    row.save(update_fields=["state", "closed_reason"])
    if actor.is_proxy:
        write_audit_entry(actor, "demand.keep", row, before={"state": before}, after={"state": state})
