"""People: their account, their registration in the fair, and the one position or role that the sheet gives them."""

import secrets
from collections.abc import Sequence

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, UNUSABLE_PASSWORD_SUFFIX_LENGTH
from django.utils import timezone

from fairplatform.accounts.models import User
from fairplatform.fairs.members import positions
from fairplatform.fairs.models import CompanyRole, Fair, Invitation, Participation, Registration
from fairplatform.fairs.sharing import Elsewhere
from fairplatform.i18n.languages import short_language

from ..fields import (
    Field,
    Plain,
    Telephone,
    Values,
    Words,
    attributes_of,
    columns_of,
    read_all,
    translated,
    write_all,
)
from ..keys import KeyBook
from ..sheets import SUFFIXES
from ..written import of_account
from .positions import COLUMN_OF_FIELD, OF_ROLE, ROLE, STAFF, Person, store_positions
from .sheet import Change, Stored, Tiers, Work, by_names, give_keys, save

USER: tuple[Plain | Words, ...] = (
    Words("name"),
    Plain("email", empty=None),
    Plain("mobile", "phone"),
    Plain("wechat"),
    Telephone("whatsapp"),
    Plain("speaks"),
    Plain("country"),
    Plain("zone"),
    Plain("salutation"),
)
USER_COLUMNS = columns_of(USER) | {"write_in"}
REGISTRATION: tuple[Field, ...] = (Plain("key"), Plain("consent_on"), Plain("remarks"))


class PersonSheet:
    name = "people"

    def read(self, fair: Fair, keys: KeyBook, elsewhere: Elsewhere) -> list[Stored]:
        companies = {row.company_id: row.pk for row in Participation.objects.filter(fair=fair)}
        found = [self._stored(person, companies, keys) for person in _people(fair, elsewhere)]
        give_keys(found, lambda person: [person.user.name.get("en", ""), "person"])
        for stored in found:
            keys.add(self.name, stored.values["key"], stored.row.user.pk)
        return found

    def _stored(self, person: Person, companies: dict[int, int], keys: KeyBook) -> Stored:
        own = read_all(REGISTRATION, person.registration, keys)
        if person.registration.pk and person.registration.is_invitation:
            return Stored(_invited_cells(person.registration.offer, keys) | own, person, is_invited=True)
        cells = read_all(USER, person.user, keys) | own
        cells |= {"write_in": short_language(person.user.language)}
        cells["speaks"] = [short_language(code) for code in person.user.speaks]
        if person.user.phone:
            cells["mobile"] = str(person.user.phone)
        if person.staff:
            cells |= read_all(STAFF, person.staff, keys)
            cells |= {"role": str(CompanyRole.MANAGER if person.staff.is_manager else CompanyRole.STAFF)}
            cells |= {"company": keys.key("companies", companies[person.staff.company_id])}
        elif person.role:
            of_role = {"role", *OF_ROLE.get(person.role.role, ())}
            cells |= {name: cell for name, cell in read_all(ROLE, person.role, keys).items() if name in of_role}
            cells |= {"role": person.role.role}
        return Stored({name: cell for name, cell in cells.items() if cell not in ([], "")}, person)

    def tiers(self, values: Values) -> Tiers:
        email, mobile = str(values.get("email") or "").lower(), values.get("mobile")
        place = (values.get("role"), values.get("company") or values.get("recruiting_unit"))
        return [
            [("email", email)] if email else [],
            # The people of a firm may share its telephone.
            by_names("name", values, mobile) if mobile else [],
            by_names("name", values, *place),
        ]

    def store(self, work: Work, changes: Sequence[Change]) -> None:
        people = [change.stored.row if change.stored else _new(work, change) for change in changes]
        pairs = list(zip(people, changes, strict=True))
        _store_users(pairs, work)
        for person, change in pairs:
            person.registration.user = person.user
            write_all(REGISTRATION, person.registration, change.values, work.keys)
            _invite(person.registration, change, work)
        attributes = [*attributes_of(REGISTRATION), "invitation", "accepted_at", "declined_at"]
        save(Registration, [person.registration for person in people], attributes)
        for person, change in pairs:
            work.keys.add(self.name, change.values["key"], person.user.pk)
        store_positions([pair for pair in pairs if not pair[1].is_invited], work)


