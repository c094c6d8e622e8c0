"""Writes rows as a workbook that `rows.read` reads back unchanged."""

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell as StyledCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from fairplatform.files.spreadsheets import neutral, without_impossible
from fairplatform.i18n.text import LANGUAGES, current_language, direction

from .kinds import Cell
from .row import CLEAR
from .sheets import SHEETS, Column, Sheet

_EXAMPLES = Path(__file__).with_name("examples.toml")
_KEYS, _FIRST = 2, 3  # the row of the columns' keys, and that of the first values
_LAST_OF_LIST = 5000  # row down to which a column offers its drop-down list
_LONGEST_LIST = 255  # characters of a drop-down list, a limit of the format
_FORMATS = {datetime: "yyyy-mm-dd hh:mm", date: "yyyy-mm-dd", time: "hh:mm", str: "@"}
_NARROW, _WIDE = 14, 28  # characters of a column's width
_COMMENT_WIDTH, _COMMENT_HEIGHT = 320, 140  # pixels


def write(
    path: Path,
    rows: Mapping[str, Iterable[Mapping[str, object]]],
    sheets: Collection[str] = SHEETS.keys(),
    left_out: Collection[str] = (),
) -> None:
    """Writes an .xlsx file with these sheets. `rows`: by sheet, each by column key, in the types that `read` gives.
    `left_out`: the keys of columns that it is to be without.

    The titles of the columns are in the active language, their comments in all; the hidden second row has their keys.
    """
    # Opened first: sheets that could not be saved would complain when they are thrown away.
    with path.open("wb") as file:
        book = Workbook(write_only=True)
        for sheet in (_without(SHEETS[key], left_out) for key in SHEETS if key in sheets):
            page = book.create_sheet(sheet.key)
            _set_up(page, sheet)
            page.append([_title(page, column) for column in sheet.columns])
            page.append([column.key for column in sheet.columns])
            for row in rows.get(sheet.key, ()):
                page.append(list(_cells(page, sheet, row)))
        book.save(file)


def write_template(path: Path, sheets: Collection[str] = SHEETS.keys()) -> None:
    """Writes an .xlsx file to fill in, with example rows in each sheet."""
    write(path, tomllib.loads(_EXAMPLES.read_text(), parse_float=Decimal), sheets)


def _without(sheet: Sheet, left_out: Collection[str]) -> Sheet:
    return replace(sheet, columns=tuple(one for one in sheet.columns if one.key not in left_out)) if left_out else sheet


def _set_up(page: Worksheet, sheet: Sheet) -> None:
    page.freeze_panes = f"A{_FIRST}"
    page.sheet_view.rightToLeft = direction(current_language()) == "rtl"
    page.row_dimensions[_KEYS].hidden = True
    for number, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(number)
        title = column.titles[current_language()]
        page.column_dimensions[letter].width = _WIDE if len(title) > _NARROW else _NARROW
        _offer_choices(page, column, f"{letter}{_FIRST}:{letter}{_LAST_OF_LIST}")


def _offer_choices(page: Worksheet, column: Column, cells: str) -> None:
    """A drop-down list; what is not in it may be typed, and is judged when the workbook is read."""
    choices = ",".join(column.kind.choices())
    if not choices or len(choices) > _LONGEST_LIST:
        return
    offer = DataValidation(type="list", formula1=f'"{choices}"', allow_blank=True, showErrorMessage=False)
    offer.add(cells)
    page.data_validations.append(offer)


def _title(page: Worksheet, column: Column) -> StyledCell:
    """A title, in bold where the column is needed, with what to write in the column in every language."""
    cell = WriteOnlyCell(page, column.titles[current_language()])
    cell.font = Font(bold=column.needed)
    text = "\n".join(f"{column.titles[language]}: {column.comment[language]}" for language in LANGUAGES)
    cell.comment = Comment(text, "Fairplatform", width=_COMMENT_WIDTH, height=_COMMENT_HEIGHT)
    return cell


def _cells(page: Worksheet, sheet: Sheet, row: Mapping[str, object]) -> Iterator[StyledCell | Cell | None]:
    for column in sheet.columns:
        value = row.get(column.key)
        yield None if value is None or value == [] else _cell(page, column, value)


def _cell(page: Worksheet, column: Column, value: object) -> StyledCell | Cell:
    written = CLEAR.value if value is CLEAR else column.kind.written(value)
    if isinstance(written, str):
        written = neutral(without_impossible(written))
    if type(written) not in _FORMATS:
        return written
    cell = WriteOnlyCell(page)
    cell.value = written
    cell.number_format = _FORMATS[type(written)]
    return cell
