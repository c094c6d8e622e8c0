"""What somebody may mean who types an HS code: a word in any of three languages, or a number of 2 to 10 digits."""

from collections.abc import Iterable
from dataclasses import dataclass

from . import hs_codes, hs_typed
from .hs_codes import HEADING, SUBHEADING
from .search_words import HAN, folded

MOST_CANDIDATES = 20
LONGEST = 100  # characters of what is typed
_MOST_WORDS = 6
_LONGEST_CODE = 10


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
    return _offered(Reading(text), _named(plain.split()[:_MOST_WORDS]))


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


def _named(words: list[str]) -> list[str]:
    """The subheadings that have every word: those of headings with whole ones first, then by their own title."""
    titled = [set(hs_codes.subheadings_matching(word)) for word in words]
    found = set.intersection(*(own | _within_headings(word) for own, word in zip(titled, words, strict=True)))
    own = set.intersection(*titled)
    named = set.intersection(*(set(hs_codes.headings_named(word)) for word in words))
    return sorted(found, key=lambda code: (code[:HEADING] not in named, code not in own, code))


def _within_headings(word: str) -> set[str]:
    """The subheadings of the headings with this word; of a long Chinese word, with the shorter one at its end."""
    headings = hs_codes.headings_matching(word)
    while not headings and len(word) > 2 and HAN.fullmatch(word):
        word = word[1:]
        headings = hs_codes.headings_matching(word)
    return {code for heading in headings for code in hs_codes.beneath(heading)}
