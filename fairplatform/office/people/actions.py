"""Adding people to a fair, inviting those who have an account elsewhere, changing their places, removing them."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import Staff, User
from fairplatform.errors import Refused
from fairplatform.fairs.invitations import Invitation, fulfil
from fairplatform.fairs.models import Fair, Registration, RoleAssignment
from fairplatform.fairs.models.participation import KEY_LENGTH
from fairplatform.fairs.sharing import is_account_shared, is_company_shared
from fairplatform.i18n.text import Translated
from fairplatform.policy import Role, check

from .forms import PersonForm
from .members import FairPerson
from .places import Place, RoleForm, StaffForm, has_place


@transaction.atomic
def add_person(actor: Actor, *, fair: Fair, form: PersonForm, place: Place, now: datetime) -> Registration:
    """Registers a person in the fair, from a valid form.

    Somebody without an account gets one. An account that exists is never touched, and gets no place: it is invited.
    Raises Refused("person_registered").
    """
    check(actor, "fair.organise", fair)
    if account := form.other_account():
        return _invite(actor, fair, account, form, place)
    form.instance.set_unusable_password()
    user = form.save()
    registration = _with_remarks(register(fair, user, now=now), form)
    _give(actor, fair, user, place)
    _audit(actor, registration, after={"place": place, **form.changes()[1]})
    return registration


def _invite(actor: Actor, fair: Fair, user: User, form: PersonForm, place: Place) -> Registration:
    known = FairPerson.load_for(actor.person, fair=fair.slug, user=user.pk)
    if known and (known.registration or known.roles or not is_account_shared(user, actor.person)):
        raise Refused("person_registered")
    name = form.cleaned_data["name"]
    registration = Registration.objects.create(
        fair=fair,
        user=user,
        key=free_key(fair, name),
        invitation={**place, "name": name, "invited_by": actor.person.pk},
        remarks=form.cleaned_data["remarks"],
    )
    _audit(actor, registration, after={"invitation": registration.invitation})
    return registration


@transaction.atomic
def change_person(actor: Actor, *, member: FairPerson, form: PersonForm, now: datetime) -> None:
    """Stores what a valid form changes of the account and the remarks."""
    before, after = form.changes()
    if after:
        form.save()
        registration = _with_remarks(register(member.fair, member.user, now=now), form)
        _audit(actor, registration, before=before, after=after)


@transaction.atomic
def add_place(actor: Actor, *, member: FairPerson, place: Place, now: datetime) -> None:
    """Raises Refused: place_taken, not_accepted."""
    _check_accepted(actor, member)
    if has_place(member.fair, member.user, place):
        raise Refused("place_taken")
    _give(actor, member.fair, member.user, place)
    _audit(actor, register(member.fair, member.user, now=now), after={"place": place})


@transaction.atomic
def change_place(actor: Actor, *, member: FairPerson, form: StaffForm | RoleForm, now: datetime) -> None:
    """Stores what a valid form changes of a position or role. Raises Refused: not_accepted."""
    _check_accepted(actor, member)
    before, after = form.changes()
    if after:
        place = form.save()
        about = {"place": f"{place._meta.label_lower}:{place.pk}"}
        _audit(actor, register(member.fair, member.user, now=now), before=about | before, after=about | after)


@transaction.atomic
def remove_place(actor: Actor, *, member: FairPerson, place: Staff | RoleAssignment, now: datetime) -> None:
    """Ends a position or role. Raises Refused: last_organiser, company_shared, not_accepted."""
    _check_accepted(actor, member)
    _check_removable(actor, member, [place])
    before = {"place": _described(place)}
    place.delete()
    _audit(actor, register(member.fair, member.user, now=now), before=before)


@transaction.atomic
def remove_person(actor: Actor, *, member: FairPerson, now: datetime) -> None:
    """Ends all they are in this fair, or takes an invitation back; their account stays.

    Raises Refused: last_organiser, company_shared, not_accepted.
    """
    if not member.is_invited:
        _check_accepted(actor, member)
    places: list[Staff | RoleAssignment] = [*member.staff, *member.roles]
    _check_removable(actor, member, places)
    registration = register(member.fair, member.user, now=now)
    before = {"user": member.user.pk, "key": registration.key, "places": [_described(place) for place in places]}
    _audit(actor, registration, before=before)
    for place in places:
        place.delete()
    registration.delete()


def register(fair: Fair, user: User, *, now: datetime) -> Registration:
    """The person's registration; a new one for somebody who has a place in the fair without it."""
    registration = Registration.objects.filter(fair=fair, user=user).first()
    return registration or Registration.objects.create(
        fair=fair, user=user, key=free_key(fair, user.name), accepted_at=now
    )


def _give(actor: Actor, fair: Fair, user: User, place: Place) -> None:
    fulfil(Invitation.model_validate({**place, "invited_by": actor.person.pk}), fair=fair, user=user)


def free_key(fair: Fair, name: Translated) -> str:
    """The organiser's short name for a person, made of their name in Latin letters if they have one."""
    stem = slugify(name.get("en", ""))[: KEY_LENGTH - 6] or "person"
    taken = set(Registration.objects.filter(fair=fair, key__startswith=stem).values_list("key", flat=True))
    number, key = 1, stem
    while key in taken:
        number += 1
        key = f"{stem}-{number}"
    return key


def _check_accepted(actor: Actor, member: FairPerson) -> None:
    """Somebody of another fair is in this one by accepting it themselves, never by what its organisers do.

    A role that this fair gave them without a registration, as its first organiser has, counts as accepted.
    """
    has_role = member.registration is None and member.roles
    is_accepted = has_role or (member.registration is not None and not member.registration.is_invitation)
    if member.is_invited or (not is_accepted and is_account_shared(member.user, actor.person)):
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
            if is_company_shared(place.company, actor.person):
                raise Refused("company_shared")
        elif place.role == Role.ORGANISER and not others.exclude(user=member.user).exists():
            raise Refused("last_organiser")


def _described(place: Staff | RoleAssignment) -> dict[str, Any]:
    if isinstance(place, Staff):
        return {"company": place.company_id, "position": place.position, "is_manager": place.is_manager}
    return {"role": place.role, "unit": place.unit_id}


def _audit(actor: Actor, registration: Registration, *, before: Any = None, after: Any = None) -> None:
    write_audit_entry(actor, "fair.organise", registration, before=before, after=after)
