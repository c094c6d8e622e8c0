"""Makes two accounts of a fair's people one, in one act: all that is the other's moves to the one that stays."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Model

from chat.models import Member
from fairplatform.accounts.actions import end_earlier_access
from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import User, Viewer
from fairplatform.errors import Refused
from fairplatform.fairs.sharing import Elsewhere, is_of_one_company
from fairplatform.policy import load
from meetings.models import Booking, Participant, Statement
from meetings.models.booking import person as booked

from . import merge_moves, merge_values
from .actions import PERMISSION, register
from .members import FairPerson


@transaction.atomic
def merge(actor: Actor, *, fair: str, kept: int, other: int, choices: Mapping[str, str], now: datetime) -> User:
    """`choices`: names of merge_values.values for which the other's value wins ("other").

    Raises Refused: not_found for whoever is not in this fair, and the code that `hindrance` says. All is done, or
    nothing. The account that goes lets nobody in any more, so that its open pages are closed; what it did before stays
    under its name in the audit log, the ledger, quotes and approved briefs, which are never changed.
    """
    stays, goes = _locked(actor, fair, kept, other)
    if code := hindrance(stays, goes, actor.person):
        raise Refused(code)
    registration = register(stays.fair, stays.user, now=now)
    before = {"kept": _described(stays), "other": _described(goes)}
    found = merge_values.chosen(stays.user, goes.user, choices)
    was_of_company = is_of_one_company(stays.user)
    merge_moves.move_all(goes.user, stays.user, now)
    _end(goes.user)
    _unite(stays.user, goes.user, found)
    if was_of_company and not is_of_one_company(stays.user):
        # A link that a company's managers have seen does not open what is more.
        end_earlier_access(stays.user)
    registration.refresh_from_db()
    write_audit_entry(
        actor, PERMISSION, registration, before=before, after={"merged": merge_values.audit_values(found)}
    )
    return stays.user


def _locked(actor: Actor, fair: str, kept: int, other: int) -> tuple[FairPerson, FairPerson]:
    """Both with their accounts, in the order of their keys, and as they are under these locks."""
    for pk in sorted((kept, other)):
        load(FairPerson, actor, PERMISSION, fair=fair, user=pk)
    # Of two organisers who merge the same people at once, the second finds one of them gone.
    locked = {user.pk: user for user in User.objects.select_for_update().filter(pk__in=(kept, other)).order_by("pk")}
    people = [load(FairPerson, actor, PERMISSION, fair=fair, user=pk).with_user(locked[pk]) for pk in (kept, other)]
    return people[0], people[1]


def hindrance(stays: FairPerson, goes: FairPerson, organiser: Viewer) -> str:
    """Why the two cannot be one, a code of errors.SENTENCES; empty if they can."""
    both = (stays.user.pk, goes.user.pk)
    if stays.user.pk == goes.user.pk:
        return "person_merge_itself"
    if goes.user.pk == organiser.pk:
        return "person_merge_own"
    if stays.user.is_demo or goes.user.is_demo:
        return "person_merge_demo"
    if stays.is_invited or goes.is_invited:
        return "not_accepted"
    elsewhere = Elsewhere.of(organiser.pk)
    if any(elsewhere.has(one.user) for one in (stays, goes)):
        return "account_shared"
    if _sides_differ(Participant, "meeting", ("side",), both) or _have_both_stated(both):
        return "person_merge_met"
    if _sides_differ(Member, "conversation", ("participation", "role"), both):
        return "person_merge_talked"
    return "person_merge_same_slot" if _meet_at_once(*both) else ""


def _sides_differ(model: type[Model], about: str, side: tuple[str, ...], both: tuple[int, int]) -> bool:
    """Whether both are in one of these, each for another."""
    sides: dict[int, set[tuple[object, ...]]] = defaultdict(set)
    for key, *of in model._base_manager.filter(user__in=both).values_list(about, *side):
        sides[key].add(tuple(of))
    return any(len(found) > 1 for found in sides.values())


def _have_both_stated(both: tuple[int, int]) -> bool:
    """Whether each has confirmed an outcome for one of its two sides."""
    outcomes = list(Statement.objects.filter(made_by__in=both).values_list("outcome", flat=True))
    return len(outcomes) != len(set(outcomes))


def _meet_at_once(one: int, other: int) -> bool:
    """Whether they are booked for two meetings in one slot, or had two."""

    def slots(pk: int) -> set[tuple[int, int | None]]:
        rows = Booking.objects.filter(resource=booked(pk), meeting__isnull=False)
        return set(rows.values_list("slot", "meeting"))

    ours, theirs = slots(one), slots(other)
    return bool({slot for slot, _ in ours - theirs} & {slot for slot, _ in theirs})


def _described(person: FairPerson) -> dict[str, object]:
    registration = person.registration
    return {
        "user": person.user.pk,
        "key": registration.key if registration else "",
        "consented_at": registration.consented_at if registration else None,
        "contact_consented_at": registration.contact_consented_at if registration else None,
        **merge_values.audit_values(merge_values.values(person.user)),
    }


def _end(goes: User) -> None:
    """Nothing is left of it but its name, for the history of what it did."""
    end_earlier_access(goes)
    User.objects.filter(pk=goes.pk).update(is_active=False, email=None, phone="", wechat="", whatsapp="")


def _unite(stays: User, goes: User, found: Mapping[str, object]) -> None:
    merge_values.set_values(stays, found)
    stays.speaks = list(dict.fromkeys([*stays.speaks, *goes.speaks]))
    stays.last_login = max(filter(None, (stays.last_login, goes.last_login)), default=None)
    stays.save(update_fields=["name", *merge_values.OWN, "speaks", "last_login"])
