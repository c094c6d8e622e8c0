"""Figures that can be stored and are hardly meant: an import doubts them, a form asks them back."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

LARGEST_VALUE = 10**8  # of the currency's unit, for the whole quantity
LARGEST_QUANTITY = 10**8
WIDEST_RANGE = 100  # times the lowest price


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


def of_order(column: str, price: object, quantity: object, currency: object) -> Iterator[Doubt]:
    """A quantity of goods at a price for one, which stands in this column."""
    number = quantity if isinstance(quantity, int) else 1
    if number > LARGEST_QUANTITY:
        yield Doubt("quantity", "quantity_large", {"quantity": f"{number:,}"})
    elif isinstance(price, Decimal) and price * number > LARGEST_VALUE:
        yield Doubt(column, "value_large", {"price": f"{currency or ''} {price:,f}".strip()})
