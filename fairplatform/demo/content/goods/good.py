"""One kind of goods as a hall's table lists it."""

from dataclasses import dataclass
from decimal import Decimal

from fairplatform.demo.content.text import Text


@dataclass(frozen=True)
class Good:
    """A kind of goods: HS 2022 subheading, where it is typically made, and the usual terms.

    Prices are USD FOB Ningbo for one `price_unit` (the ordering unit unless said). `certificates` are those an
    exhibitor states; `ask` names the authorities whose approval the importer should be asked about.
    """

    hs6: str
    city: str
    moq: int
    unit: str
    low: Decimal
    high: Decimal
    days: int
    certificates: tuple[str, ...]
    name: Text
    detail: Text
    price_unit: str
    ask: tuple[str, ...]


def good(
    hs6: str,
    name: Text,
    detail: Text,
    *,
    city: str,
    moq: tuple[int, str],
    price: tuple[str, str],
    days: int,
    certificates: str,
    price_unit: str = "",
    ask: str = "",
) -> Good:
    """A row of the table; `certificates` and `ask` are lists written with commas."""
    return Good(
        hs6=hs6,
        city=city,
        moq=moq[0],
        unit=moq[1],
        low=Decimal(price[0]),
        high=Decimal(price[1]),
        days=days,
        certificates=_listed(certificates),
        name=name,
        detail=detail,
        price_unit=price_unit or moq[1],
        ask=_listed(ask),
    )


def _listed(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(",") if word.strip())
