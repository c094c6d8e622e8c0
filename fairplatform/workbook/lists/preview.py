"""The beginning of a list as it is kept with its import, so that no page has to open the file."""

from typing import Any

from ..files.table import Hidden
from ..kinds.identifiers import may_be_identity_card
from .choice import Choice
from .grids import Grid
from .headers import MOST_ABOVE, guess_header, guess_sheet, propose, remembered_words, titles
from .meanings import TAX_NUMBER
from .mending import as_text
from .titles import is_identity_card

_SAMPLES = 12  # rows below those among which the titles may be
_LONGEST = 80  # characters of a cell


def previewed(grids: list[Grid]) -> dict[str, Any]:
    """The first rows of each sheet as texts; `sheet`, and of each its `header`, are guesses."""
    return {"sheet": guess_sheet(grids), "sheets": [_sheet(grid) for grid in grids]}


def grid_of(sheet: dict[str, Any]) -> Grid:
    """What is kept of a sheet."""
    rows = {number: {int(column): cell for column, cell in cells.items()} for number, cells in sheet["rows"]}
    wide = {number: [(left, right) for left, right in spans] for number, spans in sheet["wide"]}
    return Grid(sheet["title"], rows, wide, hidden=Hidden(columns=set(sheet.get("hidden_columns", ()))))


def remembered(sheet: dict[str, Any], choice: Choice) -> dict[str, str]:
    """What each column of a sheet is said to be, or to be left out, by the words its titles are remembered under."""
    named = titles(grid_of(sheet), choice.header)
    words = remembered_words(named.values())
    codes = {column: meaning.code for column, meaning in choice.columns.items()}
    return {word: codes.get(column, "") for column, word in zip(named, words, strict=True)}


def _sheet(grid: Grid) -> dict[str, Any]:
    kept, header = list(grid.rows)[: MOST_ABOVE + _SAMPLES], guess_header(grid)
    named = titles(grid, header)
    cards = {column for column, title in named.items() if is_identity_card(title)}
    numbers = {column for column, meaning in propose(named, {}).items() if meaning == TAX_NUMBER}

    def is_kept(number: int, column: int, text: str) -> bool:
        """Whether the cell is shown: numbers of identity cards are not."""
        is_card = column in cards or (column in numbers and may_be_identity_card(text))
        return number <= header or not is_card

    def shown(number: int) -> dict[int, str]:
        texts = {column: as_text(cell)[:_LONGEST] for column, cell in grid.rows[number].items()}
        return {column: text for column, text in texts.items() if is_kept(number, column, text)}

    return {
        "title": grid.title,
        "header": header,
        "rows": [[number, shown(number)] for number in kept],
        "wide": [[number, grid.wide[number]] for number in kept if number in grid.wide],
        "hidden_columns": sorted(grid.hidden.columns),
        "hidden_rows": sorted(grid.hidden.rows & grid.rows.keys()),
    }
