"""Letters (e-mails) to people: in the reader's language, as plain text and as HTML that say the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.mime.text import MIMEText

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fairplatform.i18n.text import HTML_LANG, current_language, direction, isolated

from .models import User

SALUTATIONS: Mapping[str, Promise] = {
    User.Salutation.NONE: _("Dear %(person)s,"),
    User.Salutation.MR: _("Dear Mr %(person)s,"),
    User.Salutation.MS: _("Dear Ms %(person)s,"),
    User.Salutation.DR: _("Dear Dr %(person)s,"),
    User.Salutation.EXCELLENCY: _("Your Excellency %(person)s,"),
}


@dataclass(frozen=True)
class CalendarFile:
    """An iCalendar file. Its `method` says what a mail program is to do with it: REQUEST, CANCEL or PUBLISH."""

    name: str
    method: str
    content: bytes

    @property
    def content_type(self) -> str:
        return f"text/calendar; method={self.method}; charset=utf-8"

    @property
    def part(self) -> MIMEText:
        """As a part of a letter."""
        part = MIMEText(self.content.decode(), "calendar", "utf-8")
        part.set_param("method", self.method)
        part.add_header("Content-Disposition", "attachment", filename=self.name)
        return part


@dataclass(frozen=True)
class Letter:
    """What one letter says, in the reader's language. `button` names what opening `link` is for.

    Names in its sentences are `isolated`; `fair` is the name by which the reader knows whom it is from.
    """

    fair: str
    subject: str
    text: str
    button: str
    link: str
    afterword: str = ""
    calendar: CalendarFile | None = None


def send(person: User, letter: Letter) -> int:
    """Sends it to the address of a person, whose language is the active one; returns how many were sent."""
    fair, language = isolated(letter.fair), current_language()
    subject = f"{letter.subject} | {fair}"
    context = {
        "letter": letter,
        "subject": subject,
        "fair": fair,
        "salutation": salutation(person),
        "signature": gettext("The organisers, %(fair)s") % {"fair": fair},
        "html_lang": HTML_LANG[language],
        "direction": direction(language),
    }
    message = EmailMultiAlternatives(subject, render_to_string("letters/letter.txt", context), to=[person.email or ""])
    message.attach_alternative(render_to_string("letters/letter.html", context), "text/html")
    if letter.calendar:
        message.attach(letter.calendar.part)
    return message.send()


def salutation(person: User) -> str:
    """The first line of a letter, by how the person wishes to be addressed and by their full name."""
    name = str(person.name)
    return str(SALUTATIONS[person.salutation]) % {"person": isolated(name)} if name else gettext("Dear Sir or Madam,")
