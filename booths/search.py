"""Search for products and companies in three languages.

Each row has a column with its searchable text, folded; a query is folded in the same way, and each of its words must
occur there. Words are compared as substrings, because Chinese has no spaces between words.
"""

import re
import unicodedata
from typing import Any, Protocol, runtime_checkable

from django.db import models

MAX_WORDS = 8
# Letters that Urdu, Arabic and Persian keyboards produce for the same letter.
_ALIKE = str.maketrans(
    {"ك": "ک", "ي": "ی", "ى": "ی", "ه": "ہ", "ة": "ہ", "ە": "ہ", "ـ": "", "\u200c": "", "\u200d": ""}
)
_HS_CODE = re.compile(r"\d{4}|\d{4}[. ]?\d{2}|\d{4}[. ]?\d{2}[. ]?\d{2}|\d{4}[. ]?\d{2}[. ]?\d{2}[. ]?\d{2}")


class _Bases(dict[int, str]):
    """For `str.translate`: no accents and vowel signs, 0-9 for the digits of any script. Each letter is met once."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        base = "" if unicodedata.category(letter) == "Mn" else str(unicodedata.digit(letter, letter))
        self[code] = base
        return base


_BASES = _Bases()


def fold(text: str) -> str:
    """The text without differences that do not matter in a search: case, accents, vowel signs, digits of a script."""
    letters = unicodedata.normalize("NFKD", text.casefold()).translate(_BASES)
    return " ".join(unicodedata.normalize("NFKC", letters).translate(_ALIKE).split())


def words(query: str) -> list[str]:
    """The folded words of a query, at most MAX_WORDS."""
    return fold(query).split()[:MAX_WORDS]


def hs_prefix(query: str) -> str:
    """The first four or six digits of an HS code that was typed as a query; empty when the query is not a code.

    Pakistan's PCT codes have eight digits and China's commodity codes ten: the first six are the same in both.
    """
    code = fold(query).removeprefix("hs").strip()
    if not _HS_CODE.fullmatch(code):
        return ""
    return re.sub(r"\D", "", code)[:6]


@runtime_checkable
class Searchable(Protocol):
    """A model with a SearchText."""

    def search_words(self) -> list[str]: ...


class SearchText(models.TextField):  # type: ignore[type-arg]  # takes arguments in its stubs alone
    """The folded searchable text of a row, computed from the model's `search_words()` whenever it is saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"blank": True, "default": "", "editable": False, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        assert isinstance(model_instance, Searchable)
        text = fold(" · ".join(filter(None, model_instance.search_words())))
        setattr(model_instance, self.attname, text)
        return text
