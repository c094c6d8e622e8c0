"""Text in up to three languages, and the direction each is written in."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import get_language, override

LANGUAGES = ("en", "zh-hans", "ur")
HTML_LANG = {"en": "en", "zh-hans": "zh-Hans", "ur": "ur"}
# The languages to fall back to, in order, when a text has no translation into the key.
FALLBACK = {"en": ("zh-hans", "ur"), "zh-hans": ("en", "ur"), "ur": ("en", "zh-hans")}

# The script of each language, and a weight: a Chinese word has about a third of the letters of another.
_SCRIPTS = {
    "ur": (re.compile("[\u0600-\u06ff\u0750-\u077f]"), 1),
    "zh-hans": (re.compile("[\u3400-\u9fff]"), 3),
    "en": (re.compile("[A-Za-z]"), 1),
}

# FSI and PDI of the Unicode bidirectional algorithm: a text between them does not reorder the words around it.
FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE = "\u2068", "\u2069"
_ISOLATE_MARKS = re.compile("[\u2066-\u2069]")
# By a sentence's direction, the bidirectional classes of characters that reorder words in it.
_EMBEDDINGS = frozenset({"LRE", "RLE", "LRO", "RLO"})
_REORDERING = {"ltr": _EMBEDDINGS | {"R", "AL", "AN"}, "rtl": _EMBEDDINGS | {"L", "EN", "AN"}}

# Letters that Urdu, Arabic and Persian keyboards produce for the same letter.
_ALIKE = str.maketrans("كڪيىهةۃە", "ککییہہہہ", "ءـ\u200c\u200d")
_ARABIC = "[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f]"
# Marks that reorder or hide text, and control characters. The joiners of U+200C and U+200D belong to Urdu spelling.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
    f"|(?<!{_ARABIC})[\u200c\u200d]|[\u200c\u200d](?!{_ARABIC})"
)


def guess_language(text: str) -> str | None:
    """The language of what somebody wrote, by the script of most of its letters; None if it has no letters.

    lib/language.js does the same in the page.
    """
    weights = {code: weight * len(letters.findall(text)) for code, (letters, weight) in _SCRIPTS.items()}
    likeliest = max(weights, key=weights.__getitem__)
    return likeliest if weights[likeliest] else None


class Text(NamedTuple):
    """A text for one reader. `fallback`: it is in `lang`, another language, for want of a translation."""

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
    """The text in each language: `{language code: text}`. An empty text counts as missing."""

    def in_language(self, language: str) -> Text:
        """The text for a reader of this language, in it if possible."""
        for code in (language, *FALLBACK[language]):
            if text := self.get(code):
                return Text(text, code, code != language)
        return Text("", language, False)

    def missing(self) -> list[str]:
        """The languages it has no text in."""
        return [code for code in LANGUAGES if not self.get(code)]

    def __str__(self) -> str:
        return self.in_language(current_language()).text


def direction(language: str) -> str:
    """The value of HTML's `dir`."""
    return "rtl" if language == "ur" else "ltr"


def current_language() -> str:
    """The language active in this thread, one of LANGUAGES."""
    language = get_language() or "en"
    return language if language in LANGUAGES else "en"


class _Bases(dict[int, str]):
    """For `str.translate`: no accents and vowel signs, 0-9 for the digits of any script. Each letter is met once."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        base = "" if unicodedata.category(letter) == "Mn" else str(unicodedata.digit(letter, letter))
        self[code] = base
        return base


_BASES = _Bases()


def fold(text: str) -> str:
    """The text without differences that readers overlook: case, width, accents, vowel signs, digits of a script."""
    letters = unicodedata.normalize("NFKD", text.casefold()).translate(_BASES)
    return " ".join(unicodedata.normalize("NFKC", letters).translate(_ALIKE).split())


def same_name_key(name: object) -> str:
    """What two ways of writing a name have in common: folded, without punctuation."""
    return re.sub(r"[\W_]+", " ", fold(str(name))).strip()


def visible(text: str) -> str:
    """The text without marks that reorder or hide it, and without control characters."""
    return _INVISIBLE.sub("", text)


def isolated(text: object) -> str:
    """A name, ready for a sentence in the active language: in one line, isolated if it would reorder the sentence.

    Marks in the name that could end the isolation early are dropped. lib/language.js does the same in the page, but for
    digits, which it leaves: counts go through it.
    """
    line = " ".join(_ISOLATE_MARKS.sub("", str(text)).split())
    reordering = _REORDERING[direction(current_language())]
    if not any(unicodedata.bidirectional(character) in reordering for character in line):
        return line
    return f"{FIRST_STRONG_ISOLATE}{line}{POP_DIRECTIONAL_ISOLATE}"


def joined(names: Iterable[object]) -> str:
    """Several names in one line, each isolated."""
    return " · ".join(isolated(name) for name in names)


def in_every_language(sentence: object) -> list[str]:
    """A translatable sentence, or a Translated, in all languages: to search in any of them, or to keep it."""
    texts = []
    for language in LANGUAGES:
        with override(language):
            texts.append(str(sentence))
    return texts
