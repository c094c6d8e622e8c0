"""Reads an amount as a person typed it. It is understood, or doubtful and asked back, or refused; never guessed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TypeAlias

from fairplatform.errors import Refused
from fairplatform.i18n.numbers import minor_units, normalised
from fairplatform.i18n.text import isolated

from .amounts import Band, Money
from .currencies import Named, taken_off
from .figures import readings
from .wording import band_in_full, in_full

LONGEST = 80  # characters that are looked at
_SHOWN = 40  # of a text that is refused
_BETWEEN = re.compile(r"\s*(?:[-–—~～至到]|\bto\b|سے)\s*")
_TRAILING = re.compile(r"(?:تک|/-|/=)$")  # "up to", and the end of an amount on a Pakistani bill


@dataclass(frozen=True)
class Understood:
    """The only reading of what was typed. It is shown in full, and stored once the person has pressed."""

    amount: Money


@dataclass(frozen=True)
class Doubtful:
    """Several readings; which one is meant, the person says."""

    readings: tuple[Money, ...]

    def choices(self, language: str) -> list[str]:
        """Each reading in full, in the reader's language."""
        return [in_full(one, language) for one in self.readings]


Reading: TypeAlias = Understood | Doubtful


@dataclass(frozen=True)
class DoubtfulBand:
    """The same of a band: each of its readings has two ends, which are the same for a single amount."""

    readings: tuple[Band, ...]

    def choices(self, language: str) -> list[str]:
        return [band_in_full(one, language) for one in self.readings]


def read(text: str, *, currency: str = "", among: Sequence[str] = ()) -> Reading:
    """The amount of a text such as `USD 12,500`, `１２万元`, `25 لاکھ روپے`.

    `currency`: chosen beside the field; `among`: those that are usual here, for a name that several have, such as
    rupees, and for a text without any. Raises Refused: amount_unreadable, amount_negative, amount_too_fine,
    amount_too_large, currency_unknown.
    """
    named = _named(text)
    return _reading(text, readings(named.figure), _currencies(named, currency, among))


def read_band(text: str, *, currency: str = "", among: Sequence[str] = ()) -> Band | DoubtfulBand:
    """The band of a text such as `10-20万美元`; of a single amount, from it to itself.

    A currency beside one figure is that of both, and so is a scale behind the second. Raises what `read` raises, and
    Refused: band_reversed, band_currencies.
    """
    ends = _BETWEEN.split(_TRAILING.sub("", _visible(text)).strip())
    if len(ends) != 2 or not all(ends):
        return _band(Band(one, one) for one in _amounts(read(text, currency=currency, among=among)))
    low, high = map(taken_off, ends)
    currencies = [
        _currencies(Named(own.figure, own.currencies or other.currencies), currency, among)
        for own, other in ((low, high), (high, low))
    ]
    last = _amounts(_reading(text, readings(high.figure), currencies[1]))
    first = _amounts(_reading(text, _values_of_lower(low.figure, high.figure), currencies[0]))
    return _band(_bands(first, last))


def _amounts(reading: Reading) -> tuple[Money, ...]:
    return (reading.amount,) if isinstance(reading, Understood) else reading.readings


def _bands(first: Sequence[Money], last: Sequence[Money]) -> list[Band]:
    """Those of the two ends that are bands; raises the first refusal if none is."""
    found, refusals = [], []
    for low, high in product(first, last):
        try:
            found.append(Band(low, high))
        except Refused as refused:
            refusals.append(refused)
    if not found:
        raise refusals[0]
    return found


def _band(bands: Iterable[Band]) -> Band | DoubtfulBand:
    found = tuple(bands)
    return found[0] if len(found) == 1 else DoubtfulBand(found)


def _values_of_lower(low: str, high: str) -> tuple[Fraction, ...]:
    """The values of the lower end, with the scale of the upper one if it has none and stays below that."""
    scale = re.search(r"[^\d.,\s]+$", high)
    if low[-1:].isdecimal() and scale:
        scaled, upper = readings(low + scale[0]), readings(high)
        if scaled and upper and max(scaled) <= max(upper):
            return scaled
    return readings(low)


def _visible(text: str) -> str:
    return " ".join(normalised(text).split())


def _named(text: str) -> Named:
    """The figure and its currency. What is below zero is refused as that, wherever its sign stands."""
    visible = _visible(text)
    if len(visible) > LONGEST:
        raise _unreadable(text)
    named = taken_off(_TRAILING.sub("", visible).strip())
    if re.match(r"-\s*\d", visible) or re.match(r"-\s*\S", named.figure):
        raise Refused("amount_negative")
    return named


def _currencies(named: Named, chosen: str, among: Sequence[str]) -> tuple[str, ...]:
    """Those that the amount may be in: what is typed counts, and contradicts what was chosen only as a doubt."""
    if not named.currencies:
        return (chosen,) if chosen else tuple(among)
    usual = tuple(code for code in named.currencies if code in among) or named.currencies
    if not chosen:
        return usual
    return (chosen,) if chosen in named.currencies else (*usual, chosen)


def _reading(text: str, values: Sequence[Fraction], currencies: Sequence[str]) -> Reading:
    """The readings that the currencies allow: 12.500 yen can only be the larger one."""
    if not values or not currencies:
        raise _unreadable(text)
    found, refusals = [], []
    for currency in currencies:
        for value in values:
            try:
                found.append(Money(minor_units(value, currency), currency))
            except Refused as refused:
                refusals.append(refused)
    amounts = tuple(dict.fromkeys(found))
    if not amounts:
        raise refusals[0]
    return Understood(amounts[0]) if len(amounts) == 1 else Doubtful(amounts)


def _unreadable(text: str) -> Refused:
    return Refused("amount_unreadable", text=isolated(text.strip()[:_SHOWN]))
