"""What a company is told of a change, as text to paste into WeChat or WhatsApp, in the language it is written to in."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from fairplatform.fairs.models import Fair, Participation
from fairplatform.fairs.places import places_for, places_of_company
from fairplatform.i18n.languages import language_of_country
from fairplatform.i18n.text import LANGUAGES, isolated
from fairplatform.i18n.times import Place
from fairplatform.notices.sentences import sentence
from meetings.models import ChangedMeeting, Meeting
from meetings.models.meeting import Side
from meetings.staffing import representatives
from meetings.status import page_url

from .offers import Offer

Act = ChangedMeeting.Act
# What both companies are told of a meeting that is held all the same.
KEPT = {Act.SPOKEN: "meeting_spoken", Act.TELEPHONE: "meeting_by_telephone", Act.MOVED: "meeting_moved"}


@dataclass(frozen=True)
class Told:
    """Who is told what."""

    participation: Participation
    language: str
    message: str


def told(row: ChangedMeeting, offer: Offer | None = None) -> list[Told]:
    """Of a company that leaves not itself. Nothing where nothing is other for the companies.

    `offer`: whom the company that is left alone could ask, which it reads with the address of the page where it does.
    """
    return [Told(company, language, text) for company, language, text in _told(row, offer)]


def _told(row: ChangedMeeting, offer: Offer | None) -> Iterator[tuple[Participation, str, str]]:
    meeting, substitute = row.meeting, row.substitute
    for side in Side if row.act in KEPT else ():
        yield _written(meeting, side, KEPT[Act(row.act)])
    for side in Side:
        company: Participation = getattr(meeting, side)
        if row.act in (Act.CANCELLED, Act.REPLACED) and company.pk != row.change.participation_id:
            yield _written(meeting, side, "meeting_cancelled", instead=substitute, offer=offer)
            if substitute:
                yield _written(substitute, side.other, "meeting_scheduled")


def _written(
    meeting: Meeting, side: Side, code: str, *, instead: Meeting | None = None, offer: Offer | None = None
) -> tuple[Participation, str, str]:
    """`code`: of notices.sentences."""
    company: Participation = getattr(meeting, side)
    language, places = _reader(company, meeting.fair)
    with translation.override(language):
        lines = [isolated(company.company.name), _sentence(code, meeting, side, language, places)]
        if instead:
            lines.append(_sentence("meeting_scheduled", instead, side, language, places))
        if offer and offer.shown:
            lines.append(gettext("These companies are free at the same time. Ask one of them here:"))
            lines += [f"· {isolated(one.participation.company.name)}" for one in offer.shown]
            lines.append(f"{settings.PUBLIC_URL}{page_url(meeting, 'substitutes')}")
        lines.append(gettext("Your schedule:"))
        lines.append(f"{settings.PUBLIC_URL}{reverse('meetings:day', args=[meeting.fair.slug])}")
    return company, language, "\n".join(lines)


def _sentence(code: str, meeting: Meeting, side: Side, language: str, places: tuple[Place, ...]) -> str:
    parameters = {"company": meeting.company_of(side.other).name, "at": meeting.starts_at.isoformat()}
    return sentence(code, parameters, language=language, places=places)


def _reader(company: Participation, fair: Fair) -> tuple[str, tuple[Place, ...]]:
    """The language and clocks of the first who speaks for it; without anybody, of its country."""
    person = next(iter(representatives(company)), None)
    if person is None:
        return language_of_country(company.company.country), places_of_company(company)
    language = person.language if person.language in LANGUAGES else "en"
    return language, places_for(person, fair, language)
