"""Entering and removing absences, and preferred hours.

An absence over a meeting is accepted: whoever is absent is, and organisers are told.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Absence, Fair, Participation
from fairplatform.notices.actions import notify
from fairplatform.policy import Role, load
from meetings.models import Meeting

from .forms import AbsenceForm, HoursForm
from .owners import Owner, owners
from .queries import hit

PERMISSION = "absences.keep"


@transaction.atomic
def add_absence(
    actor: Actor, *, fair: int, data: QueryDict, company: int | None = None, now: datetime
) -> tuple[AbsenceForm, list[Meeting]]:
    """The form, stored unless it has errors, and the meetings that it falls on.

    `company`: whose owners an organiser chose from (`owners`).
    """
    owner_fair: Fair = load(Fair, actor, PERMISSION, pk=fair)
    form = AbsenceForm(data, fair=owner_fair, owners=owners(actor.person, owner_fair, company=company))
    if not form.is_valid():
        return form, []
    owner = form.owners[form.cleaned_data["who"]]
    row = _store(owner_fair, owner, form)
    if row is None:
        form.add_error(None, _("This absence has been entered already."))
        return form, []
    _record(actor, row, before=None, after=_values(row))
    meetings = hit(row, owner, now)
    if meetings:
        _tell(actor, owner_fair, owner, meetings, now)
    return form, meetings


@transaction.atomic
def remove_absence(actor: Actor, *, fair: int, absence: int) -> None:
    """Raises Refused("not_found") for one that is not theirs to remove."""
    owner_fair: Fair = load(Fair, actor, PERMISSION, pk=fair)
    row = Absence.objects.filter(fair=owner_fair, pk=absence).first()
    if row is None or not any(one.owns(row) for one in owners(actor.person, owner_fair)):
        raise Refused("not_found")
    _record(actor, row, before=_values(row), after=None)
    row.delete()


@transaction.atomic
def keep_hours(actor: Actor, *, fair: int, data: QueryDict, company: int | None = None) -> HoursForm:
    """The form, stored unless it has errors: when a company would rather meet. `company`: as for an absence."""
    owner_fair: Fair = load(Fair, actor, PERMISSION, pk=fair)
    form = HoursForm(data, owners=owners(actor.person, owner_fair, company=company), company=company)
    if form.is_valid():
        row, before = form.chosen, _hours(form.chosen)
        row.preferred_from, row.preferred_until = form.hours
        row.save(update_fields=["preferred_from", "preferred_until"])
        write_audit_entry(actor, PERMISSION, row, before=before, after=_hours(row))
    return form


def _hours(row: Participation) -> dict[str, object]:
    return {name: getattr(row, name) and str(getattr(row, name)) for name in ("preferred_from", "preferred_until")}


def _store(fair: Fair, owner: Owner, form: AbsenceForm) -> Absence | None:
    """With its zone, so that the times stay what they are if the person's changes; None where there is one already."""
    times = {name: form.cleaned_data[name] for name in ("date", "from_time", "until_time")}
    whose = {"fair": fair, "participation": owner.company, "user": owner.user}
    # The constraint of SQLite takes two rows without a company, or without a person, for different ones.
    if Absence.objects.filter(**whose, **times, zone__in=("", owner.zone)).exists():
        return None
    try:
        with transaction.atomic():
            return Absence.objects.create(**whose, **times, zone=owner.zone)
    except IntegrityError:
        return None


def _record(actor: Actor, row: Absence, *, before: object, after: object) -> None:
    """What somebody enters for others stands in the audit log."""
    if actor.is_proxy or row.user_id != actor.person.pk:
        write_audit_entry(actor, PERMISSION, row, before=before, after=after)


def _values(row: Absence) -> dict[str, object]:
    times = {name: getattr(row, name) and str(getattr(row, name)) for name in ("from_time", "until_time")}
    return {"company": row.participation_id, "user": row.user_id, "date": str(row.date), **times, "zone": row.zone}


def _tell(actor: Actor, fair: Fair, owner: Owner, meetings: list[Meeting], now: datetime) -> None:
    """The other organisers learn whose meetings are in danger, and when the first is."""
    organisers = User.objects.filter(roles__fair=fair, roles__role=Role.ORGANISER, is_active=True)
    path = reverse("meetings:absences", args=[fair.slug])
    if owner.company:
        path += f"?company={owner.company.pk}"
    parameters = {"name": owner.name, "number": len(meetings), "at": meetings[0].starts_at}
    people = organisers.exclude(pk=actor.user.pk).distinct()
    notify(people, fair=fair, code="absence_over_meetings", parameters=parameters, path=path, now=now)
