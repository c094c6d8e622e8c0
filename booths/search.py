"""Finding goods and companies by words of three languages.

What is searched stands folded in one column of the row; a query is folded the same way, and every word of it must
occur there. Substrings, so that two Chinese characters find what they are part of.
"""

import re
import unicodedata
from typing import Any

from django.db import models

MAX_WORDS = 8
# Letters that keyboards of Urdu, Arabic and Persian give for one another.
_ALIKE = str.maketrans(
    {"ك": "ک", "ي": "ی", "ى": "ی", "ه": "ہ", "ة": "ہ", "ە": "ہ", "ـ": "", "\u200c": "", "\u200d": ""}
)
_HS_CODE = re.compile(r"\d{4}|\d{4}[. ]?\d{2}|\d{4}[. ]?\d{2}[. ]?\d{2}|\d{4}[. ]?\d{2}[. ]?\d{2}[. ]?\d{2}")


def fold(text: str) -> str:
    """The text without what people do not mind when they search: case, accents, vowel signs, kinds of digits."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = (letter for letter in letters if unicodedata.category(letter) != "Mn")
    digits = (str(unicodedata.digit(letter, letter)) for letter in kept)
    return " ".join(unicodedata.normalize("NFKC", "".join(digits)).translate(_ALIKE).split())


def words(query: str) -> list[str]:
    return fold(query).split()[:MAX_WORDS]


def hs_prefix(query: str) -> str:
    """What an HS code typed as a query is matched on: four digits, or the six both countries share.

    Pakistan's PCT codes have eight digits and China's commodity codes ten; empty when the query is no code.
    """
    code = fold(query).removeprefix("hs").strip()
    if not _HS_CODE.fullmatch(code):
        return ""
    return re.sub(r"\D", "", code)[:6]


class SearchText(models.TextField):
    """The folded words of a row, written with it; the model says them in `search_words()`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"blank": True, "default": "", "editable": False, **kwargs})

    def pre_save(self, model_instance: Any, add: bool) -> str:
        text = fold(" · ".join(filter(None, model_instance.search_words())))
        setattr(model_instance, self.attname, text)
        return text
