"""Parses and formats numbers and amounts of money as people write them in three languages.

An amount is an integer of the currency's minor unit (ISO 4217): cents, not dollars.
"""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from babel.numbers import format_decimal, get_currency_precision, get_territory_currencies

from fairplatform.errors import Refused

from .text import isolated

LARGEST_MINOR = 10**15  # minor units; a signed 64-bit column could hold 9.2e18

USUAL_CURRENCY = "USD"  # of trade between two countries
LONGEST = 40  # characters of a typed number
SCALES = {
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
# Commas group digits by threes or, in South Asia, the last three and then by twos. The first group never begins with
# a zero: 0,500 would be one half where the comma is the decimal sign.
_NUMBER = re.compile(
    r"(?P<whole>[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}|[0-9]+)"
    r"(?:\.(?P<fraction>[0-9]+))?\s*(?P<scale>[^\W\d]+)?"
)
_PLAIN_DIGITS = re.compile(r"(?:0|[1-9][0-9,]*)(?:\.[0-9]+)?")
_SIGNS = str.maketrans({"٬": ",", "،": ",", "٫": ".", "−": "-"})


def parse_number(text: str) -> tuple[Decimal, bool]:
    """The exact value of a typed number, and whether it was typed in plain digits.

    Accepts the digits of every script people here type (12, ۱۲, ١٢, １２), western (1,234,567) or South Asian
    (12,34,567) grouping, and one scale word (万, لاکھ, million …). Raises Refused (amount_negative,
    amount_unreadable) for everything else.
    """
    normal = normalised(text)
    if re.fullmatch(r"-\s*[0-9].*", normal):
        raise Refused("amount_negative")
    match = _NUMBER.fullmatch(normal)
    if not match or len(normal) > LONGEST or (match["scale"] and match["scale"] not in SCALES):
        raise Refused("amount_unreadable", text=isolated(text.strip()[:LONGEST]))
    whole, fraction = match["whole"].replace(",", ""), match["fraction"] or ""
    units = int(whole + fraction) * SCALES.get(match["scale"], 1)
    # Built from digits: the operators of Decimal silently round to 28 digits.
    value = Decimal((0, tuple(map(int, str(units))), -len(fraction)))
    return value, bool(_PLAIN_DIGITS.fullmatch(text.strip()))


def normalised(text: str) -> str:
    """The number with Latin digits and signs, in lower case and without invisible characters.

    Only decimal digits are converted: a superscript or a circled number does not belong in an amount.
    """
    visible = "".join(c for c in text.strip() if unicodedata.category(c) != "Cf")
    digits = (str(unicodedata.decimal(c)) if c.isdecimal() else c for c in visible.translate(_SIGNS))
    return "".join(unicodedata.normalize("NFKC", c) if unicodedata.category(c) != "No" else c for c in digits).lower()


def minor_units(value: Decimal | Fraction, currency: str) -> int:
    """An amount in minor units of the currency. Raises Refused (amount_too_fine, amount_too_large)."""
    places = get_currency_precision(currency)
    minor = Fraction(value) * 10**places
    if minor.denominator != 1:
        raise Refused("amount_too_fine", currency=currency, digits=places)
    if minor > LARGEST_MINOR:
        raise Refused("amount_too_large")
    return int(minor)


def currencies_of(*countries: str, stored: Iterable[str | None] = ()) -> list[str]:
    """ISO 4217: what trade between these countries is agreed in, the usual one first.

    `stored`: what was chosen when it was between others; empty where nothing was.
    """
    own = [code for one in countries for code in get_territory_currencies(one)]
    return list(dict.fromkeys([USUAL_CURRENCY, *own, *filter(None, stored)]))


def major_units(minor: int, currency: str) -> Decimal:
    """An amount in the currency's major unit, exactly."""
    return Decimal(minor).scaleb(-get_currency_precision(currency))


def format_money(minor: int, currency: str) -> str:
    """The exact amount with its ISO 4217 code, the same in every language: `USD 31,500.50`."""
    value = major_units(minor, currency)
    pattern = "#,##0." + "0" * get_currency_precision(currency) if value % 1 else "#,##0"
    return f"{currency}\u00a0{format_decimal(value, pattern, locale='en')}"


def format_range(low: int, high: int | None, currency: str) -> str:
    """The same of what lies between two amounts: `USD 100,000–200,000`."""
    text = format_money(low, currency)
    return text if high is None else f"{text}–{format_money(high, currency).partition(chr(0xA0))[2]}"


def format_money_words(minor: int, currency: str, language: str) -> str:
    """A large amount with the scale words of a language: `USD 2.5 million`, `250万美元`, `25 لاکھ امریکی ڈالر`."""
    value = major_units(minor, currency)
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


def format_price(value: Decimal, currency: str) -> str:
    """A price in major units with two decimals, or more if the price has more; the same in every language."""
    exponent = value.as_tuple().exponent
    places = max(2, -exponent if isinstance(exponent, int) else 2)
    return f"{currency}\u00a0{format_decimal(value, '#,##0.' + '0' * places, locale='en')}"
