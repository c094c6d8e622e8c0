"""Texts in up to three languages, and the direction each is written in."""

import re
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import get_language, override

LANGUAGES = ("en", "zh-hans", "ur")
HTML_LANG = {"en": "en", "zh-hans": "zh-Hans", "ur": "ur"}
# Whom to ask next when a text is missing in the reader's own language.
FALLBACK = {"en": ("zh-hans", "ur"), "zh-hans": ("en", "ur"), "ur": ("en", "zh-hans")}


# Letters that give a language away. A Chinese word has fewer of them than one of the others.
_LETTERS = {
    "ur": (re.compile("[\u0600-\u06ff\u0750-\u077f]"), 1),
    "zh-hans": (re.compile("[\u3400-\u9fff]"), 3),
    "en": (re.compile("[A-Za-z]"), 1),
}


def language_of(words: str) -> str | None:
    """The language of other people's words, by the script most of them are in; None where there are no letters.

    lib/language.js guesses alike.
    """
    weights = {code: weight * len(letters.findall(words)) for code, (letters, weight) in _LETTERS.items()}
    likeliest = max(weights, key=weights.__getitem__)
    return likeliest if weights[likeliest] else None


class Text(NamedTuple):
    """One text as it is shown: `lang` may differ from the reader's when a translation is missing."""

    text: str
    lang: str
    fallback: bool

    @property
    def html_lang(self) -> str:
        return HTML_LANG[self.lang]

    @property
    def dir(self) -> str:
        return direction(self.lang)

    def __str__(self) -> str:
        return self.text


class Translated(dict[str, str]):
    """`{language code: text}`; empty texts are the same as missing ones."""

    def in_language(self, language: str) -> Text:
        for code in (language, *FALLBACK[language]):
            if text := self.get(code):
                return Text(text, code, code != language)
        return Text("", language, False)

    def missing(self) -> list[str]:
        return [code for code in LANGUAGES if not self.get(code)]

    def __str__(self) -> str:
        return self.in_language(current_language()).text


def direction(language: str) -> str:
    return "rtl" if language == "ur" else "ltr"


def current_language() -> str:
    """The reader's language, one of LANGUAGES."""
    language = get_language() or "en"
    return language if language in LANGUAGES else "en"


def in_every_language(sentence: Promise | str) -> list[str]:
    """A sentence of the catalogues in all languages: for what is searched, whoever reads it."""
    texts = []
    for language in LANGUAGES:
        with override(language):
            texts.append(str(sentence))
    return texts
