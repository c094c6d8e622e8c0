"""The chain of a fair's entries: each has a digest of itself and of the one before it.

`digest` is the SHA-256, in hexadecimal digits, of the `previous` digest, a line feed, and the entry as JSON: keys
in order, no spaces, UTF-8. Whoever has an export can compute it again (`manage.py export FAIR --what ledger --json`
has `previous`, `written`, the JSON, and `digest` of every entry).
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from secrets import token_hex
from typing import Any

from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from fairplatform.accounts.actor import Actor
from fairplatform.fairs.models import Fair

from .content import Content
from .models import NO_DIGEST, Entry, EntryName, Ledger, Release
from .telling import notify_release_ended

# In the order of the JSON: putting 100,000 entries in order would take a second.
WRITTEN = (
    "agreed_on", "amount_minor", "corrects__number", "currency", "entered_at", "entered_by_id", "evidence", "fair_id",
    "is_amount_hidden", "is_binding", "is_withdrawn", "key", "kind", "languages", "number", "on_behalf_of_id",
    "outcome", "parties", "prevailing", "provenance", "quantity", "quantity_unit", "realised_minor", "reason", "salt",
    "scans", "sector", "signed_at", "signed_on", "source", "subject", "valid_until",
)  # fmt: skip
NAMES = ("name", "part", "participation_id", "title")
_NUMBER = WRITTEN.index("number")
_TIMES = ("agreed_on", "signed_on", "valid_until", "entered_at")
_LISTS = ("languages", "scans")
_LATER_COLUMNS = ("agreed_on", "is_amount_hidden", "salt")
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
    # Another that adds waits here, and then goes on from what this one has added.
    end, _ = Ledger.objects.select_for_update().get_or_create(fair_id=fair)
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
    _end_releases(end.fair_id, entries, additions, actor, now)
    return entries


def _end_releases(
    fair: int, entries: Iterable[Entry], additions: Iterable[Addition], actor: Actor | None, now: datetime
) -> None:
    """What a correction says otherwise nobody has released: neither what it is about, nor scans that came since."""
    corrected = {addition.key for addition in additions if addition.corrects}
    if not corrected:
        return
    own = Release.objects.filter(fair=fair)
    keys = corrected & set(own.values_list("key", flat=True))
    for entry, addition in zip(entries, additions, strict=True):
        if addition.corrects is None or addition.key not in keys:
            continue
        before, given = Content.of(addition.corrects), own.filter(key=addition.key)
        if addition.is_withdrawn or _released(before) != _released(addition.content):
            given.delete()
            code = "release_withdrawn" if addition.is_withdrawn else "release_corrected"
            notify_release_ended(entry, code, actor=actor, now=now)
        elif before.scans != addition.content.scans:
            given.update(shows_scans=False)


def _released(content: Content) -> Content:
    """What a release is of: all but scans and what has come of the agreement, whose currency may be that alone."""
    currency = "" if content.amount_minor is None else content.currency
    return replace(content, scans=[], realised_minor=None, evidence="", currency=currency)


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
        salt=token_hex(16) if addition.content.is_amount_hidden else "",
        **addition.content.as_fields(),
    )
    corrected = addition.corrects.number if addition.corrects else None
    values = [corrected if name == "corrects__number" else getattr(entry, name) for name in WRITTEN]
    names = [tuple(getattr(name, column) for column in NAMES) for name in addition.content.names]
    entry.digest = digest(end.digest, written(values, names))
    return entry


def written(values: Iterable[object], names: Iterable[Sequence[object]]) -> str:
    """An entry as the JSON that its digest is of."""
    entry = dict(zip(WRITTEN, values, strict=True))
    for column in _TIMES:
        entry[column] = _plain(entry[column])
    for column in _LATER_COLUMNS:
        if not entry[column]:
            del entry[column]  # as in entries from before there was one
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
    columns = (Cast(name, TextField()) if name in _LISTS else name for name in WRITTEN)
    own = Entry.objects.filter(fair=fair).order_by("number").values_list("pk", "previous", "digest", *columns)
    lists = [3 + WRITTEN.index(name) for name in _LISTS]
    for one in own.iterator(chunk_size=AT_ONCE):
        row = list(one)
        for place in lists:
            row[place] = _decoded(row[place])
        found = []
        if row[0] == pk:
            found = [(_decoded(name), *others) for _pk, name, *others in group]
            pk, group = next(names, (None, iter(())))
        yield row[3 + _NUMBER], row[1], written(row[3:], found), row[2]


@lru_cache(maxsize=4096)
def _decoded(text: str) -> object:
    """A column of JSON: most have what others have too."""
    return json.loads(text)


def _names(fair: Fair) -> Iterator[tuple[Any, ...]]:
    own = EntryName.objects.filter(entry__fair=fair).order_by("entry__number", "place")
    return own.values_list("entry_id", Cast("name", TextField()), *NAMES[1:]).iterator(chunk_size=AT_ONCE)


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
