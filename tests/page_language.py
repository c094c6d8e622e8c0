"""Checks the language of a page: its declared language and direction, and the script of the program's own text."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from babel.numbers import list_currencies
from django.http import HttpResponseBase

# `lang` and `dir` of <html>, by language code.
ROOTS = {"en": ("en", "ltr"), "zh-hans": ("zh-Hans", "ltr"), "ur": ("ur", "rtl")}
LATIN, HAN, ARABIC = "A-Za-z", "\u4e00-\u9fff", "\u0600-\u06ff"
# The scripts in which no text of the program may be, by `lang`.
FOREIGN_SCRIPTS = {"en": HAN + ARABIC, "zh-Hans": LATIN + ARABIC, "ur": LATIN + HAN}
# Written so in every language, as the codes of currencies are; "Email" is in Django's Chinese.
CODES = list_currencies() | {
    "HS", "PCT", "FOB", "MOQ", "Cookie", "JavaScript", "Email", "WeChat", "WhatsApp", "xlsx", "MB",
    "Excel", "XLSX", "CSV", "JSON", "PDF", "JPEG", "PNG", "WebP", "zh", "ur", "en", "CFA",
    "CFP",
}  # fmt: skip
# Names made by tests.factories.three and words searched for, which a title cannot mark as text of people, and the
# numbers of outcomes and beginnings of digests.
NAMES = re.compile(r"[A-Za-z][A-Za-z ]*\d*(?:（中）| \(ار\))|“[^”]*”|[A-Z]+\d*-\d{4}\b|\b[0-9a-f]{12}\b")
_VOID_ELEMENTS = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
}  # fmt: skip
_TEXT_ATTRIBUTES = (
    "title", "alt", "placeholder", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext",
)  # fmt: skip


@dataclass
class PageText(HTMLParser):
    """The program's own text in a page or a piece of one; `language` is the `lang` of its reader.

    `root`: `lang` and `dir` of <html>, None for a piece. `texts`: each text with the `lang` it is marked as.
    Text of people, which is in <bdi> or under dir="auto", is left out.
    """

    html: str
    language: str
    root: tuple[str | None, str | None] | None = None
    texts: list[tuple[str, str]] = field(default_factory=list)
    # The open elements and the `lang` in each, empty in text of people.
    _open: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "html":
            self.root = (attributes.get("lang"), attributes.get("dir"))
        is_of_people = tag in {"bdi", "script", "style"} or attributes.get("dir") == "auto"
        language = self._current and ("" if is_of_people else attributes.get("lang") or self._current)
        texts = [attributes.get(name) for name in _TEXT_ATTRIBUTES]
        if (tag, attributes.get("name")) == ("meta", "description"):
            texts.append(attributes.get("content"))
        if tag == "input" and attributes.get("type") in {"submit", "button"}:
            texts.append(attributes.get("value"))
        # The attributes of an element around text of people are the program's own.
        self.texts += [(language or self._current, text) for text in texts if text and self._current]
        if tag not in _VOID_ELEMENTS:
            self._open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self._current:
            self.texts.append((self._current, " ".join(data.split())))

    @property
    def _current(self) -> str:
        return self._open[-1][1] if self._open else self.language

    @property
    def in_wrong_script(self) -> list[str]:
        """The texts with words in a script that the language they are marked as does not use."""
        return [text for language, text in self.texts if _foreign_words(language, text) - CODES]


def _foreign_words(language: str, text: str) -> set[str]:
    return set(re.findall(f"[{FOREIGN_SCRIPTS[language]}]{{2,}}", NAMES.sub("", text)))


def language_faults(answer: HttpResponseBase, language: str) -> list[object]:
    """The declaration and the texts of an HTML answer that are not in the language of its reader."""
    content = getattr(answer, "content", b"")
    if not answer.headers.get("Content-Type", "").startswith("text/html") or not content:
        return []
    page = PageText(content.decode(), ROOTS[language][0])
    roots = [page.root] if page.root not in (None, ROOTS[language]) else []
    return [*roots, *page.in_wrong_script]
