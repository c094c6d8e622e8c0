"""Adding people to a company, inviting those who have an account elsewhere, changing and ending their work for it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import QueryDict

from booths.models import Booth
from booths.own_booth import load_own
from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import Company, Staff, User
from fairplatform.accounts.rate_limits import count_one
from fairplatform.errors import Refused
from fairplatform.fairs.invitations import fulfil
from fairplatform.fairs.models import Fair, Participation, Registration, RoleAssignment
from fairplatform.fairs.models.registration import RegistrationQuerySet
from fairplatform.fairs.sharing import end_place
from fairplatform.office.links.letters import send_access
from fairplatform.office.people.actions import key_for, register
from fairplatform.policy import load

from .colleague import Colleague
from .forms import ColleagueForms, NewColleagueForms, PositionForm

KEEP, MANAGE = "booth.keep", "booth.manage"
MOST_ADDED = 60  # people, and links, of one manager in an hour


@transaction.atomic
def add_colleague(
    actor: Actor, *, fair: str, data: QueryDict, now: datetime
) -> tuple[NewColleagueForms, Registration | None]:
    """The forms, and the registration of the person where they have no errors.

    Somebody without an account gets one. An account that exists is never touched, and gets no position: it is invited.
    Raises Refused("not_permitted").
    """
    booth = load_own(actor, MANAGE, fair)
    lock_company(actor, booth)
    forms = NewColleagueForms.of(booth, data)
    if not forms.are_valid():
        return forms, None
    account = forms.person.other_account()
    try:
        count_act(actor)
        added = _invite(actor, booth, account, forms) if account else _register_new(actor, booth, forms, now)
    except Refused as refused:
        forms.person.add_error(None if refused.code == "too_fast" else "email", refused.sentence)
        return forms, None
    return forms, added


def _register_new(actor: Actor, booth: Booth, forms: NewColleagueForms, now: datetime) -> Registration:
    form, position = forms.person, forms.position
    form.instance.set_unusable_password()
    user = form.save()
    registration = register(booth.fair, user, now=now)
    offer = position.offer(booth, actor.person.pk)
    fulfil(offer, fair=booth.fair, user=user)
    _audit(actor, booth, after={"user": user.pk, **form.changes()[1], **position.changes()[1]})
    return registration


def _invite(actor: Actor, booth: Booth, user: User, forms: NewColleagueForms) -> Registration:
    """Raises Refused: colleague_twice, colleague_invited, colleague_elsewhere."""
    form, position = forms.person, forms.position
    _check_invitable(booth, user)
    name = form.cleaned_data["name"]
    offer = position.offer(booth, actor.person.pk).model_copy(update={"name": name})
    registration = Registration.objects.create(
        fair=booth.fair, user=user, key=key_for(booth.fair, name), invitation=offer.stored()
    )
    send_access.enqueue(registration.pk)
    _audit(actor, booth, after={"user": user.pk, "invitation": registration.invitation})
    return registration


def _check_invitable(booth: Booth, user: User) -> None:
    """An invitation is one of the fair: whoever is in it already can have no other. What they are there is not told."""
    if Staff.objects.filter(company=booth.participation.company_id, user=user).exists():
        raise Refused("colleague_twice")
    if invitations_of(booth).filter(user=user).exists():
        raise Refused("colleague_invited")
    companies = Participation.objects.filter(fair=booth.fair).values("company")
    is_known = (
        Registration.objects.filter(fair=booth.fair, user=user).exists()
        or RoleAssignment.objects.filter(fair=booth.fair, user=user).exists()
        or Staff.objects.filter(company__in=companies, user=user).exists()
    )
    if is_known:
        raise Refused("colleague_elsewhere")


def invitations_of(booth: Booth) -> RegistrationQuerySet:
    """The invitations that managers of the company wrote, and that are not answered yet."""
    rows = Registration.objects.filter(fair=booth.fair_id, invitation__company=booth.participation_id)
    written = rows.filter(invitation__has_key="manager").exclude(invitation__manager=None)
    return written.filter(accepted_at=None).order_by("pk")


@transaction.atomic
def withdraw_invitation(actor: Actor, *, fair: str, registration: int) -> None:
    """Takes an invitation back. Raises Refused: not_permitted, not_found."""
    booth = load_own(actor, MANAGE, fair)
    row = invitations_of(booth).select_for_update().filter(pk=registration).first()
    if row is None:
        raise Refused("not_found")
    _audit(actor, booth, before={"user": row.user_id, "invitation": row.invitation})
    row.delete()


@transaction.atomic
def change_colleague(actor: Actor, *, fair: str, staff: int, data: QueryDict) -> ColleagueForms:
    """The forms, stored unless one has errors. Raises Refused("not_permitted") for who may change nothing of them."""
    colleague, is_manager = locked_colleague(actor, KEEP, fair, staff)
    forms = forms_for(actor, colleague, is_manager=is_manager, data=data)
    if not list(forms):
        raise Refused("not_permitted")
    if forms.are_valid() and _keeps_a_manager(colleague, forms):
        _store(actor, colleague, forms)
    return forms


def forms_for(actor: Actor, colleague: Colleague, *, is_manager: bool, data: QueryDict | None = None) -> ColleagueForms:
    is_self = actor.person.pk == colleague.user.pk
    return ColleagueForms.of(colleague, is_manager=is_manager, is_self=is_self, data=data)


def _keeps_a_manager(colleague: Colleague, forms: ColleagueForms) -> bool:
    """Under the lock of the company; says in the form that its last manager stays."""
    form = forms.position
    if not isinstance(form, PositionForm) or form.cleaned_data["is_manager"]:
        return True
    if not form.is_changed("is_manager", form.cleaned_data) or has_other_manager(colleague):
        return True
    form.add_error("is_manager", Refused("last_manager").sentence)
    return False


def has_other_manager(colleague: Colleague) -> bool:
    managers = Staff.objects.filter(company=colleague.company, is_manager=True, user__is_active=True)
    return managers.exclude(pk=colleague.staff.pk).exists()


def _store(actor: Actor, colleague: Colleague, forms: ColleagueForms) -> None:
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for form in forms:
        old, new = form.changes()
        if new:
            form.save()
            before, after = before | old, after | new
    if after:
        about = {"user": colleague.user.pk}
        _audit(actor, colleague.booth, before=about | before, after=about | after)


@transaction.atomic
def end_work(actor: Actor, *, fair: str, staff: int) -> User:
    """Ends somebody's work for the company, and with it their access. Raises Refused: not_permitted, last_manager."""
    colleague, _is_manager = locked_colleague(actor, MANAGE, fair, staff)
    if colleague.staff.is_manager and not has_other_manager(colleague):
        raise Refused("last_manager")
    row, user = colleague.staff, colleague.user
    before = {"user": user.pk, "position": row.position, "is_manager": row.is_manager}
    end_place(row)
    _audit(actor, colleague.booth, before=before)
    return user


