"""What a person's page shows: their account, each of their places with its form, and a form for a new one."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import Staff
from fairplatform.fairs.models import RoleAssignment
from fairplatform.fairs.sharing import is_account_shared, is_company_shared

from .forms import PersonForm
from .members import FairPerson
from .places import PlaceForm, RoleForm, StaffForm

Row = Staff | RoleAssignment


@dataclass(frozen=True)
class PlaceShown:
    """A position or role; `form` is None where the company belongs to another fair too."""

    name: str
    row: Row
    form: StaffForm | RoleForm | None

    @property
    def in_company(self) -> bool:
        return isinstance(self.row, Staff)

    @property
    def has_fields(self) -> bool:
        return self.form is not None and any(not field.is_hidden for field in self.form)


def person_form(actor: Actor, member: FairPerson, data: QueryDict | None = None) -> PersonForm | None:
    """None where the account is not for these organisers to change."""
    if member.is_invited or is_account_shared(member.user, actor.person):
        return None
    return PersonForm(data, fair=member.fair, instance=member.user, registration=member.registration)


def place_form(actor: Actor, row: Row, data: QueryDict | None = None) -> StaffForm | RoleForm | None:
    """The form of a position or role, its inputs named apart from those of the others."""
    if isinstance(row, RoleAssignment):
        return RoleForm(data, instance=row, prefix=place_name(row))
    if is_company_shared(row.company, actor.person):
        return None
    return StaffForm(data, instance=row, prefix=place_name(row))


def place_name(row: Row) -> str:
    """How addresses and inputs call it: `staff-12`, `role-5`."""
    return f"{'staff' if isinstance(row, Staff) else 'role'}-{row.pk}"


def place_called(member: FairPerson, name: str) -> Row | None:
    rows: list[Row] = [*member.staff, *member.roles]
    return next((row for row in rows if place_name(row) == name), None)


def page_context(actor: Actor, member: FairPerson, *bound: forms.BaseForm | None) -> dict[str, Any]:
    """The context of the page; a form in `bound` stands in the place of its unbound one."""
    by_prefix = {form.prefix: form for form in bound if form is not None}
    rows: list[Row] = [*member.staff, *member.roles]
    form = person_form(actor, member)
    places = []
    for row in rows:
        own = place_form(actor, row)
        places.append(PlaceShown(place_name(row), row, own and by_prefix.get(own.prefix, own)))  # type: ignore[arg-type]
    return {
        "fair": member.fair,
        "member": member,
        "forms": [by_prefix.get(form.prefix, form)] if form else [],
        "places": places,
        "place_form": by_prefix.get(PlaceForm.prefix) or PlaceForm(None, fair=member.fair, organiser=actor.person),
        "is_refused": bool(bound),
    }
