"""Finds the sheets and columns of a workbook by their keys, or by their titles in any language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from fairplatform.i18n.text import visible

from .cells import LOST
from .findings import Finding
from .kinds import Cell
from .kinds.choices import folded
from .sheets import SHEETS, Column, Sheet

MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Header:
    """`columns`: by the number of the column in the file."""

    columns: Mapping[int, Column]
    findings: list[Finding]


def sheet_named(title: str) -> Sheet | None:
    return _sheets().get(folded(visible(title)))


def column_named(sheet: Sheet, title: str) -> Column | None:
    """By key or title; a star, which marks what is needed, does not count."""
    return _columns(sheet.key).get(folded(visible(title).replace("*", "")))


def has_keys(sheet: Sheet, titles: Mapping[int, Cell], cells: Mapping[int, Cell]) -> bool:
    """Whether the row after the titles has the columns' keys: at least half of its cells are, and none contradicts."""
    keys = {column.key: column for column in sheet.columns}
    named = {number: keys[word] for number, cell in cells.items() if (word := str(cell).strip()) in keys}
    contradicts = any(
        column_named(sheet, str(titles[number])) not in (None, column)
        for number, column in named.items()
        if number in titles
    )
    return 2 * len(named) >= len(cells) and not contradicts


def header(sheet: Sheet, titles: Mapping[int, Cell], keys: Mapping[int, Cell]) -> Header:
    """The columns of a sheet by a row of titles and one of keys, each of which may be empty. A key counts first."""
    found: dict[int, Column] = {}
    findings: list[Finding] = []
    for number in sorted({*titles, *keys}):
        if number > MOST_COLUMNS:
            findings.append(Finding(sheet.key, None, None, "too_many_columns", "error", {"limit": str(MOST_COLUMNS)}))
            break
        written = [str(row[number]) for row in (keys, titles) if number in row]
        column = next((column for name in written if (column := column_named(sheet, name))), None)
        if column is None and LOST.search(written[-1]):
            findings.append(Finding(sheet.key, None, None, "title_letters_lost", "error", {"title": written[-1][:80]}))
        elif column is None:
            findings.append(Finding(sheet.key, None, None, "column_unknown", "warning", {"title": written[-1][:80]}))
        elif column in found.values():
            findings.append(
                Finding(sheet.key, None, column.key, "column_doubled", "error", {"title": written[-1][:80]})
            )
        else:
            found[number] = column
    return Header(found, findings)


@cache
def _sheets() -> dict[str, Sheet]:
    titles = {folded(title): sheet for sheet in SHEETS.values() for title in sheet.titles.values()}
    return titles | {folded(key): sheet for key, sheet in SHEETS.items()}


@cache
def _columns(sheet_key: str) -> dict[str, Column]:
    columns = SHEETS[sheet_key].columns
    titles = {folded(title): column for column in columns for title in column.titles.values()}
    return titles | {folded(column.key): column for column in columns}
