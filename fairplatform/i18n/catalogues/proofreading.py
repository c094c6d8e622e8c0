"""What a machine can see wrong in a sentence or its translation. Pure; the words follow the glossary of the project.

Each function returns what is wrong in plain words, an empty list when nothing is.
"""

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from babel.messages.catalog import Message

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdr]|\{\w*\}")
TAG = re.compile(r"</?[a-zA-Z][^>]*>|&\w+;")
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*")
LETTERS = re.compile(r"[^\W\d_]{2,}")
# Codes and names that every trader writes in Latin letters whatever the language.
CODES = frozenset({
    "API", "CFR", "CIF", "CNY", "CPT", "CSV", "DAP", "DDP", "DOCX", "EXW", "FAS", "FCA", "FOB", "GB", "HS", "HTTP",
    "HTTPS", "ICS", "IPv4", "IPv6", "JPEG", "JPG", "JSON", "KB", "MB", "MOQ", "MP4", "NTN", "PCT", "PDF", "PIN", "PKR",
    "PNG", "QR", "TURN", "URL", "USD", "UTC", "UUID", "WEBP", "WebRTC", "XLSX", "ZIP",
    "DD", "HH", "MM", "TZ", "YYYY", "ss", "uuuuuu",
})  # fmt: skip
# A language is named in itself, for whoever reads only that one.
OWN_NAMES = frozenset({"English", "中文", "اردو"})
_CHINESE_HALF_WIDTH = re.compile(r"[\u3400-\u9fff”」）》][,.?!:;]|[\u3400-\u9fff][()]|[()][\u3400-\u9fff]")
_URDU_LATIN_MARK = re.compile(r"[\u0621-\u06d3][,.?;]")
_OTHER_DIGITS = re.compile(r"[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]")
_EXCLAMATION = re.compile("[!！]")


def forms(text: str | Sequence[str]) -> list[str]:
    """A message's text as a list: one for the singular, one for each plural form."""
    return [text] if isinstance(text, str) else list(text)


def msgid_faults(message: Message) -> list[str]:
    """What is wrong with the English of our own source."""
    faults = []
    for text in forms(message.id):
        if text != text.strip() or "\n" in text or "  " in text:
            faults.append("has line breaks or spaces around it (blocktranslate wants `trimmed`)")
        if _EXCLAMATION.search(text):
            faults.append("shouts (exclamation mark)")
    return faults


def translation_faults(message: Message, language: str) -> list[str]:
    """What is wrong with the translation of one message. An empty or unsure one has no other faults."""
    translated = forms(message.string or "")
    if message.fuzzy:
        return ["is marked fuzzy"]
    if not all(translated):
        return ["is not translated"]
    faults = [fault for text in translated for fault in _text_faults(text, language)]
    return [*_lost_parts(message, translated), *faults]


def _lost_parts(message: Message, translated: Sequence[str]) -> list[str]:
    """Placeholders and tags must be the same; a singular may leave out its count."""
    originals = forms(message.id)
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
    plain = TAG.sub(" ", PLACEHOLDER.sub(" ", text))
    faults = []
    if foreign := [word for word in LATIN.findall(plain) if word not in CODES and word not in OWN_NAMES]:
        faults.append(f"has Latin words: {' '.join(foreign)}")
    if _OTHER_DIGITS.search(plain):
        faults.append("has digits other than 0-9")
    if _EXCLAMATION.search(plain):
        faults.append("shouts (exclamation mark)")
    if language == "zh-hans" and (found := _CHINESE_HALF_WIDTH.search(plain)):
        faults.append(f"has half-width punctuation: {found.group()}")
    if language == "ur" and (found := _URDU_LATIN_MARK.search(plain)):
        faults.append(f"has Latin punctuation: {found.group()}")
    return faults


_UNSEEN = re.compile(
    r"""\{\#.*?\#\}
    | \{%\s*comment\b .*? endcomment\s*%\}
    | \{%\s*block\s+\w*class\s*%\} .*? endblock\s*%\}
    | \{%\s*blocktrans(late)?\b .*? endblocktrans(late)?\s*%\}
    | \{%.*?%\} | \{\{.*?\}\}""",
    re.DOTALL | re.VERBOSE,
)
_CHOSEN_TAG = re.compile(r"(</?)(?:\{%[^%]*%\}\w*)+")
_SPOKEN_ATTRIBUTES = frozenset({"alt", "aria-description", "aria-label", "label", "placeholder", "title"})


class _SpokenText(HTMLParser):
    """Collects what a page shows or reads aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.silent = 0
        self.spoken: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in {"script", "style"}
        self.spoken += [text for name, text in attrs if text and name in _SPOKEN_ATTRIBUTES]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.spoken.append(data)


def bare_words(template: str) -> list[str]:
    """Words that a template says outside the catalogues, in order."""
    parser = _SpokenText()
    parser.feed(_UNSEEN.sub(" ", _CHOSEN_TAG.sub(r"\1div", template)))
    parser.close()
    words = [word for text in parser.spoken for word in LETTERS.findall(text)]
    return [word for word in words if word not in CODES and word not in OWN_NAMES]
