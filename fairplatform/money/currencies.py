"""Currencies by what people call them. A name that several currencies have stands for all of them."""

from functools import cache
from typing import NamedTuple

from babel.core import get_global
from babel.numbers import get_currency_name

from fairplatform.errors import Refused
from fairplatform.i18n.numbers import SCALES, normalised
from fairplatform.i18n.text import isolated
from fairplatform.i18n.times import BABEL_LOCALE

_DOLLARS = ("USD", "HKD", "SGD", "AUD", "CAD")
_RUPEES = ("PKR", "INR", "LKR", "NPR")
_SHORT: dict[str, tuple[str, ...]] = {
    "$": _DOLLARS,
    "dollar": _DOLLARS,
    "dollars": _DOLLARS,
    "ڈالر": _DOLLARS,
    "us$": ("USD",),
    "usd$": ("USD",),
    "美金": ("USD",),
    "hk$": ("HKD",),
    "港币": ("HKD",),
    "¥": ("CNY", "JPY"),
    "rmb": ("CNY",),
    "yuan": ("CNY",),
    "یوآن": ("CNY",),
    "元": ("CNY",),
    "块": ("CNY",),
    "元人民币": ("CNY",),
    "rs": _RUPEES,
    "rs.": _RUPEES,
    "rupee": _RUPEES,
    "rupees": _RUPEES,
    "روپے": _RUPEES,
    "روپیہ": _RUPEES,
    "卢比": _RUPEES,
    "پاکستانی روپے": ("PKR",),
    "€": ("EUR",),
    "£": ("GBP",),
    "pound": ("GBP",),
    "pounds": ("GBP",),
    "dirham": ("AED",),
    "dirhams": ("AED",),
    "درہم": ("AED",),
}
_CODE = 3  # letters of ISO 4217
_CODE_LIKE = frozenset("abcdefghijklmnopqrstuvwxyz")


class Named(NamedTuple):
    """A figure without its currency, and the currencies that the name beside it may mean: none if none was there."""

    figure: str
    currencies: tuple[str, ...]


@cache
def in_use() -> frozenset[str]:
    """Those that are legal tender somewhere today."""
    return frozenset(
        code
        for history in get_global("territory_currencies").values()
        for code, _since, until, is_tender in history
        if until is None and is_tender
    )


def name_of(currency: str, language: str, *, count: int = 2) -> str:
    """What a language calls so many of a currency: US dollars, 美元, امریکی ڈالر."""
    return get_currency_name(currency, count=count, locale=BABEL_LOCALE[language])


def taken_off(text: str) -> Named:
    """A normalised text without the names of a currency before and behind the figure.

    Raises Refused("currency_unknown") for three letters that no currency has.
    """
    found: list[tuple[str, ...]] = []
    for at_end in (True, False):
        name = _name_at(text, at_end=at_end)
        if name:
            text = (text[: -len(name)] if at_end else text[len(name) :]).strip()
            found.append(_meanings()[name])
    if not found:
        _refuse_unknown(text)
    both = [code for code in found[0] if all(code in one for one in found)] if found else []
    if found and not both:
        raise Refused("currency_unknown", text=isolated(", ".join(one[0] for one in found)))
    return Named(text, tuple(both))


def _name_at(text: str, *, at_end: bool) -> str:
    """The longest name of a currency that the text begins or ends with, as a word of its own."""
    for length in range(min(len(text), _longest()), 0, -1):
        name = text[-length:] if at_end else text[:length]
        rest = text[:-length] if at_end else text[length:]
        if name in _meanings() and not _is_torn(rest, name, at_end=at_end):
            return name
    return ""


def _is_torn(rest: str, name: str, *, at_end: bool) -> bool:
    """Whether the name is only a part of a word. Chinese has no spaces between words."""
    inner, outer = (name[0], rest[-1:]) if at_end else (name[-1], rest[:1])
    return inner.isalpha() and outer.isalpha() and not any("\u3400" <= one <= "\u9fff" for one in (inner, outer))


def _refuse_unknown(text: str) -> None:
    for word in (text[:_CODE], text[-_CODE:]):
        others = text.removeprefix(word) if text.startswith(word) else text.removesuffix(word)
        neighbour = others[:1] if text.startswith(word) else others[-1:]
        is_code = len(word) == _CODE and set(word) <= _CODE_LIKE and word not in SCALES
        if is_code and others and neighbour not in _CODE_LIKE and any(one.isdecimal() for one in others):
            raise Refused("currency_unknown", text=isolated(word.upper()))


@cache
def _meanings() -> dict[str, tuple[str, ...]]:
    """By every name in lower case: codes, names in three languages, and what people write for short."""
    names: dict[str, tuple[str, ...]] = {}
    for code in sorted(in_use()):
        names[code.lower()] = (code,)
        for language in BABEL_LOCALE:
            for count in (1, 2):
                name = normalised(name_of(code, language, count=count))
                names[name] = tuple(dict.fromkeys([*names.get(name, ()), code]))
    return {**names, **{normalised(name): codes for name, codes in _SHORT.items()}}


@cache
def _longest() -> int:
    return max(map(len, _meanings()))
