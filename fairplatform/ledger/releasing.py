"""Letting everybody read an agreement: each company that is a party says so for itself, organisers for all others.

Organisers end any of these, and give none for a company.
"""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.errors import Refused
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, Participation
from fairplatform.policy import load

from .models import Entry, Release
from .telling import notify_release_ended


class Terms(NamedTuple):
    """What of an agreement everybody may read besides what it is about."""

    amount: bool
    scans: bool


@transaction.atomic
def release(actor: Actor, *, entry: int, company: int | None, terms: Terms, now: datetime) -> Release:
    """Says so for a company that the actor manages, or without one as an organiser; said again, it replaces the first.

    Raises Refused: ledger_corrected, one_side_only where this person has released it for another party, not_found for
    whom it does not need, and what loading raises.
    """
    loaded = _loaded(actor, entry, company)
    given = Release.objects.filter(fair=loaded.fair_id, key=loaded.key)
    if (
        company
        and given.filter(released_by=actor.person.pk)
        .exclude(participation=company)
        .exclude(participation=None)
        .exists()
    ):
        raise Refused("one_side_only")
    said = {
        "shows_amount": terms.amount, "shows_scans": terms.scans, "released_by": actor.person, "released_at": now,
    }  # fmt: skip
    made, _is_new = Release.objects.update_or_create(
        fair=loaded.fair,
        key=loaded.key,
        participation_id=company,
        defaults=said,  # type: ignore[misc]
    )
    after = {"number": loaded.number, "company": company, **terms._asdict()}
    write_audit_entry(actor, _permission(company), loaded, after=after)
    return made


@transaction.atomic
def take_back(actor: Actor, *, entry: int, company: int, now: datetime) -> None:
    """Ends what `release` has said for a company that the actor manages; where nothing was said, nothing happens.

    Raises what `release` raises.
    """
    _end(actor, _loaded(actor, entry, company), company, "paper.release", now)


@transaction.atomic
def end(actor: Actor, *, entry: int, company: int | None, now: datetime) -> None:
    """An organiser ends a release: their own, or a company's, whose people may have no part in the fair any more.

    Raises Refused: ledger_corrected, not_found for whom the agreement does not need, and what loading raises.
    """
    found = load(Entry, actor, "fair.organise", pk=entry)
    _lock(found)
    if company not in found.releasing():
        raise Refused("not_found")
    _end(actor, found, company, "fair.organise", now)


def _end(actor: Actor, entry: Entry, company: int | None, permission: str, now: datetime) -> None:
    gone, _rows = Release.objects.filter(fair=entry.fair_id, key=entry.key, participation=company).delete()
    if gone:
        before = {"number": entry.number, "company": company}
        write_audit_entry(actor, permission, entry, before=before)
        if permission == "fair.organise" or company is None:
            notify_release_ended(entry, "release_ended", actor=actor, now=now)
        else:
            by = Participation.objects.select_related("company").get(pk=company)
            notify_release_ended(entry, "release_taken_back", actor=actor, now=now, by=by)


def _permission(company: int | None) -> str:
    return "fair.organise" if company is None else "paper.release"


def _loaded(actor: Actor, entry: int, company: int | None) -> Entry:
    """The entry that stands, where it is the actor who speaks for this company, or as an organiser for all others."""
    found = load(Entry, actor, _permission(company), pk=entry)
    _lock(found)
    is_own = company is None or company in memberships(actor.person, found.fair_id).manager_of
    if company not in found.releasing() or not is_own:
        raise Refused("not_found")
    return found


def _lock(entry: Entry) -> None:
    """Locks the fair of an entry that stands, so that nobody corrects it meanwhile."""
    Fair.objects.select_for_update(no_key=True).get(pk=entry.fair_id)
    if not Entry.objects.standing().filter(pk=entry.pk).exists():
        raise Refused("ledger_corrected")
