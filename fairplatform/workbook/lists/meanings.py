"""What a column of a list may be: a column of the firm, or of one of its contacts."""

from dataclasses import dataclass

from fairplatform.i18n.text import Translated

from ..sheets import SHEETS, SUFFIXES
from ..sheets.column import titles_of

MOST_CONTACTS = 3
_OF_COMPANY = (
    "name", "legal_name", "registration", "tax_number", "sales_tax_number", "customs_number", "chamber_number",
    "country", "prefecture", "city", "county", "address", "tagline", "story", "sells_hs", "wants_hs", "kind", "founded",
    "employees", "sells", "buys", "hall", "remarks",
)  # fmt: skip
_OF_CONTACT = ("name", "position", "mobile", "email", "wechat", "whatsapp", "salutation", "speaks")


@dataclass(frozen=True, slots=True)
class Choosable:
    """A column of a sheet as a list can have it: a text in three languages is one column."""

    key: str
    titles: Translated
    is_translated: bool


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column is. `contact`: of which of the row's contacts, from 1; 0 of the firm. LEFT_OUT: it is not read."""

    sheet: str
    column: str
    contact: int = 0

    @property
    def code(self) -> str:
        """As forms and stored choices write it, such as `companies.city` and `people.2.email`."""
        return ".".join(filter(None, (self.sheet, str(self.contact or ""), self.column)))

    @property
    def choosable(self) -> Choosable:
        return next(one for one in COLUMNS[self.sheet] if one.key == self.column)


LEFT_OUT = Meaning("", "")
NAME = Meaning("companies", "name")
TAX_NUMBER = Meaning("companies", "tax_number")


def _columns(sheet: str, keys: tuple[str, ...]) -> tuple[Choosable, ...]:
    translated = {column.key for column in SHEETS[sheet].columns}
    return tuple(Choosable(key, titles_of(sheet, key), key not in translated) for key in keys)


COLUMNS = {"companies": _columns("companies", _OF_COMPANY), "people": _columns("people", _OF_CONTACT)}
MEANINGS: dict[str, Meaning] = {
    one.code: one
    for one in (
        *(Meaning("companies", key) for key in _OF_COMPANY),
        *(Meaning("people", key, contact) for contact in range(1, MOST_CONTACTS + 1) for key in _OF_CONTACT),
    )
}
"""By code, in the order in which they are offered."""


def base_of(column: str) -> str:
    """The column of a list for a column of a sheet: without the language of its text."""
    stem, _line, ending = column.rpartition("_")
    is_translated = any(one.key == stem and one.is_translated for columns in COLUMNS.values() for one in columns)
    return stem if ending in SUFFIXES and is_translated else column
