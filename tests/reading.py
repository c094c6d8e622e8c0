"""A page as its reader meets it: its language and direction, and the program's own words in it."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

# As the root of a page says it.
READERS = {"en": ("en", "ltr"), "zh-hans": ("zh-Hans", "ltr"), "ur": ("ur", "rtl")}
LATIN, HAN, ARABIC = "A-Za-z", "\u4e00-\u9fff", "\u0600-\u06ff"
# The letters in which nothing of the program's own stands, by the language.
FOREIGN = {"en": HAN + ARABIC, "zh-Hans": LATIN + ARABIC, "ur": LATIN + HAN}
# What is written so in every language; Django's Chinese says "Email".
CODES = {"HS", "PCT", "USD", "PKR", "CNY", "FOB", "Email"}
# Names of tests.factories.three, people's own words also where they cannot be marked, as in a title; and outcomes'.
NAMES = re.compile(r"[A-Za-z][A-Za-z ]*\d*(?:（中）| \(ار\))|[A-Z]+\d+-\d{4}\b")
_ALONE = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_SAID = ("title", "alt", "placeholder", "aria-label", "aria-description", "aria-roledescription", "aria-valuetext")


@dataclass
class Seen(HTMLParser):
    """`root` is the page's language and direction, None for a piece of a page.

    `words` are the program's own, each with the language it is marked as.
    """

    html: str
    language: str
    root: tuple[str | None, str | None] | None = None
    words: list[tuple[str, str]] = field(default_factory=list)
    # The open elements: the language in each, "" in those of other people's words.
    _open: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "html":
            self.root = (told.get("lang"), told.get("dir"))
        others = tag in {"bdi", "script", "style"} or told.get("dir") == "auto"
        language = self._spoken and ("" if others else told.get("lang") or self._spoken)
        said = [told.get(name) for name in _SAID]
        if (tag, told.get("name")) == ("meta", "description"):
            said.append(told.get("content"))
        if tag == "input" and told.get("type") in {"submit", "button"}:
            said.append(told.get("value"))
        # The title of other people's words is the program's.
        self.words += [(language or self._spoken, words) for words in said if words and self._spoken]
        if tag not in _ALONE:
            self._open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self._spoken:
            self.words.append((self._spoken, " ".join(data.split())))

    @property
    def _spoken(self) -> str:
        return self._open[-1][1] if self._open else self.language

    @property
    def forgotten(self) -> list[str]:
        """The program's own words in another language than they are marked as."""
        return [said for language, said in self.words if _strange(language, said) - CODES]


def _strange(language: str, said: str) -> set[str]:
    """The runs of letters in which this language is not written."""
    return set(re.findall(f"[{FOREIGN[language]}]{{2,}}", NAMES.sub("", said)))


def wrongs(answer: Any, language: str) -> list[Any]:
    """What of an answered page is in another language or direction than its reader's."""
    if not answer.headers.get("Content-Type", "").startswith("text/html") or not answer.content:
        return []
    seen = Seen(answer.content.decode(), READERS[language][0])
    roots = [seen.root] if seen.root not in (None, READERS[language]) else []
    return [*roots, *seen.forgotten]
