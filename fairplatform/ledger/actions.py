"""Entering into the ledger. Nothing in it is changed: what was wrong is corrected by a new entry that names the old."""

from dataclasses import fields, replace
from datetime import datetime

from django.db import transaction

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.errors import Refused
from fairplatform.fairs.keys import new_key
from fairplatform.fairs.models import Fair
from fairplatform.policy import load

from .chain import Addition, append
from .content import LATER, Content
from .models import Entry

PERMISSION = "fair.organise"
Provenance = Entry.Provenance
OF_OUTCOME = "outcome:"
"""What the keys of entries begin with that an outcome has written; no organiser can give such a key."""


@transaction.atomic
def enter(actor: Actor, *, fair: int, content: Content, now: datetime) -> Entry:
    """Enters what a document or a report says; what an entry that stands says already adds nothing.

    Raises Refused: ledger_parties_confirm, what `Content.check` and what loading raises.
    """
    loaded: Fair = load(Fair, actor, PERMISSION, lock=True, pk=fair)
    if content.provenance == Provenance.PARTIES:
        raise Refused("ledger_parties_confirm")
    content.check()
    if known := _same(loaded, content):
        return known
    taken = set(Entry.objects.filter(fair=loaded).values_list("key", flat=True))
    key = new_key([content.subject, content.kind], taken)
    return _append(actor, loaded, Addition(content, key), now)


@transaction.atomic
def correct(actor: Actor, *, entry: int, content: Content, reason: str, now: datetime) -> Entry:
    """Adds the entry that says instead what is right; the same content again adds nothing.

    Raises Refused: ledger_corrected for one that does not stand any more, ledger_parties_confirm for a change of what
    the parties have confirmed, what `Content.check` and what loading raises.
    """
    old = _newest(actor, entry)
    before = Content.of(old)
    if content == before and not old.is_withdrawn:
        return old
    _check_stands(old, entry)
    _check_confirmed(before, content)
    content.check()
    return _append(actor, old.fair, Addition(content, old.key, corrects=old, reason=reason), now)


@transaction.atomic
def drop_scan(actor: Actor, *, entry: int, digest: str, now: datetime) -> Entry:
    """Adds the entry without this scan; one that was withdrawn stays so. Without the scan already, it adds nothing.

    Raises Refused: ledger_corrected for one that is not the newest of its agreement, and what loading raises.
    """
    old = _newest(actor, entry)
    before = Content.of(old)
    if digest not in before.scans:
        return old
    if old.pk != entry:
        raise Refused("ledger_corrected")
    content = replace(before, scans=[one for one in before.scans if one != digest])
    return _append(actor, old.fair, Addition(content, old.key, old, is_withdrawn=old.is_withdrawn), now)


@transaction.atomic
def withdraw(actor: Actor, *, entry: int, reason: str, now: datetime) -> Entry:
    """Adds an entry that says that this one does not hold, once. Raises what `correct` raises."""
    old = _newest(actor, entry)
    if old.is_withdrawn and old.corrects_id == entry:
        return old
    _check_stands(old, entry)
    if old.provenance == Provenance.PARTIES:
        raise Refused("ledger_parties_confirm")
    return _append(actor, old.fair, Addition(Content.of(old), old.key, old, is_withdrawn=True, reason=reason), now)


def record_agreed(fair: Fair, *, content: Content, actor: Actor, now: datetime) -> Entry:
    """Enters what both parties have confirmed, in the transaction of the confirmation; the same content once.

    What the ledger says of this outcome already is corrected: how it was signed and what has come of it stays.
    `content.outcome`: the reference of the outcome. Raises what `Content.check` raises.
    """
    content.check()
    key = OF_OUTCOME + content.outcome
    before = _newest_of(fair, key)
    said = content.after(Content.of(before)) if before else content
    if before and said == Content.of(before) and not before.is_withdrawn:
        return before
    return append(fair.pk, [Addition(said, key, corrects=before)], actor=actor, now=now)[0]


def withdraw_agreed(fair: Fair, *, outcome: str, actor: Actor, now: datetime) -> None:
    """Withdraws what the ledger says of this outcome, if it does: it is none of its papers any more."""
    before = _newest_of(fair, OF_OUTCOME + outcome)
    if before and not before.is_withdrawn:
        addition = Addition(Content.of(before), before.key, corrects=before, is_withdrawn=True)
        append(fair.pk, [addition], actor=actor, now=now)


def _newest_of(fair: Fair, key: str) -> Entry | None:
    return Entry.objects.filter(fair=fair, key=key).order_by("-number").first()


def _same(fair: Fair, content: Content) -> Entry | None:
    """The standing entry that says just this: whoever presses twice, or another who has the same paper, adds none."""
    told = ("kind", "provenance", "subject", "amount_minor", "currency", "signed_on", "source")
    alike = Entry.objects.standing().filter(fair=fair, **{name: getattr(content, name) for name in told})
    return next((one for one in alike.prefetch_related("names") if Content.of(one) == content), None)


def _newest(actor: Actor, entry: int) -> Entry:
    """The newest entry of the same agreement, with the fair locked, so that nobody else corrects it meanwhile."""
    found: Entry = load(Entry, actor, PERMISSION, pk=entry)
    Fair.objects.select_for_update(no_key=True).get(pk=found.fair_id)
    line = Entry.objects.filter(fair=found.fair_id, key=found.key).select_related("fair")
    return line.order_by("-number")[0]


def _check_stands(newest: Entry, entry: int) -> None:
    if newest.pk != entry or newest.is_withdrawn:
        raise Refused("ledger_corrected")


def _check_confirmed(before: Content, after: Content) -> None:
    """Nobody makes an entry one that the parties have confirmed, nor changes what they have; the signing is added."""
    if Provenance.PARTIES not in (before.provenance, after.provenance):
        return
    changed = {one.name for one in fields(Content) if getattr(before, one.name) != getattr(after, one.name)}
    # What was realised of an agreement without an amount has a currency of its own.
    later = LATER if before.currency else LATER | {"currency"}
    if after.parties == before.parties:
        later |= {"names"}
    if before.is_binding is not None:
        later -= {"is_binding"}
    if changed - later:
        raise Refused("ledger_parties_confirm")


def _append(actor: Actor, fair: Fair, addition: Addition, now: datetime) -> Entry:
    [entry] = append(fair.pk, [addition], actor=actor, now=now)
    after = {"number": entry.number, "key": entry.key, "digest": entry.digest}
    write_audit_entry(actor, PERMISSION, entry, after=after)
    return entry
