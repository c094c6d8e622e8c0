"""The organiser's short names of rows, and which stored row each of them stands for."""

import re
import unicodedata
from collections.abc import Iterable

from django.utils.text import slugify

from fairplatform.fairs.models.participation import KEY_LENGTH


class KeyBook:
    """By sheet, the key of every stored row and the row of every key. A hall's key is its number, a day's its date."""

    def __init__(self) -> None:
        self._keys: dict[str, dict[int, object]] = {}
        self._rows: dict[str, dict[object, int]] = {}

    def add(self, sheet: str, key: object, row: int) -> None:
        self._keys.setdefault(sheet, {})[row] = key
        self._rows.setdefault(sheet, {})[key] = row

    def key(self, sheet: str, row: int | None) -> object | None:
        """The key of the row with this primary key."""
        return None if row is None else self._keys.get(sheet, {}).get(row)

    def row(self, sheet: str, key: object | None) -> int | None:
        """The primary key of the row with this key."""
        return None if key is None else self._rows.get(sheet, {}).get(key)


def new_key(names: Iterable[str], taken: set[str], length: int = KEY_LENGTH) -> str:
    """A key for a row that has none: made of the first of its names that has Latin letters or digits, and unique."""
    stem = next(filter(None, (slugify(name)[: length - 5].strip("-") for name in names)), "row")
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}-{number}", number + 1
    taken.add(key)
    return key


def plain(text: object) -> str:
    """A name for comparing: without differences of case, width, spaces and punctuation."""
    letters = unicodedata.normalize("NFKC", str(text)).casefold()
    return re.sub(r"[\W_]+", " ", letters).strip()
