"""Where the words of a query are in a text, for a reader who wonders why it was found."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .chinese import SIMPLIFIED
from .search import Query
from .search_words import HAN, tokens

# With the vowel signs and joiners that the search overlooks.
_WORD = re.compile("[\\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d]+")
EXCERPT = 140  # characters
_BEFORE = 40  # of them before what was found


class Piece(NamedTuple):
    """A part of a text, and whether it is what was sought."""

    text: str
    is_match: bool


def pieces(text: str, query: Query) -> list[Piece]:
    """The text in parts, which joined are the text again."""
    found: list[Piece] = []
    end = 0
    for start, stop in _joined(_matches(text, query)):
        found += [Piece(text[end:start], False), Piece(text[start:stop], True)]
        end = stop
    return [piece for piece in (*found, Piece(text[end:], False)) if piece.text]


def excerpt(text: str, query: Query, length: int = EXCERPT) -> str:
    """As much of a long text as a list has room for, around the first match."""
    if len(text) <= length:
        return text
    first = min((start for start, _stop in _matches(text, query)), default=0)
    start = 0 if first < length - _BEFORE else first - _BEFORE
    shown = text[start : start + length]
    if start:
        shown = shown.partition(" ")[2] if " " in shown[:_BEFORE] else shown
    return f"{'… ' if start else ''}{shown.rstrip()}{' …' if start + length < len(text) else ''}"


def _joined(spans: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """In order, those that touch or overlap as one."""
    begun = ended = -1
    for start, stop in sorted(spans):
        if start > ended:
            if ended > begun:
                yield begun, ended
            begun = start
        ended = max(ended, stop)
    if ended > begun:
        yield begun, ended


def _matches(text: str, query: Query) -> Iterator[tuple[int, int]]:
    for run in HAN.finditer(text):
        yield from _in_chinese(run[0].translate(SIMPLIFIED), run.start(), query)
    for run in _WORD.finditer(HAN.sub(lambda chinese: " " * len(chinese[0]), text)):
        if any(_begins(token, query) for token in tokens(run[0])):
            yield run.start(), run.end()


def _begins(token: str, query: Query) -> bool:
    """Whether it is what a term looks for, or a part of that."""
    return any(token in way[:-1] or term.ends_with(token, way) for term in query.opened.terms for way in term.ways)


def _in_chinese(run: str, start: int, query: Query) -> Iterator[tuple[int, int]]:
    sought = {token for term in query.terms for way in term.ways for token in way}
    for one in sought:
        at = run.find(one)
        while at >= 0:
            yield start + at, start + at + len(one)
            at = run.find(one, at + 1)
