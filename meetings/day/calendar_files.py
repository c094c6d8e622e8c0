"""The calendar files of letters about meetings, and the calendar at a person's private address."""

from django.urls import Resolver404, resolve

from fairplatform.accounts.letters import CalendarFile
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair
from fairplatform.notices.letters import CALENDARS
from fairplatform.notices.models import Notice
from meetings.models import Meeting
from meetings.schedule.calendar import calendar_of, meeting_file

from .queries import own_meetings

ABOUT_ONE = (
    "request_accepted", "interpreter_appointed", "meeting_scheduled", "meeting_moved", "meeting_cancelled",
)  # fmt: skip


def install() -> None:
    """Enters them among the files of letters."""
    CALENDARS.update(dict.fromkeys(ABOUT_ONE, _of_one))
    CALENDARS["interpreter_released"] = _of_former
    CALENDARS.update(dict.fromkeys(("schedule_published", "schedule_withdrawn"), _of_all))


def calendar_of_person(person: User, fair: Fair) -> CalendarFile:
    """All their meetings; those that were cancelled are said to be."""
    return calendar_of(own_meetings(person, fair, with_cancelled=True), person, fair)


def _of_one(notice: Notice) -> CalendarFile | None:
    """As the meeting stands now, which may be newer than the notice."""
    rows = Meeting.objects.with_names().visible_to(notice.recipient)
    meeting = rows.filter(pk=_key(notice), fair=notice.fair).first()
    return meeting_file(meeting, notice.recipient) if meeting else None


def _of_former(notice: Notice) -> CalendarFile | None:
    """Takes the meeting out of the calendar of somebody who has no part in it any more, unless they have again."""
    meeting = Meeting.objects.with_names().filter(pk=_key(notice), fair=notice.fair).first()
    if meeting and not meeting.roles_of(notice.recipient):
        meeting.state = Meeting.State.CANCELLED
    return meeting_file(meeting, notice.recipient) if meeting else None


def _key(notice: Notice) -> int:
    """Of the meeting that it is about; 0: of none."""
    try:
        return int(resolve(notice.path).kwargs["pk"])
    except (Resolver404, KeyError):
        return 0


def _of_all(notice: Notice) -> CalendarFile:
    return calendar_of_person(notice.recipient, notice.fair)
