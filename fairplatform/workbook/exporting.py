"""A whole fair as the rows of a workbook, such that importing them changes nothing."""

from pathlib import Path

from django.db import transaction

from fairplatform.fairs.models import Fair

from .keys import KeyBook
from .stored import STORED_SHEETS
from .writing import write


def export_fair(fair: Fair, path: Path) -> dict[str, int]:
    """Writes the fair as an .xlsx file; says how many rows each sheet has. Raises OSError."""
    rows = exported_rows(fair)
    write(path, rows)
    return {sheet: len(cells) for sheet, cells in rows.items() if cells}


@transaction.atomic
def exported_rows(fair: Fair) -> dict[str, list[dict[str, object]]]:
    """The cells of every row by sheet, in the types that reading a file gives."""
    keys = KeyBook()
    rows = {name: [row.values for row in sheet.read(fair, keys)] for name, sheet in STORED_SHEETS.items()}
    # A file may name several companies in one row.
    rows["preferences"] = [row | {"wants": [row["wants"]]} for row in rows["preferences"]]
    return rows
