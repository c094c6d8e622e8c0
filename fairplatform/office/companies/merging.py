"""Makes two companies of a fair one, in one act: everything that belongs to the other moves to the one that stays."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import Company
from fairplatform.errors import Refused
from fairplatform.fairs.models import Participation
from fairplatform.fairs.sharing import is_company_shared
from fairplatform.policy import load
from meetings.models import Meeting

from . import merge_moves, merge_values
from .actions import index_again
from .booth_places import place_booth


@transaction.atomic
def merge(actor: Actor, *, kept: int, other: int, choices: Mapping[str, str]) -> Participation:
    """`choices`: names of merge_values.values for which the other's value wins ("other").

    Raises Refused: merge_itself, company_shared, and what `check` raises. All of it is done, or nothing.
    """
    stays, goes = _locked(actor, kept, other)
    check(stays, goes)
    before = {"kept": merge_values.plain(merge_values.values(stays)), "other": _described(goes)}
    found = merge_values.chosen(stays, goes, choices)
    merge_moves.move_all(goes, stays)
    _unite(stays, goes)
    _end(goes)
    merge_values.store(stays, found)
    if stays.state == Participation.State.APPROVED and stays.sells and stays.hall_id:
        place_booth(stays)
    index_again(stays.company)
    write_audit_entry(actor, "fair.organise", stays, before=before, after={"merged": merge_values.plain(found)})
    return stays


def _locked(actor: Actor, kept: int, other: int) -> tuple[Participation, Participation]:
    """Both with their companies, in the order of their keys, so that two merges at once do not wait for each other."""
    if kept == other:
        raise Refused("merge_itself")
    fair = Participation.objects.filter(pk=kept).values_list("fair", flat=True).first()
    locked = {}
    for pk in sorted((kept, other)):
        row = locked[pk] = load(Participation, actor, "fair.organise", lock=True, pk=pk, fair=fair)
        row.company = Company.objects.select_for_update().get(pk=row.company_id)
        if is_company_shared(row.company, actor.person):
            raise Refused("company_shared")
    return locked[kept], locked[other]


def check(stays: Participation, goes: Participation) -> None:
    """Raises Refused where the two cannot be one: merge_met, merge_same_slot."""
    pair = (stays.pk, goes.pk)
    met = Meeting.objects.filter(exhibitor__in=pair, buyer__in=pair)
    if met.exists():
        raise Refused("merge_met")
    slots = [_slots(participation) for participation in (stays, goes)]
    if slots[0] & slots[1]:
        raise Refused("merge_same_slot")


def _slots(participation: Participation) -> set[int]:
    """The slots in which the company meets somebody."""
    rows = Meeting.objects.filter(Q(exhibitor=participation) | Q(buyer=participation))
    return set(rows.exclude(state=Meeting.State.CANCELLED).values_list("slot", flat=True))


def _described(participation: Participation) -> dict[str, object]:
    return {
        "participation": participation.pk,
        "company": participation.company_id,
        "key": participation.key,
        "state": participation.state,
        **merge_values.plain(merge_values.values(participation)),
    }


def _unite(stays: Participation, goes: Participation) -> None:
    """What is no choice: the one that stays does and wants what either did."""
    stays.sells, stays.buys = stays.sells or goes.sells, stays.buys or goes.buys
    for name in ("offers", "wants", "cooperation"):
        setattr(stays, name, list(dict.fromkeys([*getattr(stays, name), *getattr(goes, name)])))
    stays.hall = stays.hall or goes.hall
    stays.desks = max(stays.desks, goes.desks)
    stays.remarks = "\n".join(dict.fromkeys(filter(None, (stays.remarks, goes.remarks))))
    company, other = stays.company, goes.company
    company.verified_at = company.verified_at or other.verified_at
    company.is_new_to_partner_country = company.is_new_to_partner_country or other.is_new_to_partner_country


def _end(goes: Participation) -> None:
    """Nothing is left of it: a row that could not be moved is protected and stops the merge."""
    company = goes.company
    goes.delete()
    company.delete()
