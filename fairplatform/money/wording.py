"""An amount written out in full: to the last digit, in the units that the reader counts in. It reads back as itself."""

from babel.numbers import format_decimal

from fairplatform.i18n.numbers import major_units

from .amounts import Band, Money
from .currencies import name_of

_UNITS = {
    "en": ((10**9, "billion"), (10**6, "million"), (10**3, "thousand")),
    "zh-hans": ((10**8, "亿"), (10**4, "万")),
    "ur": ((10**9, "ارب"), (10**7, "کروڑ"), (10**5, "لاکھ"), (10**3, "ہزار")),
}
_CHINESE = "zh-hans"
_FOUR_DIGITS = 1000  # fewer than these behind a Chinese unit have a zero between them


def in_full(amount: Money, language: str) -> str:
    """`USD 12,345,678 (12 million 345 thousand 678 US dollars)`, `… (1234万5678美元)`."""
    return f"{amount} ({in_words(amount, language)})"


def band_in_full(band: Band, language: str) -> str:
    """Both ends in full; a band from an amount to itself is the amount."""
    ends = [band.low] if band.low == band.high else [band.low, band.high]
    return " – ".join(in_full(one, language) for one in ends)


def in_words(amount: Money, language: str) -> str:
    """`12 million 345 thousand 678 US dollars`, `1234万5678美元`, `1 کروڑ 23 لاکھ 45 ہزار 678 امریکی ڈالر`."""
    value = major_units(amount.minor, amount.currency)
    whole, fraction = int(value), value % 1
    parts: list[str] = []
    for unit, word in _UNITS[language]:
        count, whole = divmod(whole, unit)
        if count:
            parts.append(_part(str(count), word, language, parts, count))
    if whole or fraction or not parts:
        rest = format_decimal(whole + fraction, "0.00##" if fraction else "0", locale="en")
        parts.append(_part(rest, "", language, parts, whole))
    name = name_of(amount.currency, language, count=1 if value == 1 else 2)
    return "".join([*parts, name]) if language == _CHINESE else " ".join([*parts, name])


def _part(figure: str, word: str, language: str, before: list[str], count: int) -> str:
    if language == _CHINESE:
        return f"零{figure}{word}" if before and count < _FOUR_DIGITS else f"{figure}{word}"
    return f"{figure} {word}" if word else figure
