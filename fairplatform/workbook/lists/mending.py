"""Writes the rows of a list that cannot be stored as a file for the unit that sent it, with what to mend in each."""

from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook
from openpyxl.cell import Cell as StyledCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from fairplatform.files.spreadsheets import neutral, without_impossible
from fairplatform.i18n.text import current_language, direction, isolated

from ..files.table import Cells
from ..findings import Finding
from ..kinds import Cell
from ..reports import findings
from ..sentences import column_title

OWN_TITLES = gettext_lazy("Row in the list"), gettext_lazy("What to correct")
"""Of the columns that the file has besides those of the list, before and after them."""
_WIDTHS = (8, 20, 60)  # characters: of the row's number, of the list's own columns, of what to mend


def kept_cells(cells: Cells) -> dict[str, str | int | float]:
    """As an import keeps them. Numbers stay numbers: what a spreadsheet has spoiled must not pass for text."""
    return {str(column): cell if isinstance(cell, int | float) else as_text(cell) for column, cell in cells.items()}


def as_text(cell: Cell) -> str:
    """A date without a time of day is written as a date."""
    return str(cell).removesuffix(" 00:00:00") if isinstance(cell, datetime) else str(cell).strip()


def write_rows_to_mend(path: Path, report: dict[str, Any]) -> None:
    """Writes an .xlsx file in the active language, with the list's own titles and cells."""
    book = Workbook(write_only=True)
    page = book.create_sheet(_("To correct"))
    titles = {int(column): title for column, title in report["titles"].items()}
    page.freeze_panes = "A2"
    page.sheet_view.rightToLeft = direction(current_language()) == "rtl"
    for number in range(1, len(titles) + 3):
        width = _WIDTHS[0] if number == 1 else _WIDTHS[2] if number == len(titles) + 2 else _WIDTHS[1]
        page.column_dimensions[get_column_letter(number)].width = width
    page.append([_cell(page, str(text), bold=True) for text in (OWN_TITLES[0], *titles.values(), OWN_TITLES[1])])
    sentences = _sentences(report)
    for number, cells in report["rows"]:
        own = [_cell(page, cells[str(column)]) if str(column) in cells else None for column in titles]
        page.append([number, *own, _cell(page, "\n".join(sentences[number]), wrapped=True)])
    book.save(path)


def _sentences(report: dict[str, Any]) -> dict[int, list[str]]:
    """By row, each thing to mend with the column it is in."""
    found: dict[int, list[str]] = defaultdict(list)
    for one in findings(report):
        if one.severity == "error" and one.row is not None:
            sentence = _line(one)
            if sentence not in found[one.row]:
                found[one.row].append(sentence)
    return found


def _line(finding: Finding) -> str:
    if finding.column is None:
        return finding.text
    place = isolated(column_title(finding.sheet, finding.column))
    return _("%(column)s: %(sentence)s") % {"column": place, "sentence": finding.text}


def _cell(page: Worksheet, value: Cell, *, bold: bool = False, wrapped: bool = False) -> StyledCell:
    cell = WriteOnlyCell(page)
    cell.value = neutral(without_impossible(value)) if isinstance(value, str) else value
    cell.number_format = "@" if isinstance(value, str) else "0" if isinstance(value, int) else "General"
    if bold:
        cell.font = Font(bold=True)
    if wrapped:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
