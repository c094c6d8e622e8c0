"""The chain of a fair's entries: each has a digest of itself and of the one before it.

`digest` is the SHA-256, in hexadecimal digits, of the `previous` digest, a line feed, and the entry as JSON: keys
in order, no spaces, UTF-8. Whoever has an export can compute it again (`manage.py export FAIR --what ledger --json`
has `previous`, `written`, the JSON, and `digest` of every entry).
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import groupby
from operator import itemgetter

from django.db import transaction

from fairplatform.accounts.actor import Actor
from fairplatform.fairs.models import Fair

from .content import Content
from .models import NO_DIGEST, Entry, EntryName, Ledger

WRITTEN = (
    "fair_id", "number", "key", "corrects__number", "is_withdrawn", "reason", "kind", "provenance", "outcome",
    "parties", "subject", "sector", "amount_minor", "currency", "quantity", "quantity_unit", "signed_on", "signed_at",
    "valid_until", "is_binding", "languages", "prevailing", "scans", "realised_minor", "evidence", "source",
    "entered_by_id", "on_behalf_of_id", "entered_at",
)  # fmt: skip
NAMES = ("part", "participation_id", "name", "title")
_NUMBER = WRITTEN.index("number")
AT_ONCE = 2000  # rows read from the database


@dataclass(frozen=True)
class Addition:
    """An entry that is to be added: what it says, and the one that it corrects."""

    content: Content
    key: str
    corrects: Entry | None = None
    is_withdrawn: bool = False
    reason: str = ""


@dataclass(frozen=True)
class Verification:
    """`first_bad`: the number of the first entry that is missing, not in its place, or not as it was written."""

    entries: int
    first_bad: int | None

    @property
    def ok(self) -> bool:
        return self.first_bad is None


@transaction.atomic
def append(fair: int, additions: Sequence[Addition], *, actor: Actor | None, now: datetime) -> list[Entry]:
    """Adds entries to the end of the fair's chain, in this order. `actor`: of a command nobody.

    Raises IntegrityError for an entry that is corrected twice, and for a key that another agreement has.
    """
    Ledger.objects.get_or_create(fair_id=fair)
    # Another that adds waits here, and then goes on from what this one has added.
    end = Ledger.objects.select_for_update().get(fair_id=fair)
    return follow(end, additions, actor=actor, now=now)


def follow(end: Ledger, additions: Sequence[Addition], *, actor: Actor | None, now: datetime) -> list[Entry]:
    """Adds entries behind this end of the chain, which nobody else may move meanwhile."""
    entries = []
    for addition in additions:
        entry = _entry(end, addition, actor, now)
        entries.append(entry)
        end.entries, end.digest = entry.number, entry.digest
    Entry.objects.bulk_create(entries)
    EntryName.objects.bulk_create(
        EntryName(entry=entry, place=place, **vars(name))
        for entry, addition in zip(entries, additions, strict=True)
        for place, name in enumerate(addition.content.names)
    )
    end.save(update_fields=["entries", "digest"])
    return entries


def _entry(end: Ledger, addition: Addition, actor: Actor | None, now: datetime) -> Entry:
    entry = Entry(
        fair_id=end.fair_id,
        number=end.entries + 1,
        key=addition.key,
        corrects=addition.corrects,
        is_withdrawn=addition.is_withdrawn,
        reason=addition.reason,
        entered_by=actor.user if actor else None,
        on_behalf_of=actor.on_behalf_of if actor else None,
        entered_at=now,
        previous=end.digest,
        **addition.content.as_fields(),
    )
    corrected = addition.corrects.number if addition.corrects else None
    values = [corrected if name == "corrects__number" else getattr(entry, name) for name in WRITTEN]
    names = [tuple(getattr(name, column) for column in NAMES) for name in addition.content.names]
    entry.digest = digest(end.digest, written(values, names))
    return entry


def written(values: Iterable[object], names: Iterable[Sequence[object]]) -> str:
    """An entry as the JSON that its digest is of."""
    entry = dict(zip(WRITTEN, map(_plain, values), strict=True))
    entry["names"] = [dict(zip(NAMES, name, strict=True)) for name in names]
    return _ENCODER.encode(entry)


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value


def digest(previous: str, entry: str) -> str:
    return sha256(f"{previous}\n{entry}".encode()).hexdigest()


def rows(fair: Fair) -> Iterator[tuple[int, str, str, str]]:
    """Of each entry in the order of numbers: its number, `previous`, the JSON as it would be written now, `digest`."""
    names = groupby(_names(fair), itemgetter(0))
    pk, group = next(names, (None, iter(())))
    own = Entry.objects.filter(fair=fair).order_by("number").values_list("pk", "previous", "digest", *WRITTEN)
    for row in own.iterator(chunk_size=AT_ONCE):
        found = []
        if row[0] == pk:
            found = [name[1:] for name in group]
            pk, group = next(names, (None, iter(())))
        yield row[3 + _NUMBER], row[1], written(row[3:], found), row[2]


def _names(fair: Fair) -> Iterator[tuple[object, ...]]:
    own = EntryName.objects.filter(entry__fair=fair).order_by("entry__number", "place")
    return own.values_list("entry_id", *NAMES).iterator(chunk_size=AT_ONCE)


@transaction.atomic
def verify(fair: Fair) -> Verification:
    """Computes the chain of a fair again from its first entry to its last."""
    end = Ledger.objects.filter(fair=fair).first() or Ledger(fair=fair)
    count, before, first_bad = 0, NO_DIGEST, None
    for number, previous, entry, own in rows(fair):
        count += 1
        if first_bad is None and (number != count or previous != before or own != digest(previous, entry)):
            first_bad = min(number, count)
        before = own
    if first_bad is None and (count, before) != (end.entries, end.digest):
        first_bad = min(count, end.entries) + 1
    return Verification(count, first_bad)
