"""Writes what the rows of one firm of a list say into the columns of a workbook."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from fairplatform.i18n.text import guess_language

from ..cells import plain
from ..files.table import Cells
from ..findings import Finding
from ..kinds import Cell, Country, Unread
from ..kinds.kind import Row as RowOfCell
from ..sheets import SUFFIXES
from ..written import language_of
from .choice import Choice
from .grids import Grid
from .headers import may_be_given_twice
from .meanings import MOST_CONTACTS, Meaning
from .several import parted

PLACES_OF_A_ROW = 10
"""A row of a list is several of a workbook, whose numbers are ten times its own, plus that of the contact."""
_ENDINGS = {language: ending for ending, language in SUFFIXES.items()}
_CODES = frozenset({"sells_hs", "wants_hs"})
_SEPARATORS = re.compile(r"[、，,/|\s]+")
_LINES = re.compile(r"\n|\s/\s")
_LONG_NUMBERS = re.compile("[0-9]{3,}")
_DIGITS_OF_A_YEAR = 4
_OF_FIRM = ("recruiting_unit", "hall", "sells", "buys", "country", "city")


class FirmWriter:
    """`firm`: the row of the company, and `people` those of its contacts. `findings`: what it finds on the way."""

    def __init__(self, choice: Choice, rows: Mapping[int, Cells], grid: Grid) -> None:
        self._choice = choice
        self._rows = rows
        self._merged = grid.tall
        self._first = next(iter(rows))
        self.findings: list[Finding] = []
        self.firm = self._firm()
        self._country = _country(self.firm.get("country"))

    def _firm(self) -> dict[str, Cell]:
        written: dict[str, Cell] = {}
        for number, cells in self._rows.items():
            for column, meaning in self._choice.columns.items():
                if meaning.sheet == "companies" and column in cells:
                    for key, cell in _placed(meaning, cells[column]):
                        self._add(written, meaning, number, key, cell)
        fixed = {key: self._choice.fixed[key] for key in _OF_FIRM if self._choice.fixed.get(key)}
        for key, value in fixed.items():
            if key == "city":
                if not any(f"city_{ending}" in written for ending in SUFFIXES):
                    written[f"city_{_ending(value)}"] = value
            else:
                written.setdefault(key, value)
        return written

    def people(self) -> Iterator[tuple[int, dict[str, Cell]]]:
        """The first contact manages the firm's part in the fair."""
        seen: list[dict[str, Cell]] = []
        for number in self._rows:
            for contact in range(1, MOST_CONTACTS + 1):
                written = self._contact(number, contact)
                if not written or written in seen:
                    continue
                seen.append(written.copy())
                given = {
                    "role": "manager" if len(seen) == 1 else "staff",
                    "company": str(self._first * PLACES_OF_A_ROW),
                    "country": self.firm.get("country"),
                    "write_in": self._choice.fixed.get("write_in")
                    or language_of(self._choice.fixed.get("country", "")),
                }
                yield (
                    number * PLACES_OF_A_ROW + contact,
                    {**{key: cell for key, cell in given.items() if cell is not None}, **written},
                )

    def _contact(self, number: int, contact: int) -> dict[str, Cell]:
        """What a row says of a contact. An address that is merged over several of them is the first one's alone."""
        cells, merged = self._rows[number], self._merged.get(number, {}) if number != self._first else {}
        columns = [
            (column, meaning)
            for column, meaning in self._choice.columns.items()
            if (meaning.sheet, meaning.contact) == ("people", contact) and column in cells
        ]
        written: dict[str, Cell] = {}
        if all(column in merged for column, _meaning in columns):
            return written
        for column, meaning in columns:
            if column in merged and meaning.column == "email":
                continue
            for key, cell in _placed(meaning, cells[column]):
                kept, others = parted(key, cell, self._country)
                self._add(written, meaning, number, key, kept)
                if others:
                    self._add_others(written, meaning, number, str(kept), others)
        return written

    def _add_others(
        self, written: dict[str, Cell], meaning: Meaning, number: int, kept: str, others: Sequence[str]
    ) -> None:
        written["remarks"] = "; ".join(filter(None, (str(written.get("remarks", "")), *others)))
        place = number * PLACES_OF_A_ROW + meaning.contact
        self.findings.append(Finding("people", place, meaning.column, "list_first_kept", "warning", {"text": kept}))

    def _add(self, written: dict[str, Cell], meaning: Meaning, number: int, key: str, cell: Cell) -> None:
        before = written.get(key)
        if before is None or before == cell:
            written[key] = cell
        elif may_be_given_twice(meaning) and meaning.column not in ("name", "city"):
            written[key] = f"{before}; {cell}"
        else:
            code = "list_texts_differ" if number == self._first else "list_rows_differ"
            place = number * PLACES_OF_A_ROW + meaning.contact
            self.findings.append(Finding(meaning.sheet, place, key, code, "error"))


def _country(cell: Cell | None) -> str | None:
    """The country that a cell names; what is wrong with it is noted when its sheet is read."""
    try:
        return str(Country().read(cell, RowOfCell(None, lambda code, **parameters: None))) if cell else None
    except Unread:
        return None


def _placed(meaning: Meaning, cell: Cell) -> Iterator[tuple[str, Cell]]:
    """The column of the workbook, and the cell as the workbook would have it; of a text, for each of its languages."""
    if isinstance(cell, str):
        try:
            cell = plain(cell, lambda code: None) or cell
        except Unread:
            yield meaning.column, cell  # is said when the sheet is read
            return
    if meaning.choosable.is_translated:
        yield from ((f"{meaning.column}_{_ending(text)}", text) for text in _by_language(str(cell)))
    elif meaning.column in _CODES and isinstance(cell, str):
        yield meaning.column, _SEPARATORS.sub(";", cell.strip())
    elif meaning.column == "founded":
        yield meaning.column, _year(cell)
    else:
        yield meaning.column, cell


def _by_language(text: str) -> list[str]:
    """The lines of a text, or its parts between slashes, where each is in another language; else the text."""
    parts = [part.strip() for part in _LINES.split(text) if part.strip()]
    languages = {guess_language(part) for part in parts}
    return parts if None not in languages and len(languages) == len(parts) else [text]


def _year(cell: Cell) -> Cell:
    """The year of a date; of a text that has one year and no other long number."""
    if isinstance(cell, date):
        return cell.year
    years = _LONG_NUMBERS.findall(cell) if isinstance(cell, str) else []
    return int(years[0]) if len(years) == 1 and len(years[0]) == _DIGITS_OF_A_YEAR else cell


def _ending(text: str) -> str:
    return _ENDINGS[guess_language(text) or "en"]
