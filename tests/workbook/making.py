"""Makes workbooks and CSV folders for the tests."""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import openpyxl

from fairplatform.workbook.reading import Workbook, read

Sheets = Mapping[str, Iterable[Sequence[object]]]


def xlsx(path: Path, sheets: Sheets) -> Path:
    """A workbook with these rows in its sheets; a row is a list of cells."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(list(row))
    book.save(path)
    return path


def with_part(path: Path, name: str, content: bytes) -> Path:
    """The same workbook with one part of its archive replaced or added."""
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, old in {**parts, name: content}.items():
            archive.writestr(part, content if part == name else old)
    return path


def values(workbook: Workbook, sheet: str) -> list[tuple[int, dict[str, object]]]:
    return [(row.number, row.values) for row in workbook.rows[sheet]]


def found(workbook: Workbook) -> list[tuple[str, int | None, str | None, str, str]]:
    return [(one.sheet, one.row, one.column, one.code, one.severity) for one in workbook.findings]


def read_rows(folder: Path, sheets: Sheets) -> Workbook:
    return read(xlsx(folder / "fair.xlsx", sheets))
