"""Writes rows as a workbook that `rows.read` reads back unchanged."""

from collections.abc import Iterable, Mapping
from pathlib import Path


def write(path: Path, rows: Mapping[str, Iterable[Mapping[str, object]]]) -> None:
    """Writes an .xlsx file with every sheet. `rows`: by sheet, each by column key, in the types that `read` gives."""
    raise NotImplementedError


def write_template(path: Path) -> None:
    """Writes an .xlsx file to fill in: two example rows in each sheet, drop-down lists, comments in three languages."""
    raise NotImplementedError
