"""What is done to a cell before its column's kind reads it."""

import re
from collections.abc import Callable

from fairplatform.files.spreadsheets import without_mark
from fairplatform.i18n.text import visible

from .files.xlsx import UNCALCULATED
from .kinds import Cell, Unread

MOST_CHARACTERS = 32_767  # of a cell in a spreadsheet
_ERRORS = {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}
_LINE_ENDS = re.compile("(?:_x000[Dd]_)?\r\n?|_x000[Dd]_\n?")
# Old encodings of Windows have no place for some letters of Urdu, whose own question mark is another character.
LOST = re.compile("[\u0621-\u06d3]\\?+[\u0621-\u06d3]")
_CLEAR = re.compile(r"[(（]\s*none\s*[)）]", re.IGNORECASE)


def plain(cell: Cell, warn: Callable[[str], None]) -> Cell | None:
    """The cell as its kind reads it; None if it is blank. Raises Unread.

    Characters that nobody sees are removed, with a warning.
    """
    if not isinstance(cell, str):
        return cell
    if len(cell) > MOST_CHARACTERS:
        raise Unread("text_long", limit=f"{MOST_CHARACTERS:,}", length=f"{len(cell):,}")
    text = _LINE_ENDS.sub("\n", cell).strip()
    if text == UNCALCULATED:
        raise Unread("formula_unsaved")
    if text in _ERRORS:
        raise Unread("error_cell", text=text)
    if LOST.search(text):
        warn("letters_lost")
    if (seen := visible(text)) != text:
        warn("invisible_removed")
        text = seen.strip()
    return without_mark(text) or None


def clears(cell: Cell) -> bool:
    """Whether the cell says that what is stored is to be cleared."""
    return isinstance(cell, str) and _CLEAR.fullmatch(cell) is not None
