"""Submitting and confirming the outcome of a MeetingCase."""

from fairplatform.accounts.models import User
from meetings.models import Outcome, OutcomeVersion
from meetings.outcomes.actions import confirm, submit
from meetings.outcomes.content import Content
from tests.factories import NOW, actor
from tests.meetings.cases import MeetingCase


def submit_as(case: MeetingCase, person: User, content: Content, *, base: OutcomeVersion | None = None) -> Outcome:
    key = base.pk if base else None
    return submit(actor(person), meeting=case.meeting.pk, content=content, base=key, now=NOW)


def confirm_as(case: MeetingCase, person: User, version: OutcomeVersion) -> Outcome:
    return confirm(actor(person), meeting=case.meeting.pk, version=version.pk, now=NOW)


def newest(case: MeetingCase) -> OutcomeVersion:
    version = OutcomeVersion.objects.filter(outcome__meeting=case.meeting).last()
    assert version is not None
    return version
