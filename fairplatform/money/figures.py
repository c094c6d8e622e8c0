"""The values that a typed figure may mean: digits with signs between them, words of scale, one after the other."""

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from fairplatform.i18n.numbers import SCALES

from . import chinese

_WORDS = {
    **SCALES,
    "百": 10**2,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
    "k": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "millions": 10**6,
    "bn": 10**9,
    "trillion": 10**12,
    "lacs": 10**5,
    "cr": 10**7,
    "lakh crore": 10**12,
    "بلین": 10**9,
    "کھرب": 10**11,
}
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?|[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_SPACED = re.compile(r"[1-9][0-9]{0,2}(?: [0-9]{3})+(?:[.,][0-9]+)?")
# Points between the thousands: where a second point or a comma leaves no other reading.
_POINTED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}")
_POINT_OR_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")  # half of Europe writes 12.500 for 12,500
_COMMA_OR_POINT = re.compile(r"[0-9]+,[0-9]+")  # and 12,5 for 12.5
_PART = re.compile(r"(?P<figure>[0-9](?:[0-9.,]|\s(?=[0-9]{3}(?![0-9])))*)\s*(?P<scale>[^\W\d]+(?:\s[^\W\d]+)?)?\s*")
_JOINED = re.compile(r"\s*(?:零|\band\b|اور)\s*")
_SHORT = re.compile(r"[百千万亿][1-9]$")  # 3万5 is 35,000 to most who write it
_LONGEST = 60  # characters of a figure


class _Part(NamedTuple):
    """A figure and the scale behind it, 1 where it has none."""

    values: tuple[Fraction, ...]
    scale: int


def readings(text: str) -> tuple[Fraction, ...]:
    """What a normalised text without a currency may mean: nothing if it is no number, several if it is doubtful."""
    if chinese.is_chinese(text):
        return tuple(chinese.readings(text))
    if len(text) > _LONGEST or not text:
        return ()
    parts = _fitting(list(_parts(_JOINED.sub(" ", text))))
    if not parts or not all(part.values for part in parts):
        return ()
    if any(len(part.values) > 1 or part.values[0].denominator > 1 for part in parts[:-1]):
        return ()
    *before, last = parts
    total = sum((part.values[0] * part.scale for part in before), Fraction(0))
    exact = tuple(total + value * last.scale for value in last.values)
    if last.scale == 1 and _SHORT.search(text):
        return (total + int(text[-1]) * Fraction(before[-1].scale, 10), *exact)
    return exact


def _fitting(parts: list[_Part]) -> list[_Part]:
    """The parts with the values that are smaller than the scale before them, as in 1 crore 20 lakh."""
    others = [
        _Part(tuple(value for value in part.values if value * part.scale < before.scale), part.scale)
        for before, part in pairwise(parts)
    ]
    return parts[:1] + others


def _parts(text: str) -> Iterator[_Part]:
    """The parts in their order; one without values for what is no figure with a scale."""
    position = 0
    while position < len(text):
        match = _PART.match(text, position)
        scale = match["scale"] if match else None
        if not match or (scale and scale not in _WORDS):
            yield _Part((), 1)
            return
        yield _Part(_values(match["figure"].strip(), has_scale=bool(scale)), _WORDS.get(scale or "", 1))
        position = match.end()


def _values(figure: str, *, has_scale: bool) -> tuple[Fraction, ...]:
    if _POINT_OR_THOUSANDS.fullmatch(figure) and not has_scale:
        return Fraction(figure), Fraction(figure.replace(".", ""))
    if _PLAIN.fullmatch(figure):
        return (Fraction(figure),)
    if _GROUPED.fullmatch(figure):
        return (Fraction(figure.replace(",", "")),)
    if _POINTED.fullmatch(figure):
        return (Fraction(figure.replace(".", "").replace(",", ".")),)
    if _SPACED.fullmatch(figure):
        return (Fraction(figure.replace(" ", "").replace(",", ".")),)
    if _COMMA_OR_POINT.fullmatch(figure):
        return Fraction(figure.replace(",", ".")), Fraction(figure.replace(",", ""))
    return ()
