"""Opens CSV files as programs of three countries save them: their encodings, and what stands between the cells."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

from .scripts import plausibility
from .table import LAST_ROW, MOST_BYTES, Cells, Table, UnreadableFile, limited, too_many_rows

_DELIMITERS = (",", ";", "\t")
# The mark of UTF-32 begins with that of UTF-16.
_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\0\0": "utf-32",
    b"\0\0\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_OLD_ENCODINGS = ("cp1256", "gb18030", "cp1252")  # of Windows in Urdu, in Chinese, and in European languages
_SAMPLE = 2**16  # bytes that an encoding is recognised by
_LEAST_PLAUSIBLE = 0.4  # of the letters beyond ASCII; what no one of these encodings makes sense of has a third
_DAMAGED = 4  # letters of UTF-8 for each that is none, from which a file is taken for UTF-8 with damage


def open_csv(path: Path, recognised: Callable[[str, list[str]], int], head: int = 2, name: str = "") -> Table:
    """The sheet of a CSV file, whose name is its title. Raises UnreadableFile.

    `recognised`: how many of a row's cells are titles of the sheet's columns. The delimiter is the one by which they
    are most, in one of the first `head` rows. `name`: by which its sender knows the file, where `path` has another.
    """
    name = name or path.name
    title = Path(name).stem
    if path.stat().st_size > MOST_BYTES:
        raise UnreadableFile("file_large", limit=str(MOST_BYTES // 2**20))
    content = path.read_bytes()

    def titles(text: str, delimiter: str) -> int:
        return max((recognised(title, cells) for cells in _head(text[:_SAMPLE], delimiter, head)), default=0)

    def most_titles(text: str) -> int:
        return max(titles(text, delimiter) for delimiter in _DELIMITERS)

    text = decoded(content, name, most_titles)

    def quality(delimiter: str) -> int:
        return titles(text, delimiter)

    if text.count("\n") > LAST_ROW:
        raise too_many_rows(title)
    return Table(title, limited(title, _rows(text, max(_DELIMITERS, key=quality), name)))


def decoded(content: bytes, name: str, titles: Callable[[str], int]) -> str:
    """The text of a file whose encoding nobody states. Raises UnreadableFile, also where it would make no sense.

    `titles`: how many titles of columns a text begins with.
    """
    if text := _decoded_as(content, _unicode(content)):
        return text
    _refuse_damaged(content, name)
    possible = [text for encoding in _OLD_ENCODINGS if (text := _decoded_as(content, encoding))]
    likeliest = max(possible, key=lambda text: (titles(text), plausibility(text[:_SAMPLE])), default="")
    if plausibility(likeliest[:_SAMPLE]) < _LEAST_PLAUSIBLE or not likeliest:
        raise UnreadableFile("encoding_unknown", file=name)
    return likeliest


def _refuse_damaged(content: bytes, name: str) -> None:
    """What is UTF-8 but for a few bytes, which an old encoding would make other letters of."""
    text = content.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    if sum(not letter.isascii() for letter in text) - lost > _DAMAGED * lost:
        raise UnreadableFile("csv_broken", file=name, line=str(text[: text.index("\ufffd")].count("\n") + 1))


def _decoded_as(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unicode(content: bytes) -> str:
    marked = next((encoding for mark, encoding in _MARKS.items() if content.startswith(mark)), None)
    return marked or _wide(content) or "utf-8"


def _wide(content: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of Latin text is zero."""
    sample = content[: _SAMPLE & ~1]
    zeros = {"utf-16-be": sample[::2].count(0), "utf-16-le": sample[1::2].count(0)}
    encoding = max(zeros, key=zeros.__getitem__)
    return encoding if zeros[encoding] > len(sample) // 8 else None


def _head(text: str, delimiter: str, rows: int) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells, _number in zip(reader, range(rows), strict=False):
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
