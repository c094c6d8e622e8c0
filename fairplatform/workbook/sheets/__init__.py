"""The sheets of the workbook, in its order: their columns, what is needed, and whose row a row is."""

from . import companies, fair, record, wishes
from .column import SUFFIXES, Column, Sheet, in_languages, titles_of

__all__ = ["SHEETS", "SUFFIXES", "Column", "Sheet", "in_languages", "titles_of"]

SHEETS: dict[str, Sheet] = {
    sheet.key: sheet for sheet in (*fair.SHEETS, *companies.SHEETS, *wishes.SHEETS, *record.SHEETS)
}
