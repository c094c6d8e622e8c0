"""What the pages of a person show: their account, each of their places with its form, and a form for a new one."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import Staff, User, Viewer
from fairplatform.fairs.models import Fair, Participation, RoleAssignment
from fairplatform.fairs.sharing import Elsewhere
from fairplatform.i18n.text import LANGUAGES
from fairplatform.i18n.times import country_of

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


@dataclass(frozen=True)
class NewPersonForms:
    """The forms of the page that adds a person: the account, and what they are to be in the fair."""

    person: PersonForm
    place: PlaceForm

    @classmethod
    def of(
        cls, organiser: Viewer, fair: Fair, data: QueryDict | None = None, *, company: Participation | None = None
    ) -> "NewPersonForms":
        """`company`: where they work, as far as the page knows before anything is typed."""
        country = company.company.country if company else ""
        # Their own language where the program has it.
        language = next((code for code in LANGUAGES if country_of(code) == country), "en")
        user = User(country=country, language=language)
        person = PersonForm(data, fair=fair, instance=user)
        return cls(person, PlaceForm(data, fair=fair, organiser=organiser, company=company))

    def are_valid(self) -> bool:
        """Checks both, so that each shows what is wrong in it."""
        return self.person.is_valid() & self.place.is_valid()


def person_form(actor: Actor, member: FairPerson, data: QueryDict | None = None) -> PersonForm | None:
    """None where the account is not for these organisers to change."""
    if member.is_invited or Elsewhere.of(actor.person.pk).has(member.user):
        return None
    return PersonForm(data, fair=member.fair, instance=member.user, registration=member.registration)


def place_form(actor: Actor, row: Row, data: QueryDict | None = None) -> StaffForm | RoleForm | None:
    """The form of a position or role, its inputs named apart from those of the others."""
    if isinstance(row, RoleAssignment):
        return RoleForm(data, instance=row, prefix=place_name(row))
    if Elsewhere.of(actor.person.pk).has(row.company):
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
    }