def locked_colleague(actor: Actor, permission: str, fair: str, staff: int) -> tuple[Colleague, bool]:
    """The person as they are by now, nobody else changing who works for the company meanwhile; whether the actor
    manages it.

    Raises Refused: not_found, not_permitted.
    """
    seen = load(Colleague, actor, permission, fair=fair, staff=staff)
    is_manager = lock_company(actor, seen.booth, is_needed=permission == MANAGE)
    # Two managers who change one account do not wait for what only refers to it.
    user = User.objects.select_for_update(no_key=True).get(pk=seen.user.pk)
    row = Staff.objects.select_for_update().filter(pk=seen.staff.pk).first()
    if row is None:
        raise Refused("not_found")
    row.user = user
    return Colleague(seen.booth, row), is_manager


def lock_company(actor: Actor, booth: Booth, *, is_needed: bool = True) -> bool:
    """Whether the actor manages the company still: of two managers who demote each other, the second waits here, and
    finds their own right ended. Raises Refused("not_permitted") if that `is_needed`.

    The fair comes first, as in the organisers' acts, so that none of the two waits for the other.
    """
    company = booth.participation.company
    Fair.objects.select_for_update(no_key=True).get(pk=booth.fair_id)
    Company.objects.select_for_update().get(pk=company.pk)
    is_manager = Staff.objects.filter(company=company, user=actor.person.pk, is_manager=True).exists()
    if is_needed and not is_manager:
        raise Refused("not_permitted")
    return is_manager


def count_act(actor: Actor) -> None:
    """Raises Refused("too_fast") where somebody adds more people, or makes more links, than any company needs."""
    if not count_one(f"colleague:{actor.user.pk}", limit=MOST_ADDED, seconds=60 * 60):
        raise Refused("too_fast")


def _audit(actor: Actor, booth: Booth, *, before: Any = None, after: Any = None) -> None:
    write_audit_entry(actor, MANAGE, booth.participation, before=before, after=after)


def registration_in(fair: Fair, user: User, *, now: datetime) -> Registration:
    """With its fair and person loaded, as a link is handed out."""
    row = register(fair, user, now=now)
    row.fair, row.user = fair, user
    return row
