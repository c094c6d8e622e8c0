"""The rows of a workbook as read, with everything that was found on the way."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from .findings import Finding
from .row import CLEAR, Row

__all__ = ["CLEAR", "Progress", "Row", "UnreadableFile", "Workbook", "read"]

Progress: TypeAlias = Callable[[str, int], None]
"""Called now and then with a sheet's key and how many of its rows were read."""


@dataclass(slots=True)
class Workbook:
    """The rows by sheet, in their order; a sheet the file does not have is missing. Findings in order of reading."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


class UnreadableFile(Exception):
    """The file as a whole cannot be read. `code` is a key of findings.FINDINGS, `parameters` fill its sentence."""

    def __init__(self, code: str, **parameters: str) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters


def read(path: Path, progress: Progress | None = None) -> Workbook:
    """Reads and checks an .xlsx file, or a folder of CSV files with the sheets' names. Raises UnreadableFile."""
    raise NotImplementedError
