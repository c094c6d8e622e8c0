"""What is still missing in the texts of a booth and its products, by language."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.functional import Promise

from fairplatform.i18n.forms import LANGUAGE_LABELS
from fairplatform.i18n.text import LANGUAGES, Translated


class Missing(NamedTuple):
    """How many of so many texts a language lacks."""

    language: str
    label: Promise
    number: int
    total: int


def missing_texts(texts: Iterable[Translated]) -> list[Missing]:
    """For each language that lacks any of these texts; one that nobody has written lacks in all of them."""
    every = list(texts)
    counted = [
        Missing(code, LANGUAGE_LABELS[code], sum(code in text.missing() for text in every), len(every))
        for code in LANGUAGES
    ]
    return [one for one in counted if one.number]
