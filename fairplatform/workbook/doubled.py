"""Finds two rows of a sheet that are the same one: by their key, else by what tells whose row it is."""

from collections.abc import Iterator
from itertools import product

from .kinds.choices import folded
from .notes import Notes
from .row import CLEAR, Row
from .sheets import Sheet, in_languages


class Doubled:
    """Remembers the rows of a sheet."""

    def __init__(self, sheet: Sheet, notes: Notes) -> None:
        self.notes = notes
        self._columns = {column.key for column in sheet.columns}
        self._who = sheet.who
        self._telling = sheet.telling
        self._seen: dict[tuple[object, ...], int] = {}

    def check(self, row: Row) -> None:
        """Notes an error if an earlier row is the same."""
        for column, identity in self._identities(row):
            earlier = self._seen.setdefault(identity, row.number)
            if earlier != row.number:
                rows = {"row": str(row.number), "other": str(earlier)}
                if column == "key":
                    self.notes.error(column, "key_doubled", **rows)
                else:
                    self.notes.error(column, "row_doubled", **rows, columns=self._telling)
                return

    def _identities(self, row: Row) -> Iterator[tuple[str, tuple[object, ...]]]:
        """Each with the column to point at. A text in three languages gives one for each."""
        key = row.values.get("key")
        if key is not None and key is not CLEAR:
            yield "key", ("key", key)
            return
        for columns in self._who:
            options = [self._options(column, row) for column in columns]
            if any(option != [None] for option in options):
                pointed = next(column for column, option in zip(columns, options, strict=True) if option != [None])
                place = next(key for key in (pointed, *in_languages(pointed)) if key in row.values)
                for identity in product(*options):
                    yield place, (columns, *identity)
                return

    def _options(self, column: str, row: Row) -> list[object]:
        """What the row says in the column, of a name without what may differ in writing it; [None] if nothing."""
        if column in self._columns:
            value = row.values.get(column)
            if column == "wants" and isinstance(value, list):
                return [*value]
            return [None if value is CLEAR else tuple(map(str, value)) if isinstance(value, list) else value]
        texts = [(key, row.values.get(key)) for key in in_languages(column)]
        return [(key, folded(text)) for key, text in texts if isinstance(text, str)] or [None]
