"""A whole fair as the rows of a workbook, such that importing them changes nothing."""

from pathlib import Path

from django.db import transaction

from fairplatform.accounts.models import Viewer
from fairplatform.fairs.models import Fair
from fairplatform.fairs.sharing import Elsewhere

from .keys import KeyBook
from .kinds import Kind, Unread
from .kinds.kind import Row as RowOfCell
from .sheets import SHEETS, Sheet
from .stored import STORED_SHEETS
from .writing import write


def export_fair(fair: Fair, path: Path, organiser: Viewer | None = None) -> dict[str, int]:
    """Writes the fair as an .xlsx file, as this organiser of it sees its people; says how many rows each sheet has.

    Raises OSError.
    """
    rows = exported_rows(fair, organiser)
    write(path, rows)
    return {sheet: len(cells) for sheet, cells in rows.items() if cells}


@transaction.atomic
def exported_rows(fair: Fair, organiser: Viewer | None = None) -> dict[str, list[dict[str, object]]]:
    """The cells of every row by sheet, in the types that reading a file gives."""
    keys, elsewhere = KeyBook(), Elsewhere.of(organiser.pk if organiser else None, fair)
    rows = {name: [row.values for row in sheet.read(fair, keys, elsewhere)] for name, sheet in STORED_SHEETS.items()}
    # A file may name several companies in one row.
    rows["preferences"] = [row | {"wants": [row["wants"]]} for row in rows["preferences"]]
    return {name: readable(SHEETS[name], cells) for name, cells in rows.items()}


def readable(sheet: Sheet, rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """The rows without the cells that an import would refuse, such as a telephone number typed with an extension.

    They would forbid the whole file, whereas an empty cell leaves what is stored.
    """
    kinds = {column.key: column.kind for column in sheet.columns}
    return [
        {name: cell for name, cell in cells.items() if _can_be_read(kinds[name], cell, row)}
        for cells in rows
        for row in [RowOfCell(str(cells["country"]) if "country" in cells else None, _say_nothing)]
    ]


def _say_nothing(code: str, **parameters: str) -> None:
    """Warnings are for whoever imports the file."""


def _can_be_read(kind: Kind, value: object, row: RowOfCell) -> bool:
    try:
        kind.read(kind.written(value), row)
    except Unread:
        return False
    return True
