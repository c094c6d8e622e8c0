"""Meetings that have not begun are given to other interpreters: seats, conversations and bookings."""

from collections.abc import Iterable
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
from meetings.schedule.actions.bookings import book_person


def dismiss(meeting: Meeting, interpreter: User, now: datetime) -> None:
    """In the caller's transaction, as all here."""
    end_connections(meeting, now=now)
    Participant.objects.filter(meeting=meeting, user=interpreter, role=Role.INTERPRETER).delete()
    meeting.bookings.filter(resource=person(interpreter.pk)).delete()
    Member.objects.filter(conversation=meeting.conversation_id, user=interpreter, role=Role.INTERPRETER).delete()
    User.objects.filter(pk=interpreter.pk).update(access_version=F("access_version") + 1)


def appoint(meeting: Meeting, interpreter: User) -> None:
    """Raises Refused("slot_taken")."""
    book_person(meeting, interpreter.pk)
    Participant.objects.create(meeting=meeting, user=interpreter, role=Role.INTERPRETER)
    add_members(meeting.conversation, [interpreter], role=Role.INTERPRETER)


def tell(meeting: Meeting, people: Iterable[User], code: str, *, now: datetime) -> None:
    """Interpreters read both companies' names."""
    names = [meeting.exhibitor.company.name, meeting.buyer.company.name]
    parameters = {"company": names, "at": meeting.starts_at}
    notify(people, fair=meeting.fair, code=code, parameters=parameters, path=meeting.get_absolute_url(), now=now)
