"""The rows of a workbook as read, with everything that was found on the way."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from . import sentences as sentences  # of the findings' codes
from .files import xlsx
from .files.csv_files import open_csv
from .files.table import Table, UnreadableFile
from .findings import Finding
from .headers import column_named, sheet_named
from .notes import Notes
from .row import CLEAR, Row
from .sheet_reader import read_sheet

__all__ = ["CLEAR", "Progress", "Row", "UnreadableFile", "Workbook", "read"]

_SHOWN_ROWS = 20  # numbers of them in one sentence

Progress: TypeAlias = Callable[[str, int], None]
"""Called now and then with a sheet's key and how many of its rows were read."""


@dataclass(slots=True)
class Workbook:
    """The rows by sheet, in their order; a sheet the file does not have is missing. Findings in order of reading."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read(path: Path, progress: Progress = lambda sheet, rows: None) -> Workbook:
    """Reads an .xlsx file, or a folder of CSV files with the sheets' names. Raises UnreadableFile."""
    workbook = Workbook()
    with _opened(path, workbook) as tables:
        for table in tables:
            _add(workbook, table, progress)
    if not workbook.rows:
        raise UnreadableFile("no_sheets")
    return workbook


@contextmanager
def _opened(path: Path, workbook: Workbook) -> Iterator[list[Table]]:
    """The sheets of a file or folder."""
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if file.suffix.lower() == ".csv")
        yield [open_csv(file, _recognised) for file in files]
        return
    if not path.is_file():
        raise UnreadableFile("file_missing", file=path.name)
    if path.stat().st_size == 0:
        raise UnreadableFile("file_empty")
    if path.suffix.lower() == ".csv" and not xlsx.is_workbook(path):
        yield [open_csv(path, _recognised)]
        return
    # The library warns of what it leaves out, pictures for example, which is nothing to whoever sent the file.
    with path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tables = xlsx.open_workbook(file)
        if xlsx.has_macros(file):
            workbook.findings.append(Finding("", None, None, "macros_ignored", "warning"))
        yield tables


def _add(workbook: Workbook, table: Table, progress: Progress) -> None:
    sheet = sheet_named(table.title)
    if sheet is None:
        if next(table.rows, None) is not None:
            workbook.findings.append(Finding(table.title[:80], None, None, "sheet_unknown", "warning"))
        return
    if sheet.key in workbook.rows:
        workbook.findings.append(Finding(sheet.key, None, None, "sheet_doubled", "error"))
        return
    notes = Notes(sheet.key)
    workbook.rows[sheet.key] = rows = read_sheet(sheet, table, notes, progress)
    workbook.findings.extend([*_unseen(sheet.key, table, rows), *notes.all()])


def _unseen(sheet: str, table: Table, rows: list[Row]) -> Iterator[Finding]:
    """What whoever opens the file does not see, by a filter for example, but is read."""
    if not rows:
        return
    if table.hidden.sheet:
        yield Finding(sheet, None, None, "sheet_hidden", "warning")
    numbers = [str(row.number) for row in rows if row.number in table.hidden.rows]
    if numbers:
        shown = [*numbers[:_SHOWN_ROWS], "…"] if len(numbers) > _SHOWN_ROWS else numbers
        yield Finding(sheet, None, None, "rows_hidden", "warning", {"rows": ", ".join(shown)})


def _recognised(title: str, cells: list[str]) -> int:
    """How many cells of a row are titles of the sheet's columns."""
    sheet = sheet_named(title)
    return sum(column_named(sheet, cell) is not None for cell in cells) if sheet else 0
