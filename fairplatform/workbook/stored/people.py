"""People: their account, their registration in the fair, and the one position or role that the sheet gives them."""

import secrets
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, UNUSABLE_PASSWORD_SUFFIX_LENGTH
from django.db.models import Q
from django.utils import timezone

from fairplatform.accounts.models import Staff, User
from fairplatform.fairs.invitations import Invitation
from fairplatform.fairs.models import Fair, Participation, Registration, RoleAssignment

from ..fields import (
    ENDINGS,
    Field,
    Plain,
    Values,
    Words,
    attributes_of,
    columns_of,
    read_all,
    translated,
    write_all,
)
from ..keys import KeyBook
from .positions import OF_ROLE, ROLE, STAFF, Person, store_positions
from .sheet import Change, Stored, Tiers, Work, by_names, give_keys, save

USER: tuple[Plain | Words, ...] = (
    Words("name"),
    Plain("email", empty=None),
    Plain("mobile", "phone"),
    Plain("wechat"),
    Plain("whatsapp"),
    Plain("speaks"),
    Plain("country"),
    Plain("zone"),
    Plain("salutation"),
)
# The column of each field of an invitation that has no reference.
PLACE = {
    "role": "role",
    "position": "position",
    "decides": "decides",
    "lead": "lead",
    "interprets": "language_pairs",
    "max_minutes_a_day": "max_minutes_a_day",
    "on_call": "on_call",
}
USER_COLUMNS = columns_of(USER) | {"write_in"}
REGISTRATION: tuple[Field, ...] = (Plain("key"), Plain("consent_on"), Plain("remarks"))


class PersonSheet:
    name = "people"

    def read(self, fair: Fair, keys: KeyBook) -> list[Stored]:
        companies = {row.company_id: row.pk for row in Participation.objects.filter(fair=fair)}
        found = [self._stored(person, companies, keys) for person in _people(fair)]
        give_keys(found, lambda person: [person.user.name.get("en", ""), "person"])
        for stored in found:
            keys.add(self.name, stored.values["key"], stored.row.user.pk)
        return found

    def _stored(self, person: Person, companies: dict[int, int], keys: KeyBook) -> Stored:
        own = read_all(REGISTRATION, person.registration, keys)
        if person.registration.pk and person.registration.accepted_at is None:
            return Stored(_invited_cells(person.registration.invitation, keys) | own, person, is_invited=True)
        cells = read_all(USER, person.user, keys) | own
        cells |= {"write_in": short_language(person.user.language)}
        cells["speaks"] = [short_language(code) for code in person.user.speaks]
        if person.user.phone:
            cells["mobile"] = str(person.user.phone)
        if person.staff:
            cells |= read_all(STAFF, person.staff, keys)
            cells |= {"role": "manager" if person.staff.is_manager else "staff"}
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


def short_language(code: str) -> str:
    """The language as a workbook writes it: `zh`, where pages are in `zh-hans`."""
    return "zh" if code == "zh-hans" else code


def _people(fair: Fair) -> list[Person]:
    """Those who are registered in the fair, then those who are in it by a role or a company alone."""
    staff, roles = _positions(fair)
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


def _positions(fair: Fair) -> tuple[dict[int, Staff], dict[int, RoleAssignment]]:
    """By person, the company of this fair they work for and their role in it, of several the first.

    Who works for a company that is in other fairs too is in this one only once they are registered here.
    """
    own = Participation.objects.filter(fair=fair).exclude(state=Participation.State.INVITED)
    elsewhere = Participation.objects.exclude(fair=fair).values("company")
    here = Registration.objects.filter(fair=fair).values("user")
    rows = Staff.objects.filter(company__in=own.values("company"))
    rows = rows.filter(Q(user__in=here) | ~Q(company__in=elsewhere))
    staff = {row.user_id: row for row in rows.order_by("-pk")}
    return staff, {row.user_id: row for row in fair.roles.order_by("-pk")}


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
        language = str(change.values["write_in"])
        person.user.language = "zh-hans" if language == "zh" else language
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
    if registration.invitation != invitation:
        registration.invitation, registration.accepted_at, registration.declined_at = invitation, None, None


def _invitation(values: Values, keys: KeyBook) -> dict[str, object]:
    """fairs.invitations.Invitation, how the organiser calls the person, and `cells`: the row as it was written."""
    place = {name: values[column] for column, name in PLACE.items() if column in values}
    place["company"] = keys.row("companies", values.get("company"))
    place["unit"] = keys.row("units", values.get("recruiting_unit"))
    cells = {column: cell for column, cell in values.items() if column not in attributes_of(REGISTRATION)}
    return {
        **Invitation.model_validate(place).model_dump(mode="json"),
        "name": translated("name", values),
        "cells": cells,
    }


def _invited_cells(invitation: dict[str, Any], keys: KeyBook) -> dict[str, object]:
    """The row of an invitation; of one that was made in the office, from what it holds."""
    if "cells" in invitation:
        return dict(invitation["cells"])
    name = invitation.get("name", {})
    cells = {column: invitation.get(key) for column, key in PLACE.items()}
    cells |= {"company": keys.key("companies", invitation.get("company"))}
    cells |= {"recruiting_unit": keys.key("units", invitation.get("unit"))}
    cells |= {f"name_{ending}": name.get(code) for ending, code in ENDINGS.items()}
    return {column: cell for column, cell in cells.items() if cell not in (None, "", [], False)}
