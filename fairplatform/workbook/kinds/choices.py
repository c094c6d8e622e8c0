"""Yes or no, and values of a list."""

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Literal

from django.utils.functional import Promise

from fairplatform.i18n.text import fold, in_every_language

from .kind import Cell, Kind, Row, Several, Unread
from .text import as_text, several

_YES = frozenset({"yes", "y", "true", "1", "x", "✓", "✔", "√", "是", "对", "有", "ہاں", "جی ہاں", "جی"})
_NO = frozenset({"no", "n", "false", "0", "否", "不", "无", "نہیں", "جی نہیں"})


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """What two ways of writing a word have in common: `ＦＯＢ ` and `fob`, letters of Arabic and Urdu keyboards."""
    return fold(text.replace("_", " "))


class YesNo(Kind):
    name = "yes_no"

    def read(self, cell: Cell, row: Row) -> bool:
        word = folded(as_text(cell))
        if word not in _YES | _NO:
            raise Unread("yes_or_no", text=word)
        return word in _YES

    def written(self, value: object) -> str:
        return "yes" if value else "no"

    def choices(self) -> tuple[str, ...]:
        return ("yes", "no")


class Choice(Kind):
    """One of `values`, by its code or by its label in any language.

    `otherwise`: a text outside the list is an error, or stored as it was written, with a warning.
    """

    name = "choice"

    def __init__(
        self, values: Mapping[str, Promise | str], *, otherwise: Literal["error", "keep"] = "error", longest: int = 80
    ) -> None:
        self.values = values
        self.otherwise = otherwise
        self.longest = longest

    def read(self, cell: Cell, row: Row) -> object:
        return self.one(as_text(cell), row)

    def one(self, text: str, row: Row) -> str:
        if code := self._codes.get(_folded(text)):
            return code
        if self.otherwise == "error":
            raise Unread("not_a_choice", text=text, choices=", ".join(self.values))
        if len(text) > self.longest:
            raise Unread("text_long", limit=str(self.longest), length=str(len(text)))
        row.warn("not_in_list", text=text)
        return text

    def choices(self) -> tuple[str, ...]:
        return tuple(self.values)

    @cached_property
    def _codes(self) -> dict[str, str]:
        """By every folded way of writing it."""
        names = {_folded(name): code for code, label in self.values.items() for name in in_every_language(label)}
        return names | {_folded(code): code for code in self.values}


def _folded(text: str) -> str:
    """Also without the difference between `co-organising`, `co_organising` and `co organising`."""
    return folded(text.replace("-", " "))


class Choices(Several, Choice):
    """Several of them. Its value is a list."""

    name = "choices"

    def read(self, cell: Cell, row: Row) -> object:
        return list(dict.fromkeys(self.one(text, row) for text in several(cell)))


class Provenance(Choice):
    """How an agreement came to the organisers. That the parties confirm it, only they themselves can say."""

    def one(self, text: str, row: Row) -> str:
        if folded(text) == "parties":
            raise Unread("parties_confirm")
        return super().one(text, row)
