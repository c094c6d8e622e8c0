"""Adding people to a fair, inviting those who have an account elsewhere, changing their places, removing them."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import QueryDict

from fairplatform.accounts.actions import end_earlier_access
from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import Staff, User
from fairplatform.errors import Refused
from fairplatform.fairs.invitations import fulfil
from fairplatform.fairs.keys import new_key
from fairplatform.fairs.models import Fair, Invitation, Participation, Registration, RoleAssignment
from fairplatform.fairs.sharing import Elsewhere, end_place, is_of_one_company
from fairplatform.i18n.text import Translated
from fairplatform.policy import Role, load

from .forms import PersonForm
from .members import FairPerson
from .page import NewPersonForms, person_form, place_called, place_form
from .places import PlaceForm, RoleForm, StaffForm, has_place

PERMISSION = "fair.organise"


@transaction.atomic
def add_person(
    actor: Actor, *, fair: int, data: QueryDict, company: Participation | None = None, now: datetime
) -> tuple[NewPersonForms, Registration | None]:
    """The forms, and the registration of the person where they have no errors.

    Somebody without an account gets one. An account that exists is never touched, and gets no place: it is invited.
    """
    owner = load(Fair, actor, PERMISSION, lock=True, pk=fair)
    forms = NewPersonForms.of(actor.person, owner, data, company=company)
    if not forms.are_valid():
        return forms, None
    account = forms.person.other_account()
    if account is None:
        return forms, _register_new(actor, owner, forms, now)
    try:
        return forms, _invite(actor, owner, account, forms)
    except Refused as refused:
        forms.person.add_error("email", refused.sentence)
        return forms, None


def _register_new(actor: Actor, fair: Fair, forms: NewPersonForms, now: datetime) -> Registration:
    form, offer = forms.person, forms.place.offer
    form.instance.set_unusable_password()
    user = form.save()
    registration = _with_remarks(register(fair, user, now=now), form)
    fulfil(offer, fair=fair, user=user)
    _audit(actor, registration, after={"place": _particulars(offer), **form.changes()[1]})
    return registration


def _invite(actor: Actor, fair: Fair, user: User, forms: NewPersonForms) -> Registration:
    """Raises Refused("person_registered")."""
    known = FairPerson.load_for(actor.person, fair=fair.slug, user=user.pk)
    if known and (known.registration or known.roles or not Elsewhere.of(actor.person.pk).has(user)):
        raise Refused("person_registered")
    name = forms.person.cleaned_data["name"]
    registration = Registration.objects.create(
        fair=fair,
        user=user,
        key=key_for(fair, name),
        invitation=forms.place.offer.model_copy(update={"name": name}).stored(),
        remarks=forms.person.cleaned_data["remarks"],
    )
    _audit(actor, registration, after={"invitation": registration.invitation})
    return registration


@transaction.atomic
def change_person(actor: Actor, *, fair: str, user: int, data: QueryDict, now: datetime) -> PersonForm:
    """The form of the account and the remarks, stored unless it has errors.

    Raises Refused("account_shared") where the account is not this organiser's to change.
    """
    member = _locked(actor, fair, user)
    form = person_form(actor, member, data)
    if form is None:
        raise Refused("account_shared")
    if form.is_valid():
        before, after = form.changes()
        if after:
            form.save()
            registration = _with_remarks(register(member.fair, member.user, now=now), form)
            _audit(actor, registration, before=before, after=after)
    return form


@transaction.atomic
def add_place(actor: Actor, *, fair: str, user: int, data: QueryDict, now: datetime) -> PlaceForm:
    """The form of a new position or role, which they have now unless it has errors."""
    member = _locked(actor, fair, user)
    form = PlaceForm(data, fair=member.fair, organiser=actor.person)
    if form.is_valid():
        try:
            _check_accepted(actor, member)
            if has_place(member.fair, member.user, form.offer):
                raise Refused("place_taken")
        except Refused as refused:
            form.add_error("role", refused.sentence)
        else:
            _give_place(member, form.offer)
            after = {"place": _particulars(form.offer)}
            _audit(actor, register(member.fair, member.user, now=now), after=after)
    return form


def _give_place(member: FairPerson, offer: Invitation) -> None:
    """Whoever was one company's alone may have a link that its managers have seen: it does not open what is more."""
    was_of_company = is_of_one_company(member.user)
    fulfil(offer, fair=member.fair, user=member.user)
    if was_of_company and not is_of_one_company(member.user):
        end_earlier_access(member.user)


@transaction.atomic
def change_place(
    actor: Actor, *, fair: str, user: int, place: str, data: QueryDict, now: datetime
) -> StaffForm | RoleForm:
    """The form of a position or role, stored unless it has errors. Raises Refused: not_found, company_shared."""
    member = _locked(actor, fair, user)
    form = place_form(actor, _locked_place(member, place), data)
    if form is None:
        raise Refused("company_shared")
    if form.is_valid():
        try:
            _check_accepted(actor, member)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            _store_place(actor, member, form, now)
    return form


