"""An amount of a currency, and a band of two."""

from dataclasses import dataclass
from typing import NamedTuple

from fairplatform.errors import Refused
from fairplatform.i18n.numbers import format_money


class Money(NamedTuple):
    """An amount in the minor unit of its currency (ISO 4217), never negative."""

    minor: int
    currency: str

    def __str__(self) -> str:
        return format_money(self.minor, self.currency)


@dataclass(frozen=True)
class Band:
    """What an intended deal may come to: from `low` to `high`, in one currency."""

    low: Money
    high: Money

    def __post_init__(self) -> None:
        """Raises Refused("band_reversed"), and Refused("band_currencies") for two currencies."""
        if self.low.currency != self.high.currency:
            raise Refused("band_currencies")
        if self.low.minor > self.high.minor:
            raise Refused("band_reversed")
