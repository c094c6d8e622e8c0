"""Maps columns of a sheet to fields of a model, both ways.

Storing and exporting go through the same declarations, so what is exported is what an import would store.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from babel.numbers import get_currency_precision
from django.db.models import Model

from fairplatform.i18n.text import Translated

from .cells import plain as plain_cell
from .keys import KeyBook
from .kinds import Phone, Unread
from .kinds.kind import Row
from .sheets import SUFFIXES

Values = Mapping[str, object]
"""The cells of one row that are not empty, by column."""


def text_of(values: Values, column: str) -> str:
    """The text of a cell; empty where it has none."""
    cell = values.get(column)
    return cell if isinstance(cell, str) else ""


class Field(Protocol):
    """One column, or the columns that belong together, of a model's row. `keys` says which key stands for which row."""

    @property
    def attributes(self) -> tuple[str, ...]:
        """The model's fields that `write` sets."""

    def read(self, row: Any, keys: KeyBook) -> dict[str, object]: ...

    def write(self, row: Any, values: Values, keys: KeyBook) -> None: ...


@dataclass(frozen=True)
class Plain:
    """A column whose cell is stored as it is; without a cell the model's default is stored, or `empty`."""

    column: str
    attribute: str = ""
    empty: object = None

    @property
    def name(self) -> str:
        return self.attribute or self.column

    @property
    def attributes(self) -> tuple[str, ...]:
        return (self.name,)

    def read(self, row: Model, keys: KeyBook) -> dict[str, object]:
        value = getattr(row, self.name)
        value = as_read(value) if isinstance(value, str) else value
        return {} if value is None or value == "" or value == [] else {self.column: value}

    def write(self, row: Model, values: Values, keys: KeyBook) -> None:
        value = values.get(self.column, self.empty)
        setattr(row, self.name, _default(row, self.name) if value is None else value)


@dataclass(frozen=True)
class Telephone(Plain):
    """A telephone number, which the office stores as it was typed. `country`: where a row's numbers are of."""

    country: Callable[[Any], str] = attrgetter("country")

    def read(self, row: Any, keys: KeyBook) -> dict[str, object]:
        return {name: dialled(str(cell), self.country(row)) for name, cell in super().read(row, keys).items()}


@dataclass(frozen=True)
class Words:
    """A text in up to three languages, a column for each."""

    column: str

    @property
    def attributes(self) -> tuple[str, ...]:
        return (self.column,)

    def read(self, row: Model, keys: KeyBook) -> dict[str, object]:
        return words(self.column, getattr(row, self.column))

    def write(self, row: Model, values: Values, keys: KeyBook) -> None:
        setattr(row, self.column, translated(self.column, values))


@dataclass(frozen=True)
class Scaled:
    """A decimal number, stored as an integer of its smallest part."""

    column: str
    scale: int
    attribute: str = ""

    @property
    def name(self) -> str:
        return self.attribute or self.column

    @property
    def attributes(self) -> tuple[str, ...]:
        return (self.name,)

    def read(self, row: Model, keys: KeyBook) -> dict[str, object]:
        value = getattr(row, self.name)
        return {} if value is None else {self.column: Decimal(value) / self.scale}

    def write(self, row: Model, values: Values, keys: KeyBook) -> None:
        value = values.get(self.column)
        setattr(row, self.name, int(value * self.scale) if isinstance(value, Decimal) else None)


@dataclass(frozen=True)
class Amount:
    """An amount and its currency, stored in the currency's minor unit."""

    column: str
    currency: str
    attribute: str

    @property
    def attributes(self) -> tuple[str, ...]:
        return (self.attribute, self.currency)

    def read(self, row: Model, keys: KeyBook) -> dict[str, object]:
        minor, currency = getattr(row, self.attribute), getattr(row, self.currency)
        cells: dict[str, object] = {self.currency: currency} if currency else {}
        if minor is not None:
            cells[self.column] = Decimal(minor).scaleb(-get_currency_precision(currency))
        return cells

    def write(self, row: Model, values: Values, keys: KeyBook) -> None:
        amount, currency = values.get(self.column), str(values.get(self.currency) or "")
        places = get_currency_precision(currency)
        setattr(row, self.attribute, int(amount.scaleb(places)) if isinstance(amount, Decimal) else None)
        setattr(row, self.currency, currency)


