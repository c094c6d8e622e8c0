"""Which stored row each row of a file is: by key, else by what the row is known by."""

from collections.abc import Iterable
from typing import NamedTuple

from fairplatform.fairs.keys import new_key

from ..fields import Values
from ..row import Row
from ..sheets import SUFFIXES
from ..stored import Stored, StoredSheet
from ..stored.sheet import Identity, Tiers
from .report import Report


class _New(NamedTuple):
    """A row of the file that is not stored yet, and what it is known by."""

    number: int
    has_own_key: bool
    tiers: Tiers


def _agree(one: Tiers, other: Tiers) -> bool:
    """Whether two rows have an identity in common in the surest tier, or without it in every one that both have.

    One person may be the contact of two companies: their number is the same, and what they are there is not.
    """
    (surest, *others) = zip(one, other, strict=True)
    compared = [surest] if all(surest) else [pair for pair in others if all(pair)]
    return all(not set(mine).isdisjoint(yours) for mine, yours in compared)


class Matcher:
    """Finds the stored rows of one sheet, and gives keys to new rows without one: none that `every` row has."""

    def __init__(
        self,
        sheet: StoredSheet,
        stored: Iterable[Stored],
        rows: Iterable[Row],
        report: Report,
        every: Iterable[Stored],
    ) -> None:
        self._sheet = sheet
        self._report = report
        self._by_key: dict[object, Stored] = {}
        self._keys_in_capitals: dict[str, list[str]] = {}
        self._known: dict[Identity, list[Stored]] = {}
        self._taken: set[str] = {str(row.values["key"]) for row in rows if isinstance(row.values.get("key"), str)}
        self._taken |= {str(one.values["key"]) for one in every if "key" in one.values}
        self._seen: dict[object, int] = {}
        self._new: dict[Identity, _New] = {}
        for one in stored:
            if "key" in one.values:
                self._by_key[one.values["key"]] = one
                self._keys_in_capitals.setdefault(str(one.values["key"]).upper(), []).append(str(one.values["key"]))
            for tier in sheet.tiers(one.values):
                for identity in tier:
                    self._known.setdefault(identity, []).append(one)

    def match(self, row: Row, values: dict[str, object], *, has_key: bool) -> tuple[bool, Stored | None]:
        """Whether it is clear whose row it is, and the stored one, if any. `values` get a key where they have none."""
        key = values.get("key")
        found = self._by_key.get(key) if key else None
        if found is None:
            candidates = self._candidates(values, unkeyed_only=bool(key or values.get("article")))
            if len(candidates) > 1:
                self._ask(row, candidates)
                return False, None
            found = candidates[0] if candidates else None
        if has_key and key and found is None:
            self._warn_of_likeness(row, values)
        if has_key and found is None and not self._is_told_apart(row, values, has_own_key=bool(key)):
            return False, None
        if has_key and not key:
            values["key"] = found.values["key"] if found else new_key(_names(values), self._taken)
        return self._is_first(row, values, found), found

    def _candidates(self, values: Values, *, unkeyed_only: bool) -> list[Stored]:
        """Those that fit by the surest of what the row is known by; keys that organisers gave are not replaced.

        Of several, those that fit by the next of it too: one person may be the contact of two companies.
        """
        found: list[Stored] = []
        for tier in self._sheet.tiers(values):
            fitting = {id(one): one for identity in tier for one in self._known.get(identity, ())}
            if found:
                found = [one for one in found if id(one) in fitting] or found
            elif fitting:
                is_own = tier[0][0] == "article"
                found = [one for one in fitting.values() if is_own or not (unkeyed_only and one.has_key)]
                if not found:
                    break
            if len(found) == 1:
                break
        return found

    def _ask(self, row: Row, candidates: list[Stored]) -> None:
        keys = ", ".join(str(one.values.get("key", "")) for one in candidates)
        self._report.error(row, None, "two_fit", keys=keys)

    def _warn_of_likeness(self, row: Row, values: Values) -> None:
        """Asks whether a row with a new key is a stored one: one known by the same, or with the key in other case."""
        alike = self._candidates(values, unkeyed_only=False)
        keys = [str(one.values["key"]) for one in alike] or self._keys_in_capitals.get(str(values["key"]).upper(), [])
        if keys:
            self._report.warning(row, "key", "same_row", key=keys[0])

    def _is_told_apart(self, row: Row, values: Values, *, has_own_key: bool) -> bool:
        """Notes a new row that an earlier one of the file may be too: a doubt if both have keys of their own.

        Without two keys neither this fair nor the next import of the file could tell them apart.
        """
        tiers = self._sheet.tiers(values)
        alike = next((one for tier in tiers for identity in tier if (one := self._new.get(identity))), None)
        for tier in tiers:
            for identity in tier:
                self._new.setdefault(identity, _New(row.number, has_own_key, tiers))
        if alike is None or not _agree(tiers, alike.tiers):
            return True
        if has_own_key and alike.has_own_key:
            self._report.warning(row, "key", "row_alike", other=str(alike.number))
            return True
        self._report.doubled(row, None, alike.number)
        return False

    def _is_first(self, row: Row, values: Values, found: Stored | None) -> bool:
        """Notes a row that the file has twice."""
        names: list[object] = [("key", values["key"])] if "key" in values else []
        if not names:
            names += next(filter(None, self._sheet.tiers(values)), [])
        if found is not None:
            names.append(id(found))
        other = next((self._seen[name] for name in names if name in self._seen), None)
        if other is not None:
            self._report.doubled(row, "key" if "key" in row.values else None, other)
            return False
        self._seen.update(dict.fromkeys(names, row.number))
        return True


def _names(values: Values) -> list[str]:
    cells = (values.get(f"{column}_{ending}") for column in ("name", "text") for ending in SUFFIXES)
    return [str(cell) for cell in cells if cell]
