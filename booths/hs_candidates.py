"""What somebody may mean who types an HS code: a word in any of three languages, or a number of 2 to 10 digits."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from . import hs_codes, hs_typed, trade_words
from .hs_codes import HEADING, SUBHEADING
from .search import parted
from .search_words import HAN, folded, tokens

MOST_CANDIDATES = 20
LONGEST = 100  # characters of what is typed
_MOST_WORDS = 6
_LONGEST_CODE = 10
_SIZE = re.compile(r"[^\W_]?\W*\d[\d\W]*[^\W\d_]{0,3}\W*")  # of goods: 8", 8–32, 1/2, m8, 115mm


@dataclass(frozen=True)
class Reading:
    """What was typed, and what it may mean.

    `digits`: of a number. `code`: its first six digits, or fewer where it has fewer; empty unless the nomenclature has
    its heading. `candidates`: codes to choose from. `is_known`: whether the nomenclature has `code` itself.
    """

    text: str = ""
    digits: str = ""
    code: str = ""
    candidates: tuple[str, ...] = ()
    is_known: bool = False
    has_more: bool = False

    @property
    def is_number(self) -> bool:
        return bool(self.digits)

    @property
    def heading(self) -> str:
        return self.code[:HEADING]

    @property
    def is_unknown_heading(self) -> bool:
        """A number with a heading that no edition of today has."""
        return self.is_number and len(self.digits) > 1 and not self.code and not self.candidates

    @property
    def is_of_another_edition(self) -> bool:
        """A subheading that this edition does not have under a heading that it has."""
        return len(self.code) == SUBHEADING and not self.is_known

    @property
    def has_national_digits(self) -> bool:
        return self.is_known and len(self.digits) > SUBHEADING


def read(text: str) -> Reading:
    """The codes that a word or number may mean, the likeliest first."""
    plain = folded(text[:LONGEST])
    if not plain:
        return Reading()
    if digits := hs_typed.typed_number(plain):
        return _numbered(text, digits) if len(digits) <= _LONGEST_CODE else Reading(text, digits)
    return _offered(Reading(text), _named(plain))


def _numbered(text: str, digits: str) -> Reading:
    code = digits[:SUBHEADING]
    if len(digits) % 2 and len(digits) < SUBHEADING:
        # While somebody types, or where a spreadsheet has dropped a zero.
        return _offered(Reading(text, digits), hs_codes.subheadings_beginning(code) if len(code) > 1 else ())
    if not hs_codes.exists(code[:HEADING]):
        return Reading(text, digits)
    if len(code) < SUBHEADING:
        return _offered(Reading(text, digits, code, is_known=True), hs_codes.beneath(code))
    if hs_codes.exists(code):
        return Reading(text, digits, code, is_known=True)
    nearest = sorted(hs_codes.beneath(code[:HEADING]), key=lambda one: one[:5] != code[:5])
    return _offered(Reading(text, digits, code), nearest)


def _offered(reading: Reading, codes: Iterable[str]) -> Reading:
    every = list(codes)
    return Reading(
        reading.text, reading.digits, reading.code, tuple(every[:MOST_CANDIDATES]), reading.is_known,
        len(every) > MOST_CANDIDATES,
    )  # fmt: skip


def _named(text: str) -> list[str]:
    """The subheadings that have every word of a folded text that says what goods are; else those with most of them.

    The likeliest come first: of a heading with the longest whole name in it, then with most of the words in a title.
    """
    words = list(_without_measures(parted(text)))[:_MOST_WORDS]
    typed = frozenset(tokens(text)).union(tokens(" ".join(words)))  # names have particles as well
    titled = [set(hs_codes.subheadings_matching(word)) for word in words]
    of_heading = [_headings_with(word) for word in words]
    times = Counter(code for own, within in zip(titled, of_heading, strict=True) for code in own | _beneath(within))
    most = max(times.values(), default=0)
    named = {heading: _longest_name(heading, typed) for heading in {code[:HEADING] for code in times}}
    in_own = Counter(code for own in titled for code in own)
    whole = Counter(heading for word in words for heading in hs_codes.headings_named(word))
    # A name wholly in it says more than words of other goods do: a pipe extruder is no pipe.
    longest = max((named[code[:HEADING]] for code, count in times.items() if count == most), default=0)
    found = (code for code, count in times.items() if count == most or named[code[:HEADING]] >= max(longest, 1))
    return sorted(found, key=lambda code: (-named[code[:HEADING]], -whole[code[:HEADING]], -in_own[code], code))


def _without_measures(words: Iterable[str]) -> Iterator[str]:
    """Without numbers and sizes, and the units behind them."""
    is_behind = False
    for word in words:
        is_behind = bool(_SIZE.fullmatch(word)) or (is_behind and word in trade_words.units())
        if not is_behind:
            yield word


def _longest_name(heading: str, typed: Set[str]) -> int:
    """How many of the typed tokens the longest of its names has that is wholly among them."""
    return max((len(name) for name in hs_codes.names(heading) if name <= typed), default=0)


def _headings_with(word: str) -> list[str]:
    """The headings with this word; of a long Chinese word, with the shorter one at its end."""
    headings = hs_codes.headings_matching(word)
    while not headings and len(word) > 2 and HAN.fullmatch(word):
        word = word[1:]
        headings = hs_codes.headings_matching(word)
    return headings


def _beneath(headings: Iterable[str]) -> set[str]:
    return {code for heading in headings for code in hs_codes.beneath(heading)}
