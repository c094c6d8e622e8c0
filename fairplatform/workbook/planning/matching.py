"""Which stored row each row of a file is: by key, else by what the row is known by."""

from collections.abc import Iterable

from ..fields import ENDINGS, Values
from ..keys import new_key
from ..row import Row
from ..stored import Stored, StoredSheet
from ..stored.sheet import Identity
from .report import Report


class Matcher:
    """Finds the stored rows of one sheet, and gives keys to new rows without one."""

    def __init__(self, sheet: StoredSheet, stored: Iterable[Stored], rows: Iterable[Row], report: Report) -> None:
        self._sheet = sheet
        self._report = report
        self._by_key: dict[object, Stored] = {}
        self._known: dict[Identity, list[Stored]] = {}
        self._taken: set[str] = {str(row.values["key"]) for row in rows if isinstance(row.values.get("key"), str)}
        self._seen: dict[object, int] = {}
        for one in stored:
            if "key" in one.values:
                self._by_key[one.values["key"]] = one
                self._taken.add(str(one.values["key"]))
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
        if has_key and not key:
            values["key"] = found.values["key"] if found else new_key(_names(values), self._taken)
        return self._is_first(row, values, found), found

    def _candidates(self, values: Values, *, unkeyed_only: bool) -> list[Stored]:
        """Those that fit by the surest of what the row is known by; keys that organisers gave are not replaced."""
        for tier in self._sheet.tiers(values):
            fitting = {id(one): one for identity in tier for one in self._known.get(identity, ())}
            if fitting:
                is_own = tier[0][0] == "article"
                return [one for one in fitting.values() if is_own or not (unkeyed_only and one.has_key)]
        return []

    def _ask(self, row: Row, candidates: list[Stored]) -> None:
        keys = ", ".join(str(one.values.get("key", "")) for one in candidates)
        self._report.error(row, None, "two_fit", keys=keys)

    def _warn_of_likeness(self, row: Row, values: Values) -> None:
        alike = self._candidates(values, unkeyed_only=False)
        if alike:
            self._report.warning(row, "key", "same_row", key=str(alike[0].values["key"]))

    def _is_first(self, row: Row, values: Values, found: Stored | None) -> bool:
        """Notes a row that the file has twice."""
        names: list[object] = [("key", values["key"])] if "key" in values else []
        if not names:
            names += next(filter(None, self._sheet.tiers(values)), [])
        if found is not None:
            names.append(id(found))
        other = next((self._seen[name] for name in names if name in self._seen), None)
        if other is not None:
            self._report.error(
                row, "key" if "key" in row.values else None, "row_doubled", row=str(row.number), other=str(other)
            )
            return False
        self._seen.update(dict.fromkeys(names, row.number))
        return True


def _names(values: Values) -> list[str]:
    cells = (values.get(f"{column}_{ending}") for column in ("name", "text") for ending in ENDINGS)
    return [str(cell) for cell in cells if cell]
