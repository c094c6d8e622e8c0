"""What a person does in a fair: a position in a company, or a role."""

from collections.abc import Sequence
from dataclasses import dataclass

from booths.actions import add_to_inquiries
from booths.models import Inquiry
from fairplatform.accounts.models import Staff, User
from fairplatform.fairs.models import FIELDS_OF_ROLE, CompanyRole, Participation, Registration, RoleAssignment
from fairplatform.fairs.sharing import end_place

from ..fields import Field, Plain, Reference, attributes_of, write_all
from .sheet import Change, Work, in_parts, save

STAFF: tuple[Field, ...] = (Plain("position"), Plain("decides"), Plain("lead", "is_lead"))
ROLE: tuple[Field, ...] = (
    Reference("recruiting_unit", "units", "unit_id"),
    Plain("interprets", "language_pairs"),
    Plain("max_minutes_a_day"),
    Plain("on_call"),
)
# The columns of what an invitation holds, by its field.
COLUMN_OF_FIELD = {
    "role": "role",
    "company": "company",
    "position": "position",
    "decides": "decides",
    "lead": "lead",
    "unit": "recruiting_unit",
    "language_pairs": "interprets",
    "max_minutes_a_day": "max_minutes_a_day",
    "on_call": "on_call",
}
# The columns that a role has, besides those that everybody has.
OF_ROLE = {role: {COLUMN_OF_FIELD[field] for field in fields} for role, fields in FIELDS_OF_ROLE.items()}
ALL_OF_ROLES = frozenset(column for columns in OF_ROLE.values() for column in columns)


@dataclass
class Person:
    """A person in one fair: what of their positions and roles the sheet's row says."""

    user: User
    registration: Registration
    staff: Staff | None = None
    role: RoleAssignment | None = None

    @property
    def pk(self) -> int:
        """Of the account, which the person's key stands for."""
        return self.user.pk


def store_positions(pairs: Sequence[tuple[Person, Change]], work: Work) -> None:
    """Writes each person's position or role; the one it replaces ends."""
    companies = dict(Participation.objects.filter(fair=work.the_fair).values_list("pk", "company"))
    staff, roles = [], []
    for person, change in pairs:
        if change.values["role"] in CompanyRole.values:
            participation = work.keys.row("companies", change.values.get("company"))
            staff.append(_staff(person, change, companies[participation or 0], work))
        else:
            roles.append(_role(person, change, work))
    _store_staff(staff)
    # Somebody may have the role already, besides the one that this sheet shows.
    RoleAssignment.objects.bulk_create([role for role in roles if role.pk is None], ignore_conflicts=True)
    save(RoleAssignment, [role for role in roles if role.pk], ["role", *attributes_of(ROLE)])


def _staff(person: Person, change: Change, company: int, work: Work) -> Staff:
    staff = person.staff
    if person.role or (staff and staff.company_id != company):
        _end(person)
        staff = None
    staff = staff or Staff(company_id=company, user=person.user)
    write_all(STAFF, staff, change.values, work.keys)
    staff.is_manager = change.values["role"] == CompanyRole.MANAGER
    return staff


def _role(person: Person, change: Change, work: Work) -> RoleAssignment:
    if person.staff:
        _end(person)
    role = person.role or RoleAssignment(fair=work.the_fair, user=person.user)
    role.role = str(change.values["role"])
    write_all(ROLE, role, change.values, work.keys)
    return role


def _end(person: Person) -> None:
    for row in (person.staff, person.role):
        if row:
            end_place(row)


def _store_staff(rows: Sequence[Staff]) -> None:
    """New staff joins the conversations of its company's booths, as `post_save` would have it, which is not sent."""
    attributes = [*attributes_of(STAFF), "is_manager"]
    new = [row for row in rows if row.pk is None]
    Staff.objects.bulk_create(new, update_conflicts=True, unique_fields=["company", "user"], update_fields=attributes)
    save(Staff, [row for row in rows if row.pk], attributes)
    asked: set[int] = set()
    for part in in_parts(list({row.company_id for row in new})):
        inquiries = Inquiry.objects.filter(booth__participation__company__in=part)
        asked.update(inquiries.values_list("booth__participation__company", flat=True))
    for row in new:
        if row.company_id in asked:
            add_to_inquiries(row, created=True)
