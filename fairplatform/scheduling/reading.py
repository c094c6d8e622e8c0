"""Problems in files: the published `.dzn` format, and JSON as docs/schedule-files.md describes it."""

from pathlib import Path

from .dzn import read_dzn
from .json_problem import read_json
from .malformed import Malformed
from .problem import Problem


def read(path: Path) -> Problem:
    """Raises `Malformed` with the line and what was expected, `OSError` if the file cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise Malformed(line, "expected UTF-8 text") from None
    return read_dzn(text) if path.suffix == ".dzn" else read_json(text)