def _store_place(actor: Actor, member: FairPerson, form: StaffForm | RoleForm, now: datetime) -> None:
    before, after = form.changes()
    if after:
        place = form.save()
        about = {"place": f"{place._meta.label_lower}:{place.pk}"}
        _audit(actor, register(member.fair, member.user, now=now), before=about | before, after=about | after)


@transaction.atomic
def remove_place(actor: Actor, *, fair: str, user: int, place: str, now: datetime) -> None:
    """Ends a position or role. Raises Refused: not_found, last_organiser, company_shared, not_accepted."""
    member = _locked(actor, fair, user)
    row = _locked_place(member, place)
    _check_accepted(actor, member)
    _check_removable(actor, member, [row])
    before = {"place": _described(row)}
    end_place(row)
    _audit(actor, register(member.fair, member.user, now=now), before=before)


@transaction.atomic
def remove_person(actor: Actor, *, fair: str, user: int, now: datetime) -> None:
    """Ends all they are in this fair, or takes an invitation back; their account stays.

    Raises Refused: last_organiser, company_shared, not_accepted.
    """
    member = _locked(actor, fair, user)
    if not member.is_invited:
        _check_accepted(actor, member)
    places: list[Staff | RoleAssignment] = [*member.staff, *member.roles]
    _check_removable(actor, member, places)
    registration = register(member.fair, member.user, now=now)
    before = {"user": member.user.pk, "key": registration.key, "places": [_described(place) for place in places]}
    _audit(actor, registration, before=before)
    for place in places:
        end_place(place)
    registration.delete()


def _locked(actor: Actor, fair: str, user: int) -> FairPerson:
    """The person, whose account nobody else changes meanwhile. Raises Refused("not_found")."""
    member = load(FairPerson, actor, PERMISSION, fair=fair, user=user)
    # Two organisers who change each other do not wait for each other: what refers to an account may be stored.
    locked = User.objects.select_for_update(no_key=True).get(pk=member.user.pk)
    return member.with_user(locked)


def _locked_place(member: FairPerson, name: str) -> Staff | RoleAssignment:
    """Raises Refused("not_found") for a position or role that this person does not have."""
    row = place_called(member, name)
    if row is None:
        raise Refused("not_found")
    return type(row).objects.select_for_update().get(pk=row.pk)


def register(fair: Fair, user: User, *, now: datetime) -> Registration:
    """The person's registration; a new one for somebody who has a place in the fair without it."""
    registration = Registration.objects.filter(fair=fair, user=user).first()
    return registration or Registration.objects.create(
        fair=fair, user=user, key=key_for(fair, user.name), accepted_at=now
    )


def key_for(fair: Fair, name: Translated) -> str:
    """The organiser's short name for a person, made of their name in Latin letters if they have one."""
    taken = set(fair.registrations.values_list("key", flat=True))
    return new_key([name.get("en", ""), "person"], taken)


def _check_accepted(actor: Actor, member: FairPerson) -> None:
    """Somebody of another fair is in this one by accepting it themselves, never by what its organisers do.

    A role that this fair gave them without a registration, as its first organiser has, counts as accepted.
    """
    has_role = member.registration is None and member.roles
    is_accepted = has_role or (member.registration is not None and not member.registration.is_invitation)
    if member.is_invited or (not is_accepted and Elsewhere.of(actor.person.pk).has(member.user)):
        raise Refused("not_accepted")


def _with_remarks(registration: Registration, form: PersonForm) -> Registration:
    registration.remarks = form.cleaned_data["remarks"]
    registration.save(update_fields=["remarks"])
    return registration


def _check_removable(actor: Actor, member: FairPerson, places: list[Staff | RoleAssignment]) -> None:
    # Two organisers who remove each other at the same time wait here for one another.
    Fair.objects.select_for_update().get(pk=member.fair.pk)
    others = RoleAssignment.objects.filter(fair=member.fair, role=Role.ORGANISER, user__is_active=True)
    for place in places:
        if isinstance(place, Staff):
            if Elsewhere.of(actor.person.pk).has(place.company):
                raise Refused("company_shared")
        elif place.role == Role.ORGANISER and not others.exclude(user=member.user).exists():
            raise Refused("last_organiser")


def _described(place: Staff | RoleAssignment) -> dict[str, Any]:
    if isinstance(place, Staff):
        return {"company": place.company_id, "position": place.position, "is_manager": place.is_manager}
    return {"role": place.role, "unit": place.unit_id}


def _particulars(offer: Invitation) -> dict[str, Any]:
    return offer.model_dump(mode="json", exclude={"invited_by", "name", "cells"})


def _audit(actor: Actor, registration: Registration, *, before: Any = None, after: Any = None) -> None:
    write_audit_entry(actor, PERMISSION, registration, before=before, after=after)
