"""The state of a company's participation, and the verified mark: an organiser's decisions, each in the audit log."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booths.placing import place
from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import AuditEntry, Company
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation
from fairplatform.fairs.sharing import Elsewhere
from fairplatform.i18n.text import Translated, isolated
from fairplatform.notices.decisions import tell_of_decision
from fairplatform.policy import load
from meetings.models import Meeting
from meetings.requests.actions import end_requests

State = Participation.State
NOTE_LENGTH = 300
ACTS: dict[str, Promise] = {
    State.APPROVED: _("Approve"),
    State.WAITING: _("Put on the waiting list"),
    State.REFUSED: _("Do not approve"),
    State.WITHDRAWN: _("Withdraw"),
    State.SUBMITTED: _("Return to “waiting for approval”"),
    State.INVITED: _("Return to “invited”"),
}


@transaction.atomic
def set_state(
    actor: Actor,
    *,
    fair: Fair,
    participations: Iterable[int],
    state: str,
    note: str = "",
    seen: Mapping[int, str] | None = None,
    now: datetime,
) -> list[int]:
    """Puts these companies of the fair into a state; returns those that were in another one.

    `seen`: the states of companies as the page showed them. Of one that somebody has decided about meanwhile, otherwise
    than now, raises Refused("company_decided"). Raises Refused("company_not_accepted") for another fair's company that
    was invited: nobody accepts on its behalf.

    An approved company that sells gets the booth that its hall promises. A company in any other state has no access:
    its booth is hidden, its people have no role, which open sockets notice by the trigger on the row, and its requests
    for meetings end. Each company is told, once the fair is open.
    """
    # Whoever opens the fair meanwhile tells what was decided before, or this does.
    owner = Fair.objects.select_for_update(no_key=True).get(pk=fair.pk)
    changed: list[Participation] = []
    for pk in sorted(set(participations)):
        loaded = load(Participation, actor, "fair.organise", lock=True, pk=pk, fair=fair.pk)
        if loaded.state == state:
            continue
        if seen and seen.get(pk, loaded.state) != loaded.state:
            shown = {"company": isolated(Translated(loaded.company.name)), "state": loaded.get_state_display()}
            raise Refused("company_decided", **shown)
        if loaded.state == State.INVITED and Elsewhere.of(actor.person.pk).has(loaded.company):
            raise Refused("company_not_accepted")
        before = loaded.state
        loaded.decide(state)
        tell_of_decision(loaded, owner, now=now)
        loaded.save(update_fields=["state", "told_state"])
        if before == State.APPROVED:
            end_requests(loaded, now=now)
        after = {"state": state, **({"note": note} if note else {})}
        write_audit_entry(actor, "fair.organise", loaded, before={"state": before}, after=after)
        changed.append(loaded)
    place([row for row in changed if row.state == State.APPROVED], {})
    return [row.pk for row in changed]


@transaction.atomic
def set_verified(actor: Actor, *, participation: int, verified: bool, now: datetime) -> None:
    """Gives the company the verified mark, or takes it away; raises Refused("company_shared") for another fair's."""
    loaded = load(Participation, actor, "fair.organise", lock=True, pk=participation)
    company = Company.objects.select_for_update().get(pk=loaded.company_id)
    if Elsewhere.of(actor.person.pk).has(company):
        raise Refused("company_shared")
    if (company.verified_at is not None) == verified:
        return
    before, company.verified_at = company.verified_at, now if verified else None
    company.save(update_fields=["verified_at"])
    write_audit_entry(
        actor, "fair.organise", loaded, before={"verified_at": before}, after={"verified_at": company.verified_at}
    )


def decisions(participation: Participation) -> "QuerySet[AuditEntry]":
    """What was decided about the company's state, the newest first."""
    entries = AuditEntry.objects.filter(
        fair=participation.fair_id, object=f"{participation._meta.label_lower}:{participation.pk}"
    )
    return entries.filter(after__has_key="state").select_related("actor")


def meetings_ahead(participations: Iterable[int], now: datetime) -> int:
    """How many confirmed meetings these companies still have."""
    rows = Meeting.objects.filter(state=Meeting.State.CONFIRMED, slot__starts_at__gt=now)
    keys = list(participations)
    return rows.filter(Q(exhibitor__in=keys) | Q(buyer__in=keys)).count()
