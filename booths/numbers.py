"""The numbers of booths as organisers write them, such as 12, A-12 or 3B07, and the order people expect of them."""

import re
import unicodedata
from typing import Any

from django.db import models

LONGEST = 20
_PARTS = re.compile(r"[0-9]+|[^\W\d_]+")


def plain_number(text: str) -> str:
    """The number as it is stored: full-width characters as Latin ones, 0-9 for the digits of any script."""
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
    return " ".join(unicodedata.normalize("NFKC", digits).split())


def sort_key(number: str) -> str:
    """A text by which A-2 comes before A-10: each figure follows its own length.

    It has letters and digits alone, which every collation of a database puts in the same order.
    """
    parts = _PARTS.findall(number.casefold())
    figures = (part.lstrip("0") or "0" if part.isdecimal() else part for part in parts)
    return "".join(f"{len(figure):02}{figure}" if figure.isdecimal() else figure for figure in figures)


class SortKey(models.CharField):  # type: ignore[type-arg]  # takes arguments in its stubs alone
    """The sort key of the model's `number`, computed whenever a row is saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # A letter may be three in the case-folded text.
        own = {"max_length": 3 * LONGEST, "blank": True, "default": "", "db_default": "", "editable": False}
        super().__init__(*args, **{**own, **kwargs})

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = sort_key(str(getattr(model_instance, "number")))  # noqa: B009 — no model has it in general
        setattr(model_instance, self.attname, key)
        return key
