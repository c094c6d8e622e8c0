"""Tells companies what organisers have decided about their participation."""

from datetime import datetime

from django.db.models import F
from django.urls import reverse

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, Participation

from .actions import notify

State = Participation.State
CODES = {
    State.INVITED: "participation_invited",
    State.SUBMITTED: "participation_submitted",
    State.APPROVED: "participation_approved",
    State.WAITING: "participation_waiting",
    State.REFUSED: "participation_refused",
    State.WITHDRAWN: "participation_withdrawn",
}


def tell_of_decisions(fair: Fair, *, now: datetime) -> None:
    """Notifies the managers of each company whose state is another than it was told, if the fair is open. Idempotent.

    Called when the fair opens, and after an import: what was decided in a draft is told then, once, as it is by then.
    """
    if fair.state != Fair.State.OPEN:
        return
    rows = Participation.objects.select_for_update(of=("self",)).filter(fair=fair).exclude(told_state="")
    for row in rows.exclude(told_state=F("state")).select_related("company").order_by("pk"):
        tell_of_decision(row, fair, now=now)
        row.save(update_fields=["told_state"])


def tell_of_decision(row: Participation, fair: Fair, *, now: datetime) -> None:
    """Notifies the company's managers of its state, if the fair is open, and notes that; the caller saves the row."""
    if fair.state != Fair.State.OPEN:
        return
    path = fair.get_absolute_url()
    if row.state == State.INVITED:
        path = reverse("pages:company_invitation", args=[fair.slug, row.pk])
    managers = User.objects.filter(positions__company=row.company_id, positions__is_manager=True, is_active=True)
    named = {"company": row.company.name}
    notify(managers, fair=fair, code=CODES[State(row.state)], parameters=named, path=path, now=now)
    row.told_state = row.state
