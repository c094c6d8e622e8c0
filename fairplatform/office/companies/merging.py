"""Makes two companies of a fair one, in one act: everything that belongs to the other moves to the one that stays."""

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q

from booths.placing import place
from booths.search_index import index_again
from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import Company, Viewer
from fairplatform.errors import Refused
from fairplatform.fairs.models import Participation
from fairplatform.fairs.sharing import Elsewhere
from fairplatform.ledger.models import EntryName
from fairplatform.policy import load
from meetings.models import Meeting

from . import merge_moves, merge_values


@transaction.atomic
def merge(actor: Actor, *, kept: int, other: int, choices: Mapping[str, str]) -> Participation:
    """`choices`: names of merge_values.values for which the other's value wins ("other").

    Raises Refused with the code that `hindrance` says. All of it is done, or nothing.
    """
    stays, goes = _locked(actor, kept, other)
    if code := hindrance(stays, goes, actor.person):
        raise Refused(code)
    before = {"kept": merge_values.audit_values(merge_values.values(stays)), "other": _described(goes)}
    found = merge_values.chosen(stays, goes, choices)
    merge_moves.move_all(goes, stays)
    _move_invitations(goes.company, stays.company)
    _unite(stays, goes)
    _end(goes)
    merge_values.store(stays, found)
    place([stays], {})
    index_again([stays.company_id])
    write_audit_entry(actor, "fair.organise", stays, before=before, after={"merged": merge_values.audit_values(found)})
    return stays


def _locked(actor: Actor, kept: int, other: int) -> tuple[Participation, Participation]:
    """Both with their companies, in the order of their keys, so that two merges at once do not wait for each other."""
    fair = Participation.objects.filter(pk=kept).values_list("fair", flat=True).first()
    locked = {}
    for pk in sorted((kept, other)):
        row = locked[pk] = load(Participation, actor, "fair.organise", lock=True, pk=pk, fair=fair)
        row.company = Company.objects.select_for_update().get(pk=row.company_id)
    return locked[kept], locked[other]


def hindrance(stays: Participation, goes: Participation, organiser: Viewer) -> str:
    """Why the two cannot be one, a code of errors.SENTENCES; empty if they can."""
    if stays.pk == goes.pk:
        return "merge_itself"
    elsewhere = Elsewhere.of(organiser.pk)
    if any(elsewhere.has(row.company) for row in (stays, goes)):
        return "company_shared"
    pair = (stays.pk, goes.pk)
    if Meeting.objects.filter(exhibitor__in=pair, buyer__in=pair).exists():
        return "merge_met"
    if EntryName.objects.filter(participation=goes).exists():
        return "merge_in_ledger"
    return "merge_same_slot" if _slots(stays) & _slots(goes) else ""


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
        **merge_values.audit_values(merge_values.values(participation)),
    }


def _unite(stays: Participation, goes: Participation) -> None:
    """What is no choice: the one that stays does and wants what either did."""
    stays.sells, stays.buys = stays.sells or goes.sells, stays.buys or goes.buys
    for name in ("offers", "wants", "cooperation"):
        setattr(stays, name, list(dict.fromkeys([*getattr(stays, name), *getattr(goes, name)])))
    stays.hall = stays.hall or goes.hall
    stays.desks = max(stays.desks, goes.desks)
    if stays.preferred_from is None:
        stays.preferred_from, stays.preferred_until = goes.preferred_from, goes.preferred_until
    for name in ("suppliers", "remarks"):
        texts = (getattr(stays, name), getattr(goes, name))
        setattr(stays, name, "\n".join(dict.fromkeys(filter(None, texts))))
    company, other = stays.company, goes.company
    company.verified_at = company.verified_at or other.verified_at
    company.is_new_to_partner_country = company.is_new_to_partner_country or other.is_new_to_partner_country


def _move_invitations(goes: Company, stays: Company) -> None:
    """Other fairs that have invited the company that goes have invited the one that stays; once is enough."""
    invitations = Participation.objects.filter(company=goes, state=Participation.State.INVITED)
    has_both = Participation.objects.filter(company=stays).values("fair")
    invitations.filter(fair__in=has_both).delete()
    invitations.update(company=stays)


def _end(goes: Participation) -> None:
    """Nothing is left of it: a row that could not be moved is protected and stops the merge."""
    company = goes.company
    goes.delete()
    company.delete()
