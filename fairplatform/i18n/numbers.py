"""Numbers as people in three languages type and read them. Amounts are integers of the currency's smallest unit."""

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from babel.numbers import format_decimal, get_currency_precision

from fairplatform.errors import Refused

# The widest amount a signed 64-bit column can hold is 9.2e18 minor units; business never comes near.
LARGEST_MINOR = 10**15

CURRENCIES = ("USD", "CNY", "PKR")
LONGEST = 40  # characters; no amount anybody means is written longer
_SCALES = {
    "千": 10**3,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "thousand": 10**3,
    "lakh": 10**5,
    "lakhs": 10**5,
    "lac": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "crores": 10**7,
    "billion": 10**9,
    "ہزار": 10**3,
    "لاکھ": 10**5,
    "ملین": 10**6,
    "کروڑ": 10**7,
    "ارب": 10**9,
}
# Commas group by threes or, in South Asia, by twos before the last three. A group never begins with a zero: 0,500
# would be half a unit where the comma divides whole from part.
_NUMBER = re.compile(
    r"(?P<whole>[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}|[0-9]+)"
    r"(?:\.(?P<part>[0-9]+))?\s*(?P<scale>[^\W\d]+)?"
)
_PLAIN = re.compile(r"(?:0|[1-9][0-9,]*)(?:\.[0-9]+)?")
_MARKS = str.maketrans({"٬": ",", "،": ",", "٫": ".", "−": "-"})


class Amount(NamedTuple):
    """What a typed amount was read as; `plain` is false when the reader should see it once more before saving."""

    minor: int
    currency: str
    plain: bool


def read_number(text: str) -> tuple[Decimal, bool]:
    """A typed number, exactly, and whether it was written in plain digits.

    Accepts the digits of every script people here type (12, ۱۲, ١٢, １２), commas of the western (1,234,567) or the
    South Asian (12,34,567) grouping, and one scale word (万, لاکھ, million …). Everything else is refused.
    """
    folded = _fold(text)
    if re.fullmatch(r"-\s*[0-9].*", folded):
        raise Refused("amount_negative")
    match = _NUMBER.fullmatch(folded)
    if not match or len(folded) > LONGEST or (match["scale"] and match["scale"] not in _SCALES):
        raise Refused("amount_unreadable", text=text.strip()[:LONGEST])
    whole, part = match["whole"].replace(",", ""), match["part"] or ""
    units = int(whole + part) * _SCALES.get(match["scale"], 1)
    # A tuple, not arithmetic: Decimal's operators round to 28 digits without a word.
    value = Decimal((0, tuple(map(int, str(units))), -len(part)))
    return value, bool(_PLAIN.fullmatch(text.strip()))


def _fold(text: str) -> str:
    """One spelling of a typed number: Latin digits, marks of one kind, lower case, no invisible marks.

    Only true digits are folded: a superscript or a circled number is no digit of an amount.
    """
    kept = "".join(c for c in text.strip() if unicodedata.category(c) != "Cf")
    digits = (str(unicodedata.decimal(c)) if c.isdecimal() else c for c in kept.translate(_MARKS))
    return "".join(unicodedata.normalize("NFKC", c) if unicodedata.category(c) != "No" else c for c in digits).lower()


def read_amount(text: str, currency: str) -> Amount:
    """A typed amount in minor units of `currency`; raises Refused rather than round or guess."""
    value, plain = read_number(text)
    places = get_currency_precision(currency)
    minor = Fraction(value) * 10**places
    if minor.denominator != 1:
        raise Refused("amount_too_fine", currency=currency, digits=places)
    if minor > LARGEST_MINOR:
        raise Refused("amount_too_large")
    return Amount(int(minor), currency, plain)


def major(minor: int, currency: str) -> Decimal:
    """Minor units as the currency's own unit, exactly."""
    return Decimal(minor).scaleb(-get_currency_precision(currency))


def format_money(minor: int, currency: str, language: str) -> str:
    """The exact grouped figure with its ISO 4217 code, for example `USD 31,500.00`."""
    value = major(minor, currency)
    pattern = "#,##0.00" if value % 1 else "#,##0"
    return f"{currency}\u00a0{format_decimal(value, pattern, locale='en')}"


def format_money_words(minor: int, currency: str, language: str) -> str:
    """A large figure in the units its reader thinks in: `USD 2.5 million`, `250万美元`, `25 لاکھ امریکی ڈالر`."""
    value = major(minor, currency)
    scales = {
        "en": [(10**6, "million")],
        "zh-hans": [(10**8, "亿"), (10**4, "万")],
        "ur": [(10**7, "کروڑ"), (10**5, "لاکھ")],
    }[language]
    for scale, word in scales:
        if value >= scale:
            figure = format_decimal(value / scale, "#,##0.##", locale="en")
            return _in_words(figure, word, currency, language)
    return _in_words(format_decimal(value, "#,##0.##", locale="en"), "", currency, language)


def _in_words(figure: str, word: str, currency: str, language: str) -> str:
    names = {
        "zh-hans": {"USD": "美元", "CNY": "元人民币", "PKR": "巴基斯坦卢比"},
        "ur": {"USD": "امریکی ڈالر", "CNY": "چینی یوآن", "PKR": "پاکستانی روپے"},
    }
    if language == "en":
        return f"{currency}\u00a0{figure}" + (f"\u00a0{word}" if word else "")
    if language == "zh-hans":
        return f"{figure}{word}{names['zh-hans'].get(currency, currency)}"
    return "\u00a0".join(filter(None, (figure, word, names["ur"].get(currency, currency))))


def format_price(value: Decimal, currency: str, language: str) -> str:
    """A unit price: two decimals, more when the price itself has more."""
    exponent = value.as_tuple().exponent
    places = max(2, -exponent if isinstance(exponent, int) else 2)
    return f"{currency}\u00a0{format_decimal(value, '#,##0.' + '0' * places, locale='en')}"
