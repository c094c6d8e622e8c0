"""Conversions. Each keeps the rate that it was made with, so that anybody can make it again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from babel.numbers import get_currency_precision

from .amounts import Money

SCALE = 10**10
"""A rate is stored as an integer of its ten-thousand-millionth part."""
FAR = 3
"""Times: so much no rate changes in the years of a fair; the wrong way about, most rates differ by more."""


@dataclass(frozen=True)
class Rate:
    """On a date one `base` was worth `scaled` / SCALE of `quote`, by a source."""

    on: date
    base: str
    quote: str
    scaled: int
    source: str

    @property
    def value(self) -> Decimal:
        return Decimal(self.scaled) / SCALE

    def __str__(self) -> str:
        return f"1 {self.base} = {self.value.normalize():f} {self.quote}"


@dataclass(frozen=True)
class Conversion:
    """An amount in another currency, with the rate that it rests on."""

    amount: Money
    converted: Money
    rate: Rate


def convert(amount: Money, rate: Rate) -> Conversion:
    """The amount in the other currency of the rate, which works in both directions.

    It is computed exactly and rounded once, to the minor unit of the other currency, halves up: as ROUND does in a
    spreadsheet, where people compute it again. Raises ValueError if the rate is of other currencies.
    """
    if {amount.currency} - {rate.base, rate.quote} or rate.scaled <= 0:
        raise ValueError("a rate of other currencies")
    factor = Fraction(rate.scaled, SCALE)
    other, factor = (rate.quote, factor) if amount.currency == rate.base else (rate.base, 1 / factor)
    places = get_currency_precision(other) - get_currency_precision(amount.currency)
    exact = amount.minor * factor * Fraction(10) ** places
    return Conversion(amount, Money(rounded(exact), other), rate)


def rounded(exact: Fraction) -> int:
    """To the nearest integer; a half becomes the next higher one."""
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def rate_for(rates: Iterable[Rate], one: str, other: str, on: date) -> Rate | None:
    """The newest rate between two currencies that was valid on a date; never one through a third currency.

    Of two of the same date, the one that was given in this direction.
    """
    fitting = [rate for rate in rates if {rate.base, rate.quote} == {one, other} and rate.on <= on]
    return max(fitting, key=lambda rate: (rate.on, rate.base == one), default=None)


def is_far(rate: Rate, known: Rate) -> bool:
    """Whether a rate is several times another one between the same currencies, or a fraction of it."""
    other = Fraction(known.scaled, SCALE)
    times = Fraction(rate.scaled, SCALE) / (other if rate.base == known.base else 1 / other)
    return not Fraction(1, FAR) <= times <= FAR
