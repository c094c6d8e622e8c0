"""A company of another fair that is invited to this one: its managers answer for it, and nobody else does."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import Company, Viewer
from fairplatform.policy import Role, load

from .models import Fair, Participation, Registration

ANSWER = "invitation.answer"
State = Participation.State


def invitations_of(person: Viewer) -> "QuerySet[Participation]":
    """The invitations to the companies that this person manages, the newest fair first, declined ones too."""
    if not person.is_active:
        return Participation.objects.none()
    rows = Participation.objects.filter(
        state=State.INVITED, company__staff__user=person, company__staff__is_manager=True
    )
    return rows.exclude(fair__state=Fair.State.CLOSED).select_related("fair", "company", "unit").order_by("-fair", "pk")


@dataclass(frozen=True)
class CompanyInvitation:
    """An invitation as its company's managers see it: policy.LoadsForPerson. For everybody else there is none."""

    participation: Participation

    @classmethod
    def load_for(cls, person: Viewer, **lookup: Any) -> "CompanyInvitation | None":
        """`fair`: its slug, `participation`: its key."""
        row = invitations_of(person).filter(fair__slug=lookup["fair"], pk=lookup["participation"]).first()
        return cls(row) if row else None

    @property
    def fair_id(self) -> int:
        return self.participation.fair_id

    def roles_of(self, person: Viewer) -> frozenset[Role]:
        own = self.participation.company.staff.filter(user=person.pk, is_manager=True)
        return frozenset({Role.MANAGER}) if person.is_active and own.exists() else frozenset()


@transaction.atomic
def accept(actor: Actor, *, fair: str, participation: int, now: datetime) -> Participation:
    """The company waits for the organisers' approval, and the manager is in the fair with it.

    Nobody's links or sessions end: what a company is given here its people were given by the fair that has it.
    """
    row = _locked(actor, fair, participation)
    # The company's own act, of which it need not be told.
    row.state, row.told_state, row.declined_at = State.SUBMITTED, row.told_state and State.SUBMITTED, None
    row.save(update_fields=["state", "told_state", "declined_at"])
    Registration.objects.get_or_create(fair=row.fair, user=actor.person, defaults={"accepted_at": now})
    write_audit_entry(actor, ANSWER, row, before={"state": State.INVITED}, after={"state": row.state})
    return row


@transaction.atomic
def decline(actor: Actor, *, fair: str, participation: int, now: datetime) -> Participation:
    """The company stays what it was to the organisers, invited, so that nothing more of it is seen."""
    row = _locked(actor, fair, participation)
    row.declined_at = now
    row.save(update_fields=["declined_at"])
    write_audit_entry(actor, ANSWER, row, after={"declined_at": now.isoformat()})
    return row


def _locked(actor: Actor, fair: str, participation: int) -> Participation:
    """Under the lock of its company too: meanwhile no invitation puts a person into it (invitations.fulfil)."""
    rows = Participation.objects.select_for_update().filter(pk=participation)
    for company in rows.values_list("company", flat=True):
        Company.objects.select_for_update().get(pk=company)
    return load(CompanyInvitation, actor, ANSWER, fair=fair, participation=participation).participation
