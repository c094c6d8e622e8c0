"""Text, the organisers' short names of rows, and references to them."""

import re
import unicodedata
from datetime import date, time, timedelta

from booths.numbers import LONGEST as BOOTH_LONGEST
from booths.numbers import plain_number
from fairplatform.fairs.models.participation import KEY_LENGTH

from .kind import Cell, Kind, Row, Several, Unread
from .numbers import KEPT_DIGITS, SHORTENED

LONGEST = 2000  # characters of a text whose column says nothing else
_KEY = re.compile(r"[^\W_]+(?:-+[^\W_]+)*")
_SLUG = re.compile(r"[a-z0-9]+(?:-+[a-z0-9]+)*")
_SEPARATORS = re.compile("[;；؛\n]")
_SEPARATORS_OF_CODES = re.compile("[;；؛,，،、\n]")


def as_text(cell: Cell) -> str:
    """The text of a cell in which a name, code or number is written as text, trimmed.

    A spreadsheet turns what looks like a number or date into one. Raises Unread where that has lost what was typed.
    """
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, date | time | timedelta):
        raise text_is_date(cell)
    if abs(cell) >= 10**KEPT_DIGITS:
        raise Unread("digits_lost", "warning")
    return str(int(cell)) if cell == int(cell) else f"{cell:.{KEPT_DIGITS}g}"


def text_is_date(cell: date | time | timedelta) -> Unread:
    """What a spreadsheet has made of `3-4` is a date; it stores one with the time of midnight."""
    return Unread("text_is_date", text=str(cell).removesuffix(" 00:00:00"))


def as_code(cell: Cell) -> str:
    """The text of a cell with a code: in the characters of Latin keyboards, also where typed in full width.

    Raises Unread for a long number that a spreadsheet has saved as `1.38E+10`.
    """
    text = unicodedata.normalize("NFKC", as_text(cell)).strip()
    if SHORTENED.fullmatch(text):
        raise Unread("number_shortened", text=text)
    return text


def several(cell: Cell) -> list[str]:
    """The values of a cell with several, one in each line or with `;` between them, without empty and doubled ones."""
    return _parts(cell, _SEPARATORS)


def several_codes(cell: Cell) -> list[str]:
    """The codes of a cell with several, which may have commas between them too: no code has one."""
    return list(dict.fromkeys(map(as_code, _parts(cell, _SEPARATORS_OF_CODES))))


def _parts(cell: Cell, separators: re.Pattern[str]) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in separators.split(as_text(cell)) if part.strip()))


class Text(Kind):
    name = "text"

    def __init__(self, longest: int = LONGEST) -> None:
        self.longest = longest

    def read(self, cell: Cell, row: Row) -> object:
        return self.checked(as_text(cell))

    def checked(self, text: str) -> str:
        if len(text) > self.longest:
            raise Unread("text_long", limit=str(self.longest), length=str(len(text)))
        return text


class BoothNumber(Text):
    """The number of a booth, such as 12 or A-12. One like 3E07 is none that a spreadsheet has shortened."""

    def __init__(self) -> None:
        super().__init__(BOOTH_LONGEST)

    def read(self, cell: Cell, row: Row) -> object:
        return self.checked(plain_number(as_text(cell)))


class Texts(Several, Text):
    """Several texts. Its value is a list."""

    name = "texts"

    def read(self, cell: Cell, row: Row) -> object:
        return [self.checked(text) for text in several(cell)]


class Signatories(Texts):
    """Who signed, each with the position if that is said: `Mr Wang | Chairman`."""

    MARK = "|"

    def __init__(self, longest: int, longest_title: int) -> None:
        super().__init__(longest)
        self.longest_title = longest_title

    def read(self, cell: Cell, row: Row) -> object:
        texts = several(cell)
        for text in texts:
            name, title = self.split(text)
            self.checked(name)
            if len(title) > self.longest_title:
                raise Unread("text_long", limit=str(self.longest_title), length=str(len(title)))
        return texts

    @classmethod
    def split(cls, text: str) -> tuple[str, str]:
        """The name and the position."""
        name, mark, title = text.rpartition(cls.MARK)
        return (name.strip(), title.strip()) if mark else (text, "")

    @classmethod
    def joined(cls, name: str, title: str) -> str:
        """As a cell of it, which `split` reads again."""
        return f"{name} {cls.MARK} {title}".strip() if title or cls.MARK in name else name


class Key(Kind):
    """The organiser's own short name of a row."""

    name = "key"

    def read(self, cell: Cell, row: Row) -> object:
        key = as_code(cell)
        if not _KEY.fullmatch(key):
            raise Unread("key_form", key=key)
        if len(key) > KEY_LENGTH:
            raise Unread("text_long", limit=str(KEY_LENGTH), length=str(len(key)))
        return key


class Slug(Kind):
    """The part of an address that names something: small Latin letters, digits and hyphens."""

    name = "slug"

    def __init__(self, longest: int) -> None:
        self.longest = longest

    def read(self, cell: Cell, row: Row) -> object:
        slug = as_code(cell).lower()
        if not _SLUG.fullmatch(slug) or len(slug) > self.longest:
            raise Unread("slug_form", text=slug[:80], limit=str(self.longest))
        return slug


class Reference(Text):
    """The key of a row of one of the `sheets`, or the name of one that has no key."""

    name = "reference"

    def __init__(self, *sheets: str, longest: int = 200) -> None:
        super().__init__(longest)
        self.sheets = sheets


class References(Texts):
    """Several references. Its value is a list."""

    name = "references"

    def __init__(self, *sheets: str, longest: int = 200) -> None:
        super().__init__(longest)
        self.sheets = sheets
