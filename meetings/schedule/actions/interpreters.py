"""Who interprets a meeting: seats, conversations and bookings, within the caller's transaction."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import F

from chat.actions import add_members
from chat.models import Member
from fairplatform.accounts.models import User
from fairplatform.notices.actions import notify
from fairplatform.policy import Role
from meetings.call.actions import end_connections
from meetings.models import Meeting, Participant
from meetings.models.booking import person

from .bookings import book_person


def dismiss(meeting: Meeting, people: Collection[int], *, now: datetime) -> None:
    """Ends the part of these interpreters, by key; their open pages are told within seconds."""
    end_connections(meeting, now=now, people=people)
    Participant.objects.filter(meeting=meeting, user__in=people, role=Role.INTERPRETER).delete()
    meeting.bookings.filter(resource__in=map(person, people)).delete()
    Member.objects.filter(conversation=meeting.conversation_id, user__in=people, role=Role.INTERPRETER).delete()
    User.objects.filter(pk__in=people).update(access_version=F("access_version") + 1)


def appoint(meeting: Meeting, interpreter: User) -> None:
    """Raises Refused("slot_taken")."""
    book_person(meeting, interpreter.pk)
    seat(meeting, interpreter)


def seat(meeting: Meeting, interpreter: User) -> None:
    """Without booking their time, which the caller does."""
    Participant.objects.create(meeting=meeting, user=interpreter, role=Role.INTERPRETER)
    add_members(meeting.conversation, [interpreter], role=Role.INTERPRETER)


def tell_interpreters(meeting: Meeting, people: Iterable[User], code: str, *, now: datetime) -> None:
    """Interpreters read both companies' names."""
    names = [meeting.exhibitor.company.name, meeting.buyer.company.name]
    parameters = {"company": names, "at": meeting.starts_at}
    notify(people, fair=meeting.fair, code=code, parameters=parameters, path=meeting.get_absolute_url(), now=now)