def _people(fair: Fair, elsewhere: Elsewhere) -> list[Person]:
    """Those who are registered in the fair, then those who are in it by a role or a company alone.

    Each with the company of this fair they work for, or their role in it, of several the first.
    """
    staff = {row.user_id: row for row in positions(fair, elsewhere).order_by("-pk")}
    roles = {row.user_id: row for row in fair.roles.order_by("-pk")}
    registrations = Registration.objects.filter(fair=fair).select_related("user").order_by("pk")
    people = {row.user_id: Person(row.user, row) for row in registrations}
    missing = (staff.keys() | roles.keys()) - people.keys()
    for pk, user in sorted(User.objects.in_bulk(missing).items()):
        people[pk] = Person(user, Registration(fair=fair, user=user, accepted_at=timezone.now()))
    for pk, person in people.items():
        if person.registration.accepted_at:
            person.staff = staff.get(pk)
            person.role = None if person.staff else roles.get(pk)
    return list(people.values())


def _new(work: Work, change: Change) -> Person:
    user = User(pk=change.invites) if change.invites else User(password=_no_password())
    return Person(user, Registration(fair=work.the_fair))


def _no_password() -> str:
    """As `make_password(None)` makes it, which takes a fifth of a millisecond, a letter at a time."""
    return UNUSABLE_PASSWORD_PREFIX + secrets.token_hex(UNUSABLE_PASSWORD_SUFFIX_LENGTH // 2)


def _store_users(pairs: Sequence[tuple[Person, Change]], work: Work) -> None:
    """Writes the accounts of this fair's own people and of new ones; nobody else's."""
    written = [(person, change) for person, change in pairs if _is_written(person, change)]
    for person, change in written:
        write_all(USER, person.user, change.values, work.keys)
        person.user.language = of_account(str(change.values["write_in"]))
    save(User, [person.user for person, _change in written], [*attributes_of(USER), "language"])


def _is_written(person: Person, change: Change) -> bool:
    is_foreign = change.stored is not None and (change.stored.is_shared or change.stored.is_invited)
    return person.user.pk is None or not (is_foreign or change.is_invited)


def _invite(registration: Registration, change: Change, work: Work) -> None:
    """Who belongs to another fair is asked, and asked again when the row says something else; all others are in."""
    if not change.is_invited:
        registration.invitation, registration.accepted_at = {}, registration.accepted_at or work.now
        return
    invitation = _invitation(change.values, work.keys)
    if registration.offer != invitation:
        registration.invitation = invitation.stored()
        registration.accepted_at = registration.declined_at = None


def _invitation(values: Values, keys: KeyBook) -> Invitation:
    """What the row offers, with the row itself, which an export shows again."""
    given = {field: values[column] for field, column in COLUMN_OF_FIELD.items() if column in values}
    own = attributes_of(REGISTRATION)
    return Invitation.model_validate(
        given
        | {
            "company": keys.row("companies", values.get("company")),
            "unit": keys.row("units", values.get("recruiting_unit")),
            "name": translated("name", values),
            "cells": {column: cell for column, cell in values.items() if column not in own},
        }
    )


def _invited_cells(offer: Invitation | None, keys: KeyBook) -> dict[str, object]:
    """The row of an invitation; of one that was made in the office, from what it holds."""
    if offer is None:
        return {}
    if offer.cells:
        return dict(offer.cells)
    stored = offer.stored()
    cells = {column: stored[field] for field, column in COLUMN_OF_FIELD.items()}
    cells |= {"company": keys.key("companies", offer.company), "recruiting_unit": keys.key("units", offer.unit)}
    cells |= {f"name_{ending}": offer.name.get(code) for ending, code in SUFFIXES.items()}
    return {column: cell for column, cell in cells.items() if cell not in (None, "", [], False)}
