"""Numbers as people in three languages type and read them. Amounts are integers of the currency's smallest unit."""

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from babel.numbers import format_decimal, get_currency_precision

from .refusals import Refused

# The widest amount a signed 64-bit column can hold is 9.2e18 minor units; business never comes near.
LARGEST_MINOR = 10**15

CURRENCIES = ("USD", "CNY", "PKR")
_SCALES = {
    "万": 10**4,
    "亿": 10**8,
    "thousand": 10**3,
    "million": 10**6,
    "lakh": 10**5,
    "crore": 10**7,
    "ہزار": 10**3,
    "لاکھ": 10**5,
    "کروڑ": 10**7,
}
_NUMBER = re.compile(
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d{1,3}(?:,\d{2})*,\d{3}|\d+)(?:\.(?P<part>\d+))?\s*(?P<scale>[^\W\d]+)?"
)

class Amount(NamedTuple):
    """What a typed amount was read as; `plain` is false when the reader should see it once more before saving."""

    minor: int
    currency: str
    plain: bool

def read_number(text: str) -> tuple[Decimal, bool]:
    """A typed number and whether it was written in plain digits.

    Accepts Latin, Arabic-Indic, extended Arabic-Indic and full-width digits, commas of the western (1,234,567) or
    the South Asian (12,34,567) grouping, and one scale word (万, لاکھ, million …). Everything else is refused.
    """
    folded = unicodedata.normalize("NFKC", text).strip().lower().replace("٬", ",").replace("٫", ".")
    digits = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in folded)
    if re.fullmatch(r"[-−]\s*\d.*", digits):
        raise Refused("amount_negative")
    match = _NUMBER.fullmatch(digits)
    if not match or (match["scale"] and match["scale"] not in _SCALES):
        raise Refused("amount_unreadable", text=text.strip()[:40])
    value = Decimal(match["whole"].replace(",", "") + "." + (match["part"] or "0"))
    return value * _SCALES.get(match["scale"], 1), digits == text.strip() and not match["scale"]

def read_amount(text: str, currency: str) -> Amount:
    """A typed amount in minor units of `currency`; raises Refused rather than round or guess."""
    value, plain = read_number(text)
    digits = get_currency_precision(currency)
    minor = value.scaleb(digits)
    if minor != minor.to_integral_value():
        raise Refused("amount_too_fine", currency=currency, digits=digits)
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
