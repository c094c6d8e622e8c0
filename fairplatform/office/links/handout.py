"""What is handed out with a new link, in the language of its person: a card or line to print, a message to copy."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from fairplatform.accounts.letters import salutation
from fairplatform.accounts.models import IssuedLink, User
from fairplatform.fairs.models import Fair, RecruitingUnit, Registration
from fairplatform.i18n.text import LANGUAGES, Translated, current_language, direction, isolated
from fairplatform.i18n.times import format_days

from .queries import Belonging

QUIET_ZONE = 4  # modules of white around a QR code, as ISO/IEC 18004 asks


@dataclass(frozen=True)
class Handout:
    """One person's: `language` is theirs; everything else is the same in each form."""

    user: User
    language: str
    companies: Sequence[Translated]
    unit: RecruitingUnit | None
    link: str
    code: str
    valid_until: str
    qr: SafeString
    message: str

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def spaced_code(self) -> str:
        """Easier to read and type: the page of a link ignores the space."""
        return f"{self.code[:3]} {self.code[3:]}"


def link_address(issued: IssuedLink, leads_to: str = "") -> str:
    """`leads_to`: the path of the page that it opens, once its person has entered the code."""
    address = f"{settings.PUBLIC_URL}{reverse('accounts:enter', args=[issued.secret])}"
    return f"{address}?{urlencode({'next': leads_to}, safe='/')}" if leads_to else address


def language_of(user: User) -> str:
    """The language to write to them in: theirs if the program speaks it."""
    return user.language if user.language in LANGUAGES else "en"


def make_handout(
    registration: Registration, issued: IssuedLink, belonging: Belonging, *, is_drawn: bool, leads_to: str = ""
) -> Handout:
    """`is_drawn`: with the QR code, which is the slow part. `leads_to`: as in `link_address`."""
    link, user = link_address(issued, leads_to), registration.user
    language = language_of(user)
    with translation.override(language):
        ends = valid_until(issued, registration.fair)
    return Handout(
        user=user,
        language=language,
        companies=belonging.companies,
        unit=belonging.units[0] if belonging.units else None,
        link=link,
        code=issued.code,
        valid_until=ends,
        qr=_drawn(link) if is_drawn else SafeString(""),
        message=_message(registration, issued, leads_to),
    )


def valid_until(issued: IssuedLink, fair: Fair) -> str:
    """The last date of a link, in the active language; where the fair's two sides have different dates, the earlier."""
    last = min(place.date(issued.link.expires_at) for place in fair.places)
    return gettext("Valid until %(date)s.") % {"date": format_days(last, last, current_language())}


def entry_lines(issued: IssuedLink, fair: Fair, leads_to: str = "") -> list[str]:
    """How one comes in, for a message in the active language: the link and the code each on a line of its own."""
    return [
        link_address(issued, leads_to),
        gettext("Entry code: %(code)s") % {"code": issued.code},
        valid_until(issued, fair),
        gettext("Keep link and code to yourself: anyone who has both can sign in as you."),
    ]


def invitation_address(registration: Registration) -> str:
    """Where they answer. It has no secret: whoever opens it sees what is their own, once they have signed in."""
    return f"{settings.PUBLIC_URL}{reverse('pages:registration', args=[registration.fair.slug])}"


def invitation_text(registration: Registration) -> str:
    offer = registration.offer
    if offer and offer.manager and (participation := offer.participation(registration.fair)):
        return gettext(
            "%(company)s invites you to work at its booth at %(fair)s with the account you already have. Sign in as "
            "usual, and accept or decline."
        ) % {"company": isolated(participation.company.name), "fair": isolated(registration.fair.name)}
    return gettext(
        "The organisers of %(fair)s invite you to take part with the account you already have. Sign in as usual, "
        "and accept or decline."
    ) % {"fair": isolated(registration.fair.name)}


def invitation_message(registration: Registration) -> str:
    """For WeChat or WhatsApp, in the language of the organiser: that of the account is not theirs to know."""
    return "\n".join((invitation_text(registration), invitation_address(registration)))


def _drawn(link: str) -> SafeString:
    """As SVG elements of the page: paths without styles, which the Content-Security-Policy lets through."""
    code = segno.make(link, error="m", micro=False)
    return mark_safe(code.svg_inline(omitsize=True, border=QUIET_ZONE, svgclass=None, lineclass=None))


def _message(registration: Registration, issued: IssuedLink, leads_to: str) -> str:
    """For WeChat or WhatsApp, as plain text."""
    with translation.override(language_of(registration.user)):
        fair = isolated(registration.fair.name)
        lines = (
            salutation(registration.user),
            gettext("Here is your personal access to %(fair)s. Open the link and enter the code.") % {"fair": fair},
            *entry_lines(issued, registration.fair, leads_to),
        )
    return "\n".join(lines)
