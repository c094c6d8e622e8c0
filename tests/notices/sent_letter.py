"""The one letter sent, as a mail program reads it."""

from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

from django.core import mail

FSI, PDI = "\u2068", "\u2069"


@dataclass
class Page(HTMLParser):
    """The lines of an HTML letter; a `<bdi>` is read as the marks that isolate in plain text."""

    html: str
    title: str = ""
    lines: list[str] = field(default_factory=list)
    languages: set[tuple[str | None, str | None]] = field(default_factory=set)
    links: list[str | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.line = ""
        self.feed(self.html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if "lang" in attributes:
            self.languages.add((attributes["lang"], attributes["dir"]))
        if tag == "a":
            self.links.append(attributes["href"])
        if tag == "bdi":
            self.line += FSI
        else:
            self._end_line()

    def handle_endtag(self, tag: str) -> None:
        if tag == "bdi":
            self.line += PDI
        elif tag == "title":
            self.title, self.line = self.line, ""
        elif tag == "style":
            self.line = ""
        else:
            self._end_line()

    def handle_data(self, data: str) -> None:
        self.line += data

    def _end_line(self) -> None:
        if line := " ".join(self.line.split()):
            self.lines.append(line)
        self.line = ""


def received() -> EmailMessage:
    """The one letter sent, as a mail program reads it."""
    [letter] = mail.outbox
    return message_from_bytes(letter.message().as_bytes(), policy=policy.default)  # type: ignore[return-value]


def subject() -> str:
    """Of the one letter sent; a long one begins on the header's second line."""
    return str(received()["subject"]).strip()


def text_and_page() -> tuple[str, Page]:
    """Both versions, after a look at whether the mail program may choose between them and whether they say the same."""
    letter = received()
    text, html = letter.iter_parts()
    assert (letter.get_content_type(), text.get_content_type(), html.get_content_type()) == (
        "multipart/alternative", "text/plain", "text/html",
    )  # fmt: skip
    page = Page(html.get_content())
    assert page.title == subject()
    assert page.lines[1:] == [line for line in text.get_content().splitlines() if line]
    return text.get_content(), page
