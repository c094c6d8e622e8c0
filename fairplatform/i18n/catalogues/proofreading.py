"""Checks of messages and translations that need no translator. Pure functions.

Each returns a list of faults, as phrases ("is not translated"); an empty list means none.
"""

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from babel.messages.catalog import Message

from .forbidden_words import wrong_words

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdr]|\{\w*\}")
TAG = re.compile(r"</?[a-zA-Z][^>]*>|&\w+;")
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*")
LETTERS = re.compile(r"[^\W\d_]{2,}")
# Codes, units and names written in Latin letters in every language.
CODES = frozenset({
    "API", "CFR", "CIF", "CNY", "CPT", "CSV", "DAP", "DDP", "DOCX", "EXW", "FAS", "FCA", "FOB", "GB", "HS", "HTTP",
    "HTTPS", "ICS", "IPv4", "IPv6", "JPEG", "JPG", "JSON", "KB", "MB", "MOQ", "MP4", "NTN", "PCT", "PDF", "PIN", "PKR",
    "PNG", "QR", "IP", "PB", "TB", "TURN", "URL", "USD", "UTC", "UUID", "WEBP", "WebRTC", "XLSX", "ZIP",
    "DD", "HH", "MM", "TZ", "YYYY", "ss", "uuuuuu",
    "Asia", "CN", "Excel", "IANA", "ISO", "Karachi", "PK", "UTF", "en", "ur", "xlsx", "zh",
    "Cookie", "JavaScript", "WeChat", "WhatsApp", "Demo", "DEMO", "kW", "kWh", "kg", "km", "cm", "mm",
})  # fmt: skip
# The names of languages in the language itself, as the menu of languages has them.
OWN_NAMES = frozenset({"English", "中文", "اردو"})
_CHINESE_HALF_WIDTH = re.compile(r"[\u3400-\u9fff”」）》][,.?!:;]|[\u3400-\u9fff][()]|[()][\u3400-\u9fff]")
_CHINESE_SPACE = re.compile(r"[\u3400-\u9fff] (?=[A-Za-z0-9%]|[\u3400-\u9fff])|[A-Za-z0-9%] (?=[\u3400-\u9fff])")
_URDU_LATIN_MARK = re.compile(r"[\u0621-\u06d3][,.?;]")
_OTHER_DIGITS = re.compile(r"[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]")
_EXCLAMATION = re.compile("[!！]")


def plural_forms(text: str | Sequence[str]) -> list[str]:
    """A message id or its translation as a list: the singular, then each plural form."""
    return [text] if isinstance(text, str) else list(text)


def msgid_faults(message: Message) -> list[str]:
    """The faults of the English text in our own source."""
    faults = []
    for text in plural_forms(message.id):
        if text != text.strip() or "\n" in text or "  " in text:
            faults.append("has line breaks or spaces around it (blocktranslate wants `trimmed`)")
        if _EXCLAMATION.search(text):
            faults.append("shouts (exclamation mark)")
        faults += wrong_words(TAG.sub("", PLACEHOLDER.sub("…", text)), "en")
    return faults


def translation_faults(message: Message, language: str) -> list[str]:
    """The faults of one translation. A missing or fuzzy one is not checked further."""
    translated = plural_forms(message.string or "")
    if message.fuzzy:
        return ["is marked fuzzy"]
    if not all(translated):
        return ["is not translated"]
    faults = [fault for text in translated for fault in _text_faults(text, language)]
    return [*_placeholder_faults(message, translated), *faults]


def _placeholder_faults(message: Message, translated: Sequence[str]) -> list[str]:
    """Placeholders and tags must be those of the message; only a singular may leave out its count."""
    originals = plural_forms(message.id)
    faults = []
    for pattern, name in ((PLACEHOLDER, "placeholders"), (TAG, "tags")):
        wanted = sorted(pattern.findall(originals[-1]))
        if sorted(pattern.findall(translated[-1])) != wanted:
            faults.append(f"has other {name} than {wanted or 'none'}")
        known = {part for text in originals for part in pattern.findall(text)}
        if any(set(pattern.findall(text)) - known for text in translated[:-1]):
            faults.append(f"invents {name}")
    return faults


def _text_faults(text: str, language: str) -> list[str]:
    words = TAG.sub(" ", PLACEHOLDER.sub(" ", text))
    faults = []
    if foreign := [word for word in LATIN.findall(words) if word not in CODES and word not in OWN_NAMES]:
        faults.append(f"has Latin words: {' '.join(foreign)}")
    if _OTHER_DIGITS.search(words):
        faults.append("has digits other than 0-9")
    if _EXCLAMATION.search(words):
        faults.append("shouts (exclamation mark)")
    if language == "zh-hans" and (match := _CHINESE_HALF_WIDTH.search(words)):
        faults.append(f"has half-width punctuation: {match.group()}")
    if language == "ur" and (match := _URDU_LATIN_MARK.search(words)):
        faults.append(f"has Latin punctuation: {match.group()}")
    if language == "zh-hans" and (match := _CHINESE_SPACE.search(PLACEHOLDER.sub("%", TAG.sub("", text)))):
        faults.append(f"has a space beside Chinese: {match.group()}")
    return [*faults, *wrong_words(TAG.sub("", PLACEHOLDER.sub("…", text)), language)]


# What a template does not print, or prints through a catalogue: comments, names of classes, tags, variables.
_NOT_PRINTED = re.compile(
    r"""\{\#.*?\#\}
    | \{%\s*comment\b .*? endcomment\s*%\}
    | \{%\s*block\s+\w*class\s*%\} .*? endblock\s*%\}
    | \{%\s*blocktrans(late)?\b .*? endblocktrans(late)?\s*%\}
    | \{%.*?%\} | \{\{.*?\}\}""",
    re.DOTALL | re.VERBOSE,
)
# An element whose name a tag of the template chooses: <{% if … %}fieldset{% else %}div{% endif %}
_CONDITIONAL_ELEMENT = re.compile(r"(</?)(?:\{%[^%]*%\}\w*)+")
_TEXT_ATTRIBUTES = frozenset({"alt", "aria-description", "aria-label", "label", "placeholder", "title"})


class _VisibleText(HTMLParser):
    """Collects the text that a page shows or a screen reader reads."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts = 0  # open script and style elements
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag in {"script", "style"}
        self.texts += [text for name, text in attrs if text and name in _TEXT_ATTRIBUTES]

    def handle_endtag(self, tag: str) -> None:
        self.scripts -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.scripts:
            self.texts.append(data)


def untranslatable_words(template: str) -> list[str]:
    """Words that a template prints without marking them for translation, in order."""
    parser = _VisibleText()
    parser.feed(_NOT_PRINTED.sub(" ", _CONDITIONAL_ELEMENT.sub(r"\1div", template)))
    parser.close()
    words = [word for text in parser.texts for word in LETTERS.findall(text)]
    return [word for word in words if word not in CODES and word not in OWN_NAMES]
