"""How a sheet of the workbook and its columns are declared. What people read of them is in words.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fairplatform.i18n.text import LANGUAGES, Translated

from ..kinds import Kind, Text

_FILE = Path(__file__).with_name("words.toml")
_Words = Mapping[str, Mapping[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `needed`: a row must have a value in it. `titles` and `comment` are in every language."""

    key: str
    kind: Kind
    needed: bool
    titles: Translated
    comment: Translated


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet. `one_of`: groups of columns of which a row must have a value in one, such as a name in any language.

    `who`: the columns that tell whose row it is where it has no key; an alternative whose columns are all empty does
    not count, and a column named without its language stands for its three.
    """

    key: str
    titles: Translated
    columns: tuple[Column, ...]
    one_of: tuple[tuple[str, ...], ...]
    who: tuple[tuple[str, ...], ...]

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)

    @property
    def telling(self) -> str:
        """The columns by which a row is told from others, as `columns` of a finding."""
        own = [column.key for column in self.columns if column.key == "key"]
        return ", ".join(dict.fromkeys([*own, *(name for names in self.who for name in names)]))


@dataclass(frozen=True, slots=True)
class Declared:
    """A column before it has its words. `needed` of a column in three languages: in one of them at least."""

    key: str
    kind: Kind
    needed: bool = False
    translated: bool = False


def text(key: str, kind: int | Text = 200, *, needed: bool = False) -> Declared:
    """Text in three languages, a column for each. `kind`: how long it may be, or which kind of text it is."""
    return Declared(key, Text(kind) if isinstance(kind, int) else kind, needed, translated=True)


def needed(key: str, kind: Kind) -> Declared:
    return Declared(key, kind, needed=True)


def optional(key: str, kind: Kind) -> Declared:
    return Declared(key, kind)


def sheet(
    key: str, *columns: Declared, who: tuple[tuple[str, ...], ...], one_of: tuple[tuple[str, ...], ...] = ()
) -> Sheet:
    """A sheet with the titles and comments of its columns."""
    languages = tuple(in_languages(column.key) for column in columns if column.translated and column.needed)
    return Sheet(
        key,
        _translated(_words()["sheets"][key]),
        tuple(built for column in columns for built in _columns(key, column)),
        (*languages, *one_of),
        who,
    )


def in_languages(key: str) -> tuple[str, ...]:
    """The columns of a text in three languages."""
    return tuple(f"{key}_{suffix}" for suffix in SUFFIXES)


def titles_of(sheet_key: str, key: str) -> Translated:
    """A column's title, of a text in three languages without saying which."""
    return _translated(_words()["titles_" + sheet_key][key])


SUFFIXES = {"en": "en", "zh": "zh-hans", "ur": "ur"}
"""The languages of a column's text, by the end of its key."""


def _columns(sheet_key: str, declared: Declared) -> list[Column]:
    words = _words()
    titles = titles_of(sheet_key, declared.key)
    comment = _comment(sheet_key, declared)
    if not declared.translated:
        return [Column(declared.key, declared.kind, declared.needed, titles, comment)]
    return [
        Column(
            f"{declared.key}_{suffix}",
            declared.kind,
            False,
            Translated(
                {code: titles[code] + words["languages"][suffix][place] for place, code in enumerate(LANGUAGES)}
            ),
            comment,
        )
        for suffix in SUFFIXES
    ]


def _comment(sheet_key: str, declared: Declared) -> Translated:
    """What to write in the column: its own words, what its kind needs, and whether it may stay empty."""
    words = _words()
    own = words.get("comments_" + sheet_key, {}).get(declared.key)
    hint = words["kinds"].get(declared.kind.name)
    need = words["needs"]["one_language" if declared.translated else "needed"] if declared.needed else None
    parts = [part for part in (own, hint, need) if part]
    return _translated([" ".join(part[place] for part in parts) for place in range(len(LANGUAGES))])


def _translated(texts: list[str]) -> Translated:
    return Translated(zip(LANGUAGES, texts, strict=True))


@cache
def _words() -> _Words:
    words: _Words = tomllib.loads(_FILE.read_text())
    return words
