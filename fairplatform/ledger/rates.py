"""Rates of exchange of a fair, and what an amount comes to by them in the usual currency.

No conversion is stored without its rate: whatever shows, exports or freezes one has rate, date and source beside it.
"""

from collections.abc import Iterable
from datetime import date

from fairplatform.fairs.models import Fair
from fairplatform.i18n.numbers import USUAL_CURRENCY
from fairplatform.money.amounts import Money
from fairplatform.money.rates import Conversion, Rate, convert, rate_for

from .models import ExchangeRate


def rates_of(fair: Fair) -> list[Rate]:
    return [row.rate for row in ExchangeRate.objects.filter(fair=fair)]


def converted(minor: int | None, currency: str, rates: Iterable[Rate], on: date) -> Conversion | None:
    """At the newest rate of the day; None of what has no amount, is in that currency already, or has no rate."""
    if minor is None or currency == USUAL_CURRENCY:
        return None
    rate = rate_for(rates, currency, USUAL_CURRENCY, on)
    return convert(Money(minor, currency), rate) if rate else None
