"""Conversions: exact, rounded once, in both directions, and never through a third currency."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal, getcontext, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairplatform.i18n.numbers import LARGEST_MINOR
from fairplatform.money.amounts import Money
from fairplatform.money.rates import SCALE, Rate, convert, rate_for

ON = date(2020, 5, 14)
SCALED = st.integers(1, 10**16)


def rate(value: str, base: str = "USD", quote: str = "CNY", on: date = ON) -> Rate:
    return Rate(on, base, quote, int(Decimal(value) * SCALE), "Central bank")


def test_a_conversion_keeps_its_rate() -> None:
    conversion = convert(Money(1_000_000, "USD"), rate("7.09"))
    assert conversion.converted == Money(7_090_000, "CNY")
    assert str(conversion.rate) == "1 USD = 7.09 CNY"
    assert convert(conversion.converted, conversion.rate).converted == conversion.amount


@pytest.mark.parametrize(("minor", "yen"), [(50, 1), (49, 0), (150, 2), (149, 1)])
def test_halves_become_the_next_higher_unit(minor: int, yen: int) -> None:
    assert convert(Money(minor, "USD"), rate("1", quote="JPY")).converted == Money(yen, "JPY")


def test_another_currency_has_no_conversion() -> None:
    with pytest.raises(ValueError, match="other currencies"):
        convert(Money(1, "PKR"), rate("7.09"))


@given(st.integers(0, LARGEST_MINOR), SCALED)
def test_a_conversion_is_the_exact_product_rounded_once(minor: int, scaled: int) -> None:
    """The same by another way: Decimal with digits enough for all of them."""
    given_rate = Rate(ON, "USD", "PKR", scaled, "")
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(minor) * Decimal(scaled) / SCALE
        assert convert(Money(minor, "USD"), given_rate).converted.minor == exact.quantize(Decimal(1), ROUND_HALF_UP)
    assert getcontext().prec != 60


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=2), SCALED)
def test_the_larger_amount_stays_the_larger(amounts: list[int], scaled: int) -> None:
    low, high = sorted(amounts)
    one, other = (convert(Money(minor, "PKR"), Rate(ON, "USD", "PKR", scaled, "")).converted for minor in (low, high))
    assert one.minor <= other.minor


def test_the_newest_rate_of_the_day_counts() -> None:
    old, new, later = (
        rate(value, on=on) for value, on in (("7", date(2020, 5, 12)), ("8", ON), ("9", date(2020, 6, 1)))
    )
    backwards = rate("0.125", base="CNY", quote="USD")
    assert rate_for([old, new, later], "USD", "CNY", ON) == new
    assert rate_for([new, backwards], "CNY", "USD", ON) == backwards
    assert rate_for([later], "USD", "CNY", ON) is None
    assert rate_for([new, rate("160", quote="PKR")], "CNY", "PKR", ON) is None
