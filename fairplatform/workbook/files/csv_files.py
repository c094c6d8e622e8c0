"""Opens CSV files as programs of three countries save them: their encodings, and what stands between the cells."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

from charset_normalizer import from_bytes

from .table import LAST_ROW, MOST_BYTES, Cells, Table, UnreadableFile, limited, too_many_rows

_DELIMITERS = (",", ";", "\t")
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_OLD_ENCODINGS = ["gb18030", "cp1256", "cp1252"]  # of Windows in Chinese, in Urdu, and in European languages
_SAMPLE = 2**16  # bytes that an encoding is recognised by


def open_csv(path: Path, recognised: Callable[[str, list[str]], int]) -> Table:
    """The sheet of a CSV file, whose name is its title. Raises UnreadableFile.

    `recognised`: how many of a first row's cells are titles of the sheet's columns. The delimiter is the one by which
    they are most.
    """
    if path.stat().st_size > MOST_BYTES:
        raise UnreadableFile("file_large", limit=str(MOST_BYTES // 2**20))
    text = decoded(path.read_bytes(), path.name)
    head = text[:_SAMPLE]

    def quality(delimiter: str) -> int:
        return max((recognised(path.stem, cells) for cells in _head(head, delimiter)), default=0)

    if text.count("\n") > LAST_ROW:
        raise too_many_rows(path.stem)
    return Table(path.stem, limited(path.stem, _rows(text, max(_DELIMITERS, key=quality), path.name)))


def decoded(content: bytes, name: str) -> str:
    """The text of a file whose encoding nobody states. Raises UnreadableFile."""
    for encoding in _likely_encodings(content):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile("encoding_unknown", file=name)


def _likely_encodings(content: bytes) -> Iterator[str]:
    marked = next((encoding for mark, encoding in _MARKS.items() if content.startswith(mark)), None)
    yield marked or _wide(content) or "utf-8"
    yield from _old(content)


def _wide(content: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of Latin text is zero."""
    sample = content[: _SAMPLE & ~1]
    zeros = {"utf-16-be": sample[::2].count(0), "utf-16-le": sample[1::2].count(0)}
    encoding = max(zeros, key=zeros.__getitem__)
    return encoding if zeros[encoding] > len(sample) // 8 else None


def _old(content: bytes) -> list[str]:
    """What the text may be in, by its letters."""
    other = [line for line in content[:_SAMPLE].splitlines() if not line.isascii()]
    best = from_bytes(b"\n".join(other), cp_isolation=_OLD_ENCODINGS).best()
    return [best.encoding] if best else []


def _head(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells, _two in zip(reader, range(2), strict=False):
            yield cells
    except csv.Error:
        return


def _rows(text: str, delimiter: str, name: str) -> Iterator[tuple[int, Cells]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, 1):
            yield number, {place: cell for place, cell in enumerate(cells, 1) if cell}
    except csv.Error as error:
        raise UnreadableFile("csv_broken", file=name, line=str(reader.line_num)) from error