@dataclass(frozen=True)
class LocalTime:
    """A moment, written in the wall-clock time of the zone that another field of the row names."""

    column: str
    zone: str

    @property
    def attributes(self) -> tuple[str, ...]:
        return (self.column,)

    def read(self, row: Model, keys: KeyBook) -> dict[str, object]:
        at: datetime | None = getattr(row, self.column)
        zone = ZoneInfo(getattr(row, self.zone))
        return {self.column: at.astimezone(zone).replace(tzinfo=None)} if at else {}

    def write(self, row: Model, values: Values, keys: KeyBook) -> None:
        at, zone = values.get(self.column), ZoneInfo(getattr(row, self.zone))
        setattr(row, self.column, at.replace(tzinfo=zone) if isinstance(at, datetime) else None)


@dataclass(frozen=True)
class Reference:
    """The key of a row of another sheet."""

    column: str
    sheet: str
    attribute: str

    @property
    def attributes(self) -> tuple[str, ...]:
        return (self.attribute.removesuffix("_id"),)

    def read(self, row: Model, keys: KeyBook) -> dict[str, object]:
        key = keys.key(self.sheet, getattr(row, self.attribute))
        return {} if key is None else {self.column: key}

    def write(self, row: Model, values: Values, keys: KeyBook) -> None:
        setattr(row, self.attribute, keys.row(self.sheet, values.get(self.column)))


def words(column: str, text: Mapping[str, str]) -> dict[str, object]:
    """The cells of a text in up to three languages."""
    cells = {f"{column}_{ending}": as_read(text.get(code, "")) for ending, code in SUFFIXES.items()}
    return {name: cell for name, cell in cells.items() if cell}


def as_read(text: str) -> str:
    """A stored text as a file with it would be read: without marks that nobody sees, and with other ends of lines.

    Else an import of an export would find it changed.
    """
    if text.isprintable():
        return text.strip()
    try:
        return str(plain_cell(text, lambda code: None) or "")
    except Unread:
        return text


def dialled(number: str, country: str | None) -> str:
    """A stored telephone number as a file with it would be read; one that cannot be read as it is."""
    try:
        return str(Phone().read(number, Row(country or None, lambda code, **parameters: None)))
    except Unread:
        return number


def translated(column: str, values: Values) -> Translated:
    """The text that stands in a translated column."""
    cells = {code: values.get(f"{column}_{ending}") for ending, code in SUFFIXES.items()}
    return Translated({code: str(cell) for code, cell in cells.items() if cell})


def read_all(fields: tuple[Field, ...], row: Model, keys: KeyBook) -> dict[str, object]:
    """The cells of all these fields."""
    cells: dict[str, object] = {}
    for field in fields:
        cells |= field.read(row, keys)
    return cells


def write_all(fields: tuple[Field, ...], row: Model, values: Values, keys: KeyBook) -> None:
    for field in fields:
        field.write(row, values, keys)


def attributes_of(fields: tuple[Field, ...]) -> list[str]:
    """The model's fields that these write."""
    return [name for field in fields for name in field.attributes]


def _default(row: Model, name: str) -> object:
    field = row._meta.get_field(name)
    return field.get_default()  # type: ignore[union-attr]  # never a relation's other side


def columns_of(fields: tuple[Plain | Words, ...]) -> frozenset[str]:
    """The columns that these read."""
    named = {f"{field.column}_{ending}" for field in fields if isinstance(field, Words) for ending in SUFFIXES}
    return frozenset(named | {field.column for field in fields if isinstance(field, Plain)})
