"""The kinds of columns: how a cell of each is read, checked and written."""

from .choices import Choice, Choices, Provenance, YesNo
from .codes import (
    Country,
    Currency,
    Hs,
    HsList,
    Incoterm,
    Language,
    LanguagePair,
    LanguagePairs,
    Languages,
    UnitOfGoods,
    Zone,
)
from .contacts import Email, Phone
from .identifiers import Identifier, Registration, TaxNumber
from .kind import Cell, Kind, Unread
from .numbers import DecimalNumber, Integer
from .places import City, Place, city_key
from .text import Key, Reference, References, Slug, Text, Texts
from .times import Date, DateTime, Pauses, Time, Weekdays

__all__ = [
    "Cell", "Choice", "Choices", "City", "Country", "Currency", "Date", "DateTime", "DecimalNumber", "Email", "Hs",
    "HsList", "Identifier", "Incoterm", "Integer", "Key", "Kind", "Language", "LanguagePair", "LanguagePairs",
    "Languages", "Pauses", "Phone", "Place", "Provenance", "Reference", "References", "Registration", "Slug",
    "TaxNumber", "Text", "Texts", "Time", "UnitOfGoods", "Unread", "Weekdays", "YesNo", "Zone", "city_key",
]  # fmt: skip
