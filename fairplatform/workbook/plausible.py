"""Figures that can be stored and are hardly meant: an import doubts them, a form asks them back."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

LARGEST_VALUE = 10**8  # of the currency's unit, for the whole quantity
LARGEST_QUANTITY = 10**8
WIDEST_RANGE = 100  # times the lowest price
FAR_FROM_THE_FAIR = timedelta(days=366)  # for the signing of a paper
LONGEST_VALID = timedelta(days=50 * 366)  # that papers are


class Doubt(NamedTuple):
    """A sentence's code and parameters, and the column that it is about."""

    column: str
    code: str
    parameters: dict[str, str]


def of_demand(values: Mapping[str, object]) -> Iterator[Doubt]:
    """By the columns of the sheet."""
    yield from of_order("target_price", values.get("target_price"), values.get("quantity"), values.get("currency"))


def of_product(values: Mapping[str, object]) -> Iterator[Doubt]:
    """By the columns of the sheet."""
    low, high = (values.get(column) for column in ("price_low", "price_high"))
    column = "price_low" if high is None else "price_high"
    yield from of_order(column, values.get(column), values.get("moq"), values.get("currency"))
    if isinstance(low, Decimal) and isinstance(high, Decimal) and high > low * WIDEST_RANGE:
        yield Doubt("price_high", "prices_far_apart", {"lower": f"{low:f}", "upper": f"{high:f}"})


def of_paper(values: Mapping[str, object], days: Collection[object]) -> Iterator[Doubt]:
    """By the columns of the sheet `ledger`, and `agreed_on` of what the parties confirmed. `days`: of the fair."""
    amount, realised = values.get("amount"), values.get("realised")
    if isinstance(amount, Decimal) and isinstance(realised, Decimal) and realised > amount:
        currency = values.get("currency") or ""
        shown = {"amount": f"{currency} {amount:,f}".strip(), "realised": f"{currency} {realised:,f}".strip()}
        yield Doubt("realised", "realised_above", shown)
    signed, agreed, until = (_day(values.get(name)) for name in ("signed_on", "agreed_on", "valid_until"))
    own = [day for day in map(_day, days) if day]
    if signed and own and not min(own) - FAR_FROM_THE_FAIR <= signed <= max(own) + FAR_FROM_THE_FAIR:
        yield Doubt("signed_on", "signed_far", {"date": signed.isoformat()})
    if signed and agreed and signed < agreed:
        yield Doubt("signed_on", "signed_before_agreed", {"date": signed.isoformat()})
    since = signed or agreed
    if not until or not since:
        return
    if until < since:
        yield Doubt("valid_until", f"valid_before_{'signed' if signed else 'agreed'}", {"date": until.isoformat()})
    elif until - since > LONGEST_VALID:
        yield Doubt("valid_until", "valid_long", {"date": until.isoformat()})


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def of_order(column: str, price: object, quantity: object, currency: object) -> Iterator[Doubt]:
    """A quantity of goods at a price for one, which stands in this column."""
    number = quantity if isinstance(quantity, int) else 1
    if number > LARGEST_QUANTITY:
        yield Doubt("quantity", "quantity_large", {"quantity": f"{number:,}"})
    elif isinstance(price, Decimal) and price * number > LARGEST_VALUE:
        yield Doubt(column, "value_large", {"price": f"{currency or ''} {price:,f}".strip()})
