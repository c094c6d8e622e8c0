"""What organisers change of their fair's set-up, each from the form of its page.

A form that is returned has been stored unless it has errors. Each act is in the audit log.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import QueryDict

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.errors import Refused
from fairplatform.fairs.models import Body, Fair, WorkingHours
from fairplatform.fairs.slots import replace_slots
from fairplatform.policy import load

from .fair_form import FairForm
from .forms import SetupForm
from .row_forms import HoursForm
from .rows import RowKind
from .working_time import dates_of, usual_rows

PERMISSION = "fair.organise"


@transaction.atomic
def save_settings(actor: Actor, *, fair: int, data: QueryDict) -> FairForm:
    """The form of the fair itself. The slots are made again, which may be longer now; both or neither."""
    row = _locked_fair(actor, fair)
    form = FairForm(data, fair=row, instance=row)

    def store() -> None:
        form.save()
        replace_slots(row)

    if form.is_valid() and _stored(form, store, field="slot_minutes"):
        before, after = form.changes()
        _audit(actor, row, before=before, after=after)
    return form


@transaction.atomic
def save_row(actor: Actor, *, fair: int, kind: RowKind[Any], pk: int | None, data: QueryDict) -> SetupForm[Any]:
    """The form of a row of the fair, without `pk` of a new one. Raises Refused("not_found")."""
    # Rows that must not be alike are compared while nobody else adds one.
    owner = _locked_fair(actor, fair)
    row = kind.new(owner) if pk is None else kind.get(owner, pk, lock=True)
    form = kind.form(data, fair=owner, instance=row)
    if form.is_valid() and _stored(form, lambda: kind.save(form)):
        before, after = (None, form.values()) if pk is None else form.changes()
        _audit(actor, row, before=before, after=after)
    return form


@transaction.atomic
def remove_row(actor: Actor, *, fair: int, kind: RowKind[Any], pk: int) -> str:
    """Why the row stays, in the reader's language; empty where it is removed. Raises Refused("not_found")."""
    owner = _locked_fair(actor, fair)
    row = kind.get(owner, pk, lock=True)
    reason = kind.why_kept(row)
    if not reason:
        _audit(actor, row, before=kind.form(fair=owner, instance=row).values(), after=None)
        kind.remove(row)
    return reason


@transaction.atomic
def enter_usual_hours(actor: Actor, *, fair: int) -> None:
    """Enters the usual hours of the countries that have them, so that they can be changed."""
    owner = _locked_fair(actor, fair)
    for row in WorkingHours.objects.bulk_create(usual_rows(owner)):
        _audit(actor, row, before=None, after=HoursForm(fair=owner, instance=row).values())


@transaction.atomic
def confirm_no_holidays(actor: Actor, *, fair: int, country: str) -> None:
    """Keeps that none of the fair's days is a holiday in this country of it. Raises Refused("not_found")."""
    owner = _locked_fair(actor, fair)
    if country not in owner.countries:
        raise Refused("not_found")
    before = owner.holidays_checked
    owner.holidays_checked = before | {country: dates_of(owner)}
    owner.save(update_fields=["holidays_checked"])
    _audit(actor, owner, before={"holidays_checked": before}, after={"holidays_checked": owner.holidays_checked})


@transaction.atomic
def move_body(actor: Actor, *, fair: int, body: int, up: bool) -> None:
    """Moves a body up or down among those with the same part in the fair. Raises Refused("not_found")."""
    bodies = list(_locked_fair(actor, fair).bodies.order_by("rank", "pk"))
    moved = next((one for one in bodies if one.pk == body), None)
    if moved is None:
        raise Refused("not_found")
    peers = [one for one in bodies if one.part == moved.part]
    at = peers.index(moved)
    to = at - 1 if up else at + 1
    if 0 <= to < len(peers):
        before = moved.rank
        peers.insert(to, peers.pop(at))
        _number(peers + [one for one in bodies if one.part != moved.part])
        _audit(actor, moved, before={"rank": before}, after={"rank": moved.rank})


def _number(bodies: list[Body]) -> None:
    """Ranks them in this order; those of one part are shown together."""
    for rank, body in enumerate(bodies, start=1):
        body.rank = rank
    Body.objects.bulk_update(bodies, ["rank"])


def _locked_fair(actor: Actor, pk: int) -> Fair:
    return load(Fair, actor, PERMISSION, lock=True, pk=pk)


def _stored(form: SetupForm[Any], store: Callable[[], None], field: str | None = None) -> bool:
    """Whether it was stored; what refuses it is an error of this field, or of the whole form."""
    try:
        # Undone by itself where it is refused: the form is shown again.
        with transaction.atomic():
            store()
    except Refused as refused:
        form.add_error(field, refused.sentence)
        return False
    return True


def _audit(actor: Actor, row: Any, *, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
    """Writes what was added, changed or removed; nothing where nothing was changed."""
    if before != after:
        write_audit_entry(actor, PERMISSION, row, before=before, after=after)
