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
    LetterLanguage,
    UnitOfGoods,
    Zone,
)
from .contacts import Email, Phone
from .identifiers import Identifier, Registration, TaxNumber
from .kind import Cell, Kind, Unread
from .numbers import DecimalNumber, Integer, Price
from .places import City, CityName, Place, has_list
from .text import BoothNumber, Key, Reference, References, Signatories, Slug, Text, Texts
from .times import Date, DateTime, EndTime, Pauses, Time, Weekdays

__all__ = [
    "BoothNumber", "Cell", "Choice", "Choices", "City", "CityName", "Country", "Currency", "Date", "DateTime",
    "DecimalNumber", "Email", "EndTime", "Hs", "HsList", "Identifier", "Incoterm", "Integer", "Key", "Kind",
    "Language", "LanguagePair", "LanguagePairs", "Languages", "LetterLanguage", "Pauses", "Phone", "Place", "Price",
    "Provenance", "Reference", "References", "Registration", "Signatories", "Slug", "TaxNumber", "Text", "Texts",
    "Time",
    "UnitOfGoods", "Unread", "Weekdays", "YesNo", "Zone", "has_list",
]  # fmt: skip
