"""What the title of a column says it is, in three languages and the usual words of real lists."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fairplatform.i18n.text import visible

from ..kinds.choices import folded
from .meanings import COLUMNS, LEFT_OUT, MOST_CONTACTS, Meaning

JOINT = " · "  # between a title and the one that stands above it over several columns
_FILE = Path(__file__).with_name("titles.toml")
_BRACKETS = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]")
_NUMERALS = {"一": 1, "二": 2, "三": 3, "first": 1, "second": 2, "third": 3, "1st": 1, "2nd": 2, "3rd": 3}
_NUMBER = re.compile(r"第?(1st|2nd|3rd|first|second|third|[一二三]|[1-3])", re.IGNORECASE)
_LONGEST = 60  # characters of a title


@dataclass(frozen=True, slots=True)
class Named:
    """What a title says. `numbered`: whether it says of which contact, rather than of any."""

    meaning: Meaning
    numbered: bool = False


def named(title: str) -> Named | None:
    """What the title says the column is; None if it says nothing known."""
    text = visible(unicodedata.normalize("NFKC", title))
    if len(text) > _LONGEST:
        return None
    for written in (text, _BRACKETS.sub("", text)):
        if found := _words().get(squeezed(written)):
            return Named(found)
        if found := _numbered(written):
            return Named(found, numbered=True)
    return None


def recognised(cell: object) -> bool:
    return isinstance(cell, str) and named(cell) is not None


def is_identity_card(title: str) -> bool:
    """Whether the column has numbers of identity cards or passports. `title`: with the one above it, if any."""
    return squeezed(_BRACKETS.sub("", title.rpartition(JOINT)[2])) in _identity_cards()


def squeezed(title: str) -> str:
    """A title without what may differ in writing it: case, width, spaces, punctuation."""
    return re.sub(r"[\W_]+", "", folded(unicodedata.normalize("NFKC", title)))


def _numbered(title: str) -> Meaning | None:
    """Of titles such as `联系人2手机` and `Contact 2: name`."""
    number = _NUMBER.search(title)
    if not number:
        return None
    rest = squeezed(title[: number.start()] + title[number.end() :])
    found = _words().get(rest) or _words().get(rest.removeprefix("联系人").removeprefix("contact"))
    if not found or found.sheet != "people":
        return None
    written = number[1].lower()
    return Meaning("people", found.column, min(_NUMERALS.get(written) or int(written), MOST_CONTACTS))


@cache
def _words() -> dict[str, Meaning]:
    words: dict[str, Meaning] = {}
    usual = tomllib.loads(_FILE.read_text())
    for sheet in ("people", "companies"):
        for column in COLUMNS[sheet]:
            for title in (*column.titles.values(), *usual[sheet].get(column.key, ())):
                words[squeezed(title)] = Meaning(sheet, column.key)
    # A firm's own name is the surer reading of what both sheets have.
    people = {squeezed(title): Meaning("people", key) for key, titles in usual["people"].items() for title in titles}
    unread = {*map(squeezed, usual["left_out"]["words"]), *_identity_cards()}
    return words | people | dict.fromkeys(unread, LEFT_OUT)


@cache
def _identity_cards() -> frozenset[str]:
    return frozenset(map(squeezed, tomllib.loads(_FILE.read_text())["identity_cards"]["words"]))
