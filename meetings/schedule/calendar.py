"""Meetings as events of their people's calendars, in the active language."""

from collections.abc import Iterable
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from fairplatform.accounts.letters import CalendarFile
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair
from fairplatform.fairs.places import places_for
from fairplatform.i18n import times
from fairplatform.i18n.text import current_language, joined
from meetings.calendar_file import Address, Event, invitation, published
from meetings.models import Meeting
from meetings.status import partners


def event_of(meeting: Meeting, reader: User) -> Event:
    """As this person reads it: with the other company's name, and both times in words. The same meeting is the same
    event whoever reads it, wherever it comes from.
    """
    return Event(
        uid=f"meeting-{meeting.pk}@{urlsplit(settings.PUBLIC_URL).hostname}",
        sequence=meeting.revision,
        revised_at=meeting.revised_at,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        title=joined(partners(meeting, meeting.side_of(reader))),
        text=_text(meeting, reader),
        url=f"{settings.PUBLIC_URL}{meeting.get_absolute_url()}",
        is_cancelled=meeting.state == Meeting.State.CANCELLED,
    )


def meeting_file(meeting: Meeting, reader: User) -> CalendarFile:
    """For somebody without an e-mail address, whom no invitation can name, it is published."""
    event = event_of(meeting, reader)
    name = f"meeting-{meeting.pk}.ics"
    if not reader.email:
        return CalendarFile(name, "PUBLISH", published([event]))
    organiser = Address(str(meeting.fair.name), parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
    return CalendarFile(name, event.method, invitation(event, organiser, Address(str(reader.name), reader.email)))


def calendar_of(meetings: Iterable[Meeting], reader: User, fair: Fair) -> CalendarFile:
    """Several of a person's meetings, as a calendar with the name of the fair."""
    content = published([event_of(meeting, reader) for meeting in meetings], name=str(fair.name))
    return CalendarFile(f"{fair.slug}.ics", "PUBLISH", content)


def _text(meeting: Meeting, reader: User) -> str:
    places = places_for(reader, meeting.fair, current_language())
    lines = [str(meeting.fair.name), times.in_words(meeting.starts_at, places, current_language())]
    if meeting.state == Meeting.State.CANCELLED:
        lines.append(_("This meeting has been cancelled."))
    return "\n".join(lines)
