"""Numbers as people type them in three scripts. Where two readings are possible, it is asked back."""

import re
import unicodedata
from datetime import date, time, timedelta
from decimal import Decimal
from math import isfinite

from booths.models.product import PRICE_SCALE
from fairplatform.errors import Refused
from fairplatform.i18n.numbers import LONGEST, parse_number

from .kind import Cell, Kind, Row, Unread

KEPT_DIGITS = 15  # decimal digits that a number in a spreadsheet keeps
SHORTENED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)  # how it shows a longer one
_SPACED = re.compile(r"[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+(?P<fraction>[.,][0-9]+)?")
# Points between the thousands: only where a second point or a comma leaves no other reading.
_POINTED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}")

_THOUSANDS_OR_NOT = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")  # half of Europe writes 12.500 for 12,500


def latin_digits(text: str) -> str:
    """The text with the digits 0-9 for those of any script, and Latin signs for full-width ones."""
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    return unicodedata.normalize("NFKC", digits).strip()


def decimal_of(cell: Cell) -> Decimal:
    """The exact number of a cell. Raises Unread, never rounds or guesses."""
    if isinstance(cell, bool | date | time | timedelta) or (isinstance(cell, float) and not isfinite(cell)):
        raise Unread("not_a_number", text=str(cell))
    if isinstance(cell, int | float):
        number = Decimal(f"{cell:.{KEPT_DIGITS}g}") if isinstance(cell, float) else Decimal(cell)
        if number < 0:
            raise Unread("number_negative", text=str(cell))
        return number
    return _typed(cell)


def _typed(text: str) -> Decimal:
    plain = latin_digits(text)
    if SHORTENED.fullmatch(plain):
        raise Unread("number_shortened", text=plain)
    if _SPACED.fullmatch(plain):
        plain = re.sub(r"\s", "", plain).replace(",", ".")
    elif _POINTED.fullmatch(plain):
        plain = plain.replace(".", "").replace(",", ".")
    try:
        return parse_number(plain)[0]
    except Refused as refused:
        code = "number_negative" if refused.code == "amount_negative" else "not_a_number"
        raise Unread(code, text=text.strip()[:LONGEST]) from None


class Integer(Kind):
    """A whole number from `least` to `most`."""

    name = "integer"

    def __init__(self, least: int, most: int) -> None:
        self.least = least
        self.most = most

    def read(self, cell: Cell, row: Row) -> object:
        number = decimal_of(cell)
        if number != number.to_integral_value():
            raise Unread("number_not_whole", text=str(cell))
        if not self.least <= number <= self.most:
            raise Unread("number_out_of_range", text=str(int(number)), least=str(self.least), most=f"{self.most:,}")
        return int(number)

    def written(self, value: object) -> Cell:
        assert isinstance(value, int)
        return value


class DecimalNumber(Kind):
    """A number with or without decimals, below `limit`.

    `positive`: zero makes no sense, as for a rate, which has many; `places`: the most decimals that are stored.
    """

    name = "decimal"

    def __init__(self, *, positive: bool = False, limit: int = 10**KEPT_DIGITS, places: int | None = None) -> None:
        self.positive = positive
        self.places = places
        self.limit = limit

    def read(self, cell: Cell, row: Row) -> object:
        number = decimal_of(cell)
        if isinstance(cell, str) and not self.positive and _THOUSANDS_OR_NOT.fullmatch(latin_digits(cell)):
            row.warn("number_read_as", text=cell.strip(), read=f"{number.normalize():f}")
        if self.positive and not number:
            raise Unread("number_zero")
        if number >= self.limit:
            raise Unread("number_out_of_range", text=str(cell), least="0", most=f"{self.limit:,}")
        if self.places is not None and number.scaleb(self.places) % 1:
            raise Unread("number_too_fine", places=str(self.places))
        return number

    def written(self, value: object) -> Cell:
        """A number, or text where a spreadsheet's number would lose digits."""
        assert isinstance(value, Decimal)
        kept = float(value)
        return kept if Decimal(f"{kept:.{KEPT_DIGITS}g}") == value else f"{value:f}"


class Price(DecimalNumber):
    """A price for one unit of goods, in the currency's unit: above zero, and no finer than it is stored."""

    def __init__(self) -> None:
        super().__init__(limit=10**12)

    def read(self, cell: Cell, row: Row) -> object:
        price = super().read(cell, row)
        assert isinstance(price, Decimal)
        if not price:
            raise Unread("number_zero")
        if price * PRICE_SCALE % 1:
            raise Unread("price_too_fine")
        return price
